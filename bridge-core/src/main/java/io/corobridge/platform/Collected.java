package io.corobridge.platform;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action some time after an object has been garbage collected: {@code java.lang.ref.Cleaner}, which Android has only since API
 * 33. One thread for all, so an action must be short; it starts with the first watch.
 */
public final class Collected extends PhantomReference<Object> implements Runnable {
    private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();

    /**
     * The ring of watches, which keeps them from being collected themselves; guards the links. A hash set of a million took four times
     * as long, in the garbage collector too: each identity hash has to be kept.
     */
    private static final Collected RING = new Collected();

    static {
        Thread thread = Threads.daemon("corobridge-collected", Collected::runActions);
        // Not that of whoever comes first: it would never be unloaded.
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
    }

    private final @Nullable Runnable action;

    /** The neighbours; null when the watch has ended. */
    private @Nullable Collected previous, next;

    private Collected() {
        super(QUEUE, QUEUE);
        action = null;
        previous = this;
        next = this;
    }

    private Collected(Object object, Runnable action) {
        super(object, QUEUE);
        this.action = action;
        synchronized (RING) {
            Collected first = Objects.requireNonNull(RING.next);
            previous = RING;
            next = first;
            first.previous = this;
            RING.next = this;
        }
    }

    /**
     * Watches an object.
     *
     * @param object what is to be collected
     * @param action what to do then, once; it must not refer to the object
     * @return runs the action now if it has not run, and ends the watch
     */
    public static Runnable watch(Object object, Runnable action) {
        Collected watch = new Collected(object, Objects.requireNonNull(action));
        Reachability.fence(object);
        return watch;
    }

    @Override
    public void run() {
        if (leave()) {
            clear();
            Objects.requireNonNull(action).run();
        }
    }

    /** False when it was left before. */
    private boolean leave() {
        synchronized (RING) {
            Collected before = previous;
            Collected after = next;
            if (before == null || after == null) {
                return false;
            }
            before.next = after;
            after.previous = before;
            previous = null;
            next = null;
            return true;
        }
    }

    private static void runActions() {
        while (true) {
            try {
                ((Runnable) QUEUE.remove()).run();
            } catch (Throwable e) {
                Log.warn("io.corobridge", "Exception ignored after an object was collected", e);
            }
        }
    }
}
