package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Anything that {@code co.await(..)} accepts: the twin of an object with {@code __await__} in Python.
 *
 * <p>A {@link Coroutine} is one, so is the step of an async generator. {@link Awaitables} makes them from callbacks, generators
 * and foreign types. Whether it may be awaited more than once is for each kind to say: a coroutine may not.
 *
 * @param <R> what the await results in
 */
@FunctionalInterface
public interface Awaitable<R extends @Nullable Object> {
    /**
     * Python's {@code __await__()}: called by {@code co.await(..)} inside the awaiting body, once per await. An exception raised
     * here is raised at the await.
     *
     * @return the iterator whose elements go to the driver and whose {@link StopIteration} value is the await's result
     */
    AwaitIterator<R> awaitIterator();
}
