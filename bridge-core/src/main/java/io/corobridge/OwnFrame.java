package io.corobridge;

import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;
import io.corobridge.machine.CoroutineObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a coroutine that the library itself needs: written out as steps between awaits, so that it holds no thread.
 *
 * @param <R> the coroutine's result
 */
abstract class OwnFrame<R extends @Nullable Object> extends Frame {
    private @Nullable Awaitable<?> awaited;
    private boolean suspends;

    static <R extends @Nullable Object> Coroutine<R> coroutine(String name, Supplier<OwnFrame<R>> frames) {
        return Coroutine.of(name, new Body<>(frames));
    }

    /**
     * Goes on from the last await to the next one, or to the end.
     *
     * @param value what was awaited results in; null at first
     * @param error what it raised, or null
     * @return the result, or what {@link #awaits} returned
     */
    abstract R step(@Nullable Object value, @Nullable Throwable error) throws Throwable;

    /** To be returned by {@link #step}: it is called again when this has ended. */
    @SuppressWarnings({"TypeParameterUnusedInFormals", "NullAway"}) // whatever step returns then is meaningless
    final <T extends @Nullable Object> T awaits(@Nullable Awaitable<?> awaitable) {
        if (awaitable == null) {
            throw new TypeError("object NoneType can't be used in 'await' expression");
        }
        awaited = awaitable;
        suspends = true;
        return null;
    }

    @Override
    protected final @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
            throws Throwable {
        Object sent = value;
        Throwable raised = error;
        for (; ; ) {
            suspends = false;
            R result = step(sent, raised);
            Awaitable<?> next = awaited;
            if (!suspends || next == null) {
                return result;
            }
            awaited = null;
            sent = null;
            raised = null;
            try {
                Object target = target(next);
                if (!(target instanceof Settled<?> settled)) {
                    Frames.delegates(exchange, target);
                    return null;
                }
                sent = settled.get();
            } catch (Throwable e) {
                raised = e;
            }
        }
    }

    private static Object target(Awaitable<?> awaitable) {
        if (awaitable instanceof CoroutineObject<?>) {
            return awaitable;
        }
        AwaitIterator<?> iterator = awaitable.awaitIterator();
        if (iterator == null) {
            throw new TypeError("__await__() returned non-iterator of type 'NoneType'");
        }
        return iterator;
    }

    private record Body<R extends @Nullable Object>(Supplier<OwnFrame<R>> frames)
            implements Coroutine.Body<R>, FrameBody {
        @Override
        public R run(Co co) {
            throw new IllegalStateException("runs as a frame");
        }

        @Override
        public Frame newFrame() {
            return frames.get();
        }
    }
}
