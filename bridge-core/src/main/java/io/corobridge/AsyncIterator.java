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

    /**
     * An iterator that fetches elements ahead: a loop takes one that is there without a step of its own.
     *
     * @param <T> the element, which is never null
     */
    interface Buffered<T> extends AsyncIterator<T> {
        /**
         * Takes the next element if it is there. By the same who takes the steps, and not while one is under way.
         *
         * @return the element, or null when the step has to be awaited, be it for an element or for the end
         */
        @Nullable
        T poll();
    }
}
