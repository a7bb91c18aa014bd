package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * The twin of an object with {@code __anext__} in Python: hands out one element per awaited step.
 *
 * <p>One that holds something, such as a subscription, also implements {@link AutoCloseable}; see {@link Each#close()}.
 *
 * @param <T> the element
 */
public interface AsyncIterator<T extends @Nullable Object> extends AsyncIterable<T> {
    /**
     * Python's {@code __anext__()}.
     *
     * @return an awaitable whose result is the next element and which raises {@link StopAsyncIteration} after the last one
     */
    Awaitable<T> anext();

    /** An iterator is its own iterable, as in Python. */
    @Override
    default AsyncIterator<T> aiter() {
        return this;
    }
}
