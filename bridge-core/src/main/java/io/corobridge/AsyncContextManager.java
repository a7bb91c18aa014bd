package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * What {@code async with} runs with: the twin of an object with {@code __aenter__} and {@code __aexit__} in Python.
 *
 * <p>Use it with {@code co.with(manager, value -> ..)}.
 *
 * @param <T> what the block is given
 */
public interface AsyncContextManager<T extends @Nullable Object> {
    /**
     * Python's {@code @asynccontextmanager}: what stands before the body's only yield is done on entering, what is yielded goes to
     * the block, and what stands after it is done on leaving. What the block raises is raised at that yield; a body that ends
     * without raising it again swallows it.
     *
     * @param <T> what the block is given
     * @param body an async generator's body with one yield
     * @return a manager to be used once
     */
    static <T extends @Nullable Object> AsyncContextManager<T> of(AsyncGenerator.Body<T, @Nullable Void> body) {
        return of(AsyncGenerator.of(body));
    }

    /**
     * As {@link #of(AsyncGenerator.Body)}, for an async generator that is there.
     *
     * @param <T> what the block is given
     * @param generator one that has not started
     * @return a manager to be used once
     */
    static <T extends @Nullable Object> AsyncContextManager<T> of(AsyncGenerator<T, ?> generator) {
        return new GeneratorContextManager<>(generator);
    }

    /**
     * Python's {@code __aenter__()}: awaited before the block. When it raises, {@link #aexit} is not called (E07).
     *
     * @return an awaitable whose result the block is given
     */
    Awaitable<T> aenter();

    /**
     * Python's {@code __aexit__()}: awaited after the block, however it ended.
     *
     * @param error what left the block, {@link GeneratorExit} included, or null when it ended by itself
     * @return an awaitable; true swallows {@code error} (E06, E08), false and null do not
     */
    Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error);
}
