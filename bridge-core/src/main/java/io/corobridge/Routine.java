package io.corobridge;

import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a coroutine written out as steps between awaits: it needs neither a thread of its own nor the weaver. For the library
 * itself; an application's bodies are lambdas.
 *
 * <p>{@link #step} is called at first with two nulls, and then with the outcome of what it awaits, until it returns a result. An await
 * of what is ready does not suspend. Confined to whoever steps the coroutine.
 *
 * @param <R> the coroutine's result
 */
public abstract class Routine<R extends @Nullable Object> extends Frame {
    private @Nullable Awaitable<?> awaited;
    private boolean awaiting;

    /** Makes one that has not begun. */
    protected Routine() {}

    /**
     * Makes a coroutine of steps.
     *
     * @param <R> its result
     * @param name its name
     * @param routine makes the body; called once for each run
     * @return a coroutine that has not started
     */
    public static <R extends @Nullable Object> Coroutine<R> coroutine(
            String name, Supplier<? extends Routine<R>> routine) {
        return Coroutine.of(name, new Body<>(routine));
    }

    /**
     * Makes a coroutine of any awaitable.
     *
     * @param <R> the result
     * @param name its name
     * @param awaitable what it awaits, when it has started
     * @return a coroutine that has not started
     */
    public static <R extends @Nullable Object> Coroutine<R> awaiting(String name, Awaitable<? extends R> awaitable) {
        return coroutine(name, () -> new Await<R>(awaitable));
    }

    /**
     * Goes on from the last await to the next one, or to the end.
     *
     * @param value what was awaited results in; null at first
     * @param error what it raised, or null
     * @return the result, or what {@link #awaits} returned
     * @throws Throwable what the coroutine raises
     */
    protected abstract R step(@Nullable Object value, @Nullable Throwable error) throws Throwable;

    /**
     * Awaits something: to be returned by {@link #step}, which is called again when it has ended.
     *
     * @param <T> the type that {@link #step} returns
     * @param awaitable what to wait for
     * @return nothing of meaning
     */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"}) // whatever step returns then is meaningless
    protected final <T extends @Nullable Object> T awaits(@Nullable Awaitable<?> awaitable) {
        awaited = awaitable;
        awaiting = true;
        return null;
    }

    @Override
    protected final @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
            throws Throwable {
        Object sent = value;
        Throwable raised = error;
        for (; ; ) {
            awaiting = false;
            R result = step(sent, raised);
            if (!awaiting) {
                return result;
            }
            Awaitable<?> next = awaited;
            awaited = null;
            sent = null;
            raised = null;
            try {
                sent = FrameSupport.await((Co) exchange, next);
            } catch (Throwable e) {
                raised = e;
            }
            if (Frames.isSuspending(exchange)) {
                return null;
            }
        }
    }

    private static final class Await<R extends @Nullable Object> extends Routine<R> {
        private final Awaitable<? extends R> awaitable;
        private boolean begun;

        Await(Awaitable<? extends R> awaitable) {
            this.awaitable = awaitable;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
        protected R step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            if (!begun) {
                begun = true;
                return awaits(awaitable);
            }
            return (R) value;
        }
    }

    private record Body<R extends @Nullable Object>(Supplier<? extends Routine<R>> routine)
            implements Coroutine.Body<R>, FrameBody {
        @Override
        public R run(Co co) {
            throw new IllegalStateException("runs as a frame");
        }

        @Override
        public Frame newFrame() {
            return routine.get();
        }
    }
}
