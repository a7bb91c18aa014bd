package io.corobridge;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Python's {@code asynccontextmanager} makes of an async generator: it is entered up to its only yield, and left by going on
 * there, or by raising there what the block raised.
 *
 * @param <T> what the generator yields
 */
final class GeneratorContextManager<T extends @Nullable Object> implements AsyncContextManager<T> {
    private final AsyncGenerator<T, ?> generator;

    GeneratorContextManager(AsyncGenerator<T, ?> generator) {
        this.generator = Objects.requireNonNull(generator, "generator");
    }

    @Override
    public Awaitable<T> aenter() {
        return Routine.coroutine("__aenter__", () -> new Entering<>(generator));
    }

    @Override
    public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return Routine.coroutine("__aexit__", () -> new Leaving(generator, error));
    }

    private static final class Entering<T extends @Nullable Object> extends Routine<T> {
        private final AsyncGenerator<T, ?> generator;
        private boolean begun;

        Entering(AsyncGenerator<T, ?> generator) {
            this.generator = generator;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
        protected T step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                return awaits(generator.anext());
            }
            if (error instanceof StopAsyncIteration) {
                throw new RuntimeError("generator didn't yield");
            }
            if (error != null) {
                throw error;
            }
            return (T) value;
        }
    }

    private static final class Leaving extends Routine<@Nullable Boolean> {
        private final AsyncGenerator<?, ?> generator;
        private final @Nullable Throwable raised;
        private boolean begun;

        /** What leaving comes to when a generator that yielded a second time has been closed. */
        private @Nullable RuntimeError didNotStop;

        Leaving(AsyncGenerator<?, ?> generator, @Nullable Throwable raised) {
            this.generator = generator;
            this.raised = raised;
        }

        @Override
        protected Boolean step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                return awaits(raised == null ? generator.anext() : generator.athrow(raised));
            }
            if (didNotStop != null) {
                throw error != null ? error : didNotStop;
            }
            if (error == null) {
                didNotStop = new RuntimeError(
                        raised == null ? "generator didn't stop" : "generator didn't stop after athrow()");
                return awaits(generator.aclose());
            }
            return swallows(error);
        }

        /** Whether the block's exception is swallowed, which it is when the generator has ended without raising it again. */
        private boolean swallows(Throwable error) throws Throwable {
            Throwable block = raised;
            if (error instanceof StopAsyncIteration) {
                return block != null && error != block;
            }
            boolean sameStopSignal = error instanceof RuntimeError
                    && (block instanceof StopIteration || block instanceof StopAsyncIteration)
                    && error.getCause() == block;
            if (block == null || (error != block && !sameStopSignal)) {
                throw error;
            }
            return false;
        }
    }
}
