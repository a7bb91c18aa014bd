package io.corobridge.asyncio;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Those who wait for the same thing, first come, first served: each awaits a future of its own. */
final class Waiters {
    private final Set<Future<Boolean>> futures = new LinkedHashSet<>();

    Future<Boolean> add(EventLoop loop) {
        Future<Boolean> future = loop.createFuture();
        futures.add(future);
        return future;
    }

    void remove(Future<Boolean> future) {
        futures.remove(future);
    }

    int size() {
        return futures.size();
    }

    /** Whether somebody waits who has not been cancelled. */
    boolean isAnyWaiting() {
        for (Future<Boolean> future : futures) {
            if (!future.cancelled()) {
                return true;
            }
        }
        return false;
    }

    /** Wakes the first, unless it is woken or cancelled already. */
    void wakeHead() {
        Iterator<Future<Boolean>> all = futures.iterator();
        if (all.hasNext()) {
            wake(all.next());
        }
    }

    /** Wakes the first that is neither woken nor cancelled. Returns whether there was one. */
    boolean wakeNext() {
        for (Future<Boolean> future : futures) {
            if (wake(future)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #wakeNext()}, and forgets those that it passes, and the one that it wakes. */
    boolean takeAndWakeNext() {
        Iterator<Future<Boolean>> all = futures.iterator();
        while (all.hasNext()) {
            Future<Boolean> future = all.next();
            all.remove();
            if (wake(future)) {
                return true;
            }
        }
        return false;
    }

    void wakeAll() {
        futures.forEach(Waiters::wake);
    }

    private static boolean wake(Future<Boolean> future) {
        if (future.done()) {
            return false;
        }
        future.setResult(true);
        return true;
    }
}
