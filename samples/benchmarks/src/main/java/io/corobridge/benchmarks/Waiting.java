package io.corobridge.benchmarks;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import org.jspecify.annotations.Nullable;

/** An awaitable that is never done, and costs nothing to await. */
enum Waiting implements Awaitable<@Nullable Object>, AwaitIterator<@Nullable Object> {
    FOREVER;

    @Override
    public AwaitIterator<@Nullable Object> awaitIterator() {
        return this;
    }

    @Override
    public @Nullable Object next() {
        return null;
    }
}
