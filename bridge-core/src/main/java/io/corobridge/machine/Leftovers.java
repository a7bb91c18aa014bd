package io.corobridge.machine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has to be let go of when a body ends: the resources it opened and did not close, and the watch on its being dropped. */
final class Leftovers {
    private @Nullable List<AutoCloseable> resources;
    private @Nullable Runnable watch;

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
            watch = Abandoned.watch(owner.holder(), machine);
        }
    }

    /** Closes what is open, last opened first. */
    void close() {
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
