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
