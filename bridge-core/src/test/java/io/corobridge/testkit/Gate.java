package io.corobridge.testkit;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Completion;
import java.util.concurrent.atomic.AtomicReference;

/** Awaited again and again; opened by hand, for who waits then. */
public final class Gate implements Awaitable<Object> {
    private final AtomicReference<Completion<Object>> waiting = new AtomicReference<>();

    @Override
    public AwaitIterator<Object> awaitIterator() {
        return Awaitables.<Object>create(waiting::set).awaitIterator();
    }

    public void open() {
        Completion<Object> completion = waiting.getAndSet(null);
        if (completion != null) {
            completion.complete("open");
        }
    }
}
