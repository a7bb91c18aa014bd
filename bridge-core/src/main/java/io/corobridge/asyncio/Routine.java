package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;
import io.corobridge.engine.Rethrow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a coroutine written as a state machine: it needs neither a thread of its own nor the weaver.
 *
 * <p>{@link #resume} is called at first with two nulls, and then with the outcome of what it returned to be awaited, until it returns
 * null: the coroutine's result is then {@link #result}.
 */
abstract class Routine<R extends @Nullable Object> {
    @Nullable
    R result;

    /**
     * Goes on.
     *
     * @param value the result of the await
     * @param error what the await raised, or null
     * @return what to await next, or null at the end
     */
    abstract @Nullable Awaitable<?> resume(@Nullable Object value, @Nullable Throwable error) throws Exception;

    /** Ends with a result. */
    final @Nullable Awaitable<?> end(R value) {
        result = value;
        return null;
    }

    /** Throws any exception as it is. */
    static RuntimeException raise(Throwable error) {
        throw Rethrow.asIs(error);
    }

    static <R extends @Nullable Object> Coroutine<R> coroutine(String name, Supplier<? extends Routine<R>> routine) {
        return Coroutine.of(name, new Body<R>(routine));
    }

    /** Awaits nothing. */
    static final class Nothing extends Routine<@Nullable Void> {
        @Override
        @Nullable
        Awaitable<?> resume(@Nullable Object value, @Nullable Throwable error) {
            return null;
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
            return new RoutineFrame(routine.get());
        }
    }

    private static final class RoutineFrame extends Frame {
        private final Routine<?> routine;

        RoutineFrame(Routine<?> routine) {
            this.routine = routine;
        }

        @Override
        protected @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
                throws Throwable {
            Awaitable<?> awaited = routine.resume(value, error);
            if (awaited == null) {
                return routine.result;
            }
            Frames.delegates(exchange, awaited instanceof Coroutine<?> ? awaited : awaited.awaitIterator());
            return null;
        }
    }
}
