package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * The block of {@code co.withVoid(manager, value -> ..)}: one without a result.
 *
 * @param <T> what the manager hands it
 */
@FunctionalInterface
public interface WithVoid<T extends @Nullable Object> {
    /**
     * Runs inside the context.
     *
     * @param value the result of {@link AsyncContextManager#aenter()}
     * @throws Exception whatever the block raises; the manager's {@code aexit} sees it first
     */
    void run(T value) throws Exception;
}
