package io.corobridge.machine;

import io.corobridge.AwaitIterator;
import org.jspecify.annotations.Nullable;

/**
 * CPython's {@code coroutine_wrapper}: a coroutine as an iterator, a new one for each {@code awaitIterator()} and without a state
 * of its own (A33). Awaiting through it skips the check that the coroutine is not being awaited already (A22).
 *
 * @param <R> the coroutine's result
 */
final class CoroutineAwaitIterator<R extends @Nullable Object>
        implements AwaitIterator<R>, AwaitIterator.Sends, AwaitIterator.Raises, AutoCloseable, Link {
    private final CoroutineObject<R> coroutine;

    CoroutineAwaitIterator(CoroutineObject<R> coroutine) {
        this.coroutine = coroutine;
    }

    @Override
    public Object holder() {
        return coroutine;
    }

    @Override
    public Machine machine() {
        return coroutine.machine();
    }

    @Override
    public @Nullable Object next() {
        return coroutine.send(null);
    }

    @Override
    public @Nullable Object send(@Nullable Object value) {
        return coroutine.send(value);
    }

    @Override
    public @Nullable Object raise(Throwable error) {
        return coroutine.raise(error);
    }

    @Override
    public void close() {
        coroutine.close();
    }

    @Override
    public String toString() {
        return Steps.describe("coroutine_wrapper", this);
    }
}
