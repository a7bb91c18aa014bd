package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * What {@code async for} runs over: the twin of an object with {@code __aiter__} in Python.
 *
 * <p>Loop over it with {@code for (T x : co.each(iterable))}. Whether each {@link #aiter()} starts anew (cold) or not is for each
 * kind to say: an {@link AsyncGenerator} returns itself, one that reads a publisher subscribes anew.
 *
 * @param <T> the element
 */
@FunctionalInterface
public interface AsyncIterable<T extends @Nullable Object> {
    /**
     * Python's {@code __aiter__()}.
     *
     * @return the iterator; never null
     */
    AsyncIterator<T> aiter();
}
