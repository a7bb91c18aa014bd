package io.corobridge.machine;

import io.corobridge.AsyncGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What only few bodies have: resources that were opened and not closed, the watch on the object's being dropped, the hook that closes
 * it then, where it was made, and who looks at it.
 */
final class Leftovers {
    private @Nullable List<AutoCloseable> resources;
    private @Nullable Runnable watch;

    /** Where the object was made, innermost call first; the one thing that outlives the body. */
    @Nullable
    List<StackTraceElement> origin;

    /** Closes an async generator that was dropped. */
    @Nullable
    Consumer<? super AsyncGenerator<?, ?>> finalizer;

    private @Nullable Onlookers onlookers;

    @Nullable
    Leftovers keptAtEnd() {
        if (origin == null) {
            return null;
        }
        Leftovers kept = new Leftovers();
        kept.origin = origin;
        return kept;
    }

    /** To be added to. */
    Onlookers onlookers() {
        Onlookers known = onlookers;
        if (known == null) {
            known = new Onlookers();
            onlookers = known;
        }
        return known;
    }

    @Nullable
    Live live() {
        Onlookers known = onlookers;
        return known == null ? null : known.live;
    }

    @Nullable
    BodyTrace trace() {
        Onlookers known = onlookers;
        return known == null ? null : known.trace;
    }

    /** Watches an object: from the beginning, or in the place of one that has been dropped. */
    void watch(Object owner, Machine machine) {
        watch = Abandoned.watch(owner, machine);
    }

    void add(AutoCloseable resource) {
        List<AutoCloseable> open = resources;
        if (open == null) {
            open = new ArrayList<>(1);
            resources = open;
        }
        open.add(resource);
    }

    void remove(AutoCloseable resource) {
        List<AutoCloseable> open = resources;
        if (open != null) {
            open.removeIf(each -> each == resource);
        }
    }

    void closeWhenDropped(Link owner, Machine machine) {
        if (watch == null) {
            watch(owner.holder(), machine);
        }
    }

    /** Closes what is open, last opened first. */
    void close() {
        Live listed = live();
        if (listed != null) {
            listed.ended();
        }
        Runnable watching = watch;
        if (watching != null) {
            watching.run();
        }
        List<AutoCloseable> open = resources;
        if (open == null) {
            return;
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Throwable e) {
                // Not even an error of it may keep the chain from going on.
                Unraisable.report("closing what a body had left open", e);
            }
        }
    }
}
