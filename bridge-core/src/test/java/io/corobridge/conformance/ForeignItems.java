package io.corobridge.conformance;

import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.StopAsyncIteration;
import java.util.List;

/** An async iterator that is none of ours. */
final class ForeignItems implements AsyncIterator<Object> {
    static final List<String> MODES =
            List.of("ends", "ends", "endsAwaited", "noStep", "badStep", "noIterator", "badIterator");

    private final Statement.Items.Foreign items;
    private final World world;
    private int left;

    ForeignItems(Statement.Items.Foreign items, World world) {
        this.items = items;
        this.world = world;
        this.left = items.count();
    }

    @Override
    public AsyncIterator<Object> aiter() {
        world.log("Items " + items.n() + " aiter");
        return switch (items.mode()) {
            case "noIterator" -> null;
            case "badIterator" -> throw Names.<RuntimeException>raised(new Names.Oops("aiter of " + items.n()));
            default -> this;
        };
    }

    @Override
    public Awaitable<Object> anext() {
        int n = items.n();
        world.log("Items " + n + " anext");
        if (--left >= 0) {
            return () -> ForeignIterators.make(items.element(), n, 1, world);
        }
        StopAsyncIteration end = new StopAsyncIteration(String.valueOf(n));
        return switch (items.mode()) {
            case "endsAwaited" -> () -> ForeignIterators.answer(n, 1, world::log, end);
            case "noStep" -> null;
            case "badStep" -> throw Names.<RuntimeException>raised(new Names.Oops("anext of " + n));
            default -> throw end;
        };
    }
}
