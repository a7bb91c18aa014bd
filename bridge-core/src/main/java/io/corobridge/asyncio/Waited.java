package io.corobridge.asyncio;

import java.util.Set;

/**
 * What {@link Asyncio#waitUntil} results in.
 *
 * @param <F> a task or a future
 * @param done those that are done
 * @param pending the others; they were left alone
 */
public record Waited<F extends Future<?>>(Set<F> done, Set<F> pending) {}
