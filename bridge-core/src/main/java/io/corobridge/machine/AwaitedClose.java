package io.corobridge.machine;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.engine.Outcome;
import io.corobridge.engine.Rethrow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code aclose()} of a coroutine returns: awaiting it closes the coroutine and drives its clean-up until it ends. */
final class AwaitedClose implements Awaitable<@Nullable Void> {
    private final CoroutineObject<?> coroutine;

    AwaitedClose(CoroutineObject<?> coroutine) {
        this.coroutine = coroutine;
    }

    @Override
    public AwaitIterator<@Nullable Void> awaitIterator() {
        return new Closing(coroutine);
    }

    private static final class Closing
            implements AwaitIterator<@Nullable Void>,
                    AwaitIterator.Sends,
                    AwaitIterator.Raises,
                    AutoCloseable,
                    StandsForBodies {
        private final CoroutineObject<?> coroutine;
        private boolean begun;

        Closing(CoroutineObject<?> coroutine) {
            this.coroutine = coroutine;
        }

        @Override
        public @Nullable Object next() {
            return step(begun ? Op.SEND : Op.ACLOSE, null, null);
        }

        @Override
        public @Nullable Object send(Object value) {
            if (!begun) {
                throw coroutine.machine().kind().justStarted();
            }
            return step(Op.SEND, value, null);
        }

        @Override
        public @Nullable Object raise(Throwable error) {
            if (!begun) {
                throw Rethrow.asIs(error);
            }
            return step(Op.RAISE, null, error);
        }

        /** Whoever gives up waiting for the clean-up closes the hard way. */
        @Override
        public void close() {
            coroutine.close();
        }

        @Override
        public List<?> bodies() {
            return List.of(coroutine);
        }

        @Override
        public String toString() {
            return "aclose() of " + coroutine;
        }

        private @Nullable Object step(Op op, @Nullable Object value, @Nullable Throwable error) {
            begun = true;
            Outcome outcome = coroutine.step(op, value, error, null);
            Object result = coroutine.takeResult();
            return Steps.valueOrThrow(outcome, outcome == Outcome.RETURNS ? null : result);
        }
    }
}
