package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * The block of {@code co.with(manager, value -> ..)}.
 *
 * @param <T> what the manager hands it
 * @param <R> its result
 */
@FunctionalInterface
public interface With<T extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Runs inside the context.
     *
     * @param value the result of {@link AsyncContextManager#aenter()}
     * @return the result of {@code with}
     * @throws Exception whatever the block raises; the manager's {@code aexit} sees it first
     */
    R run(T value) throws Exception;
}
