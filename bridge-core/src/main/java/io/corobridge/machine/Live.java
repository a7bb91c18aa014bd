package io.corobridge.machine;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A body that has not ended, in the list of those that were made while the list was kept. It does not keep the body alive.
 *
 * <p>The list may be used from all threads, without a lock.
 */
final class Live extends WeakReference<Machine> {
    private static final Set<Live> ALL = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Machine> COLLECTED = new ReferenceQueue<>();
    private static final AtomicLong NUMBER = new AtomicLong();

    private static volatile boolean kept;

    /** Counts the bodies that are listed or traced, from 1. */
    final long id = nextId();

    private final long made = System.nanoTime();

    /** What drives the body; weak, since it refers to the body's object. Written after the body was listed, so volatile. */
    private volatile @Nullable Reference<NamedDriver> driver;

    private Live(Machine machine) {
        super(machine, COLLECTED);
    }

    static long nextId() {
        return NUMBER.incrementAndGet();
    }

    static boolean isKept() {
        return kept;
    }

    /** Without the list, none is known any more. */
    static void keep(boolean on) {
        kept = on;
        if (!on) {
            ALL.clear();
        }
    }

    /** Lists a body when the list is kept. */
    static void made(Machine machine) {
        if (kept) {
            forgetCollected();
            Live live = new Live(machine);
            machine.leftovers().onlookers().live = live;
            ALL.add(live);
        }
    }

    void ended() {
        ALL.remove(this);
    }

    void drivenBy(NamedDriver by) {
        driver = new WeakReference<>(by);
    }

    @Nullable
    NamedDriver driver() {
        Reference<NamedDriver> known = driver;
        return known == null ? null : known.get();
    }

    long age() {
        return System.nanoTime() - made;
    }

    /** All of them, oldest first. */
    static List<Live> all() {
        forgetCollected();
        List<Live> listed = new ArrayList<>(ALL);
        listed.sort(Comparator.comparingLong(live -> live.id));
        return listed;
    }

    private static void forgetCollected() {
        Reference<? extends Machine> collected = COLLECTED.poll();
        while (collected != null) {
            ALL.remove(collected);
            collected = COLLECTED.poll();
        }
    }

    // By number: the identity hash of a million objects has to be kept somewhere.
    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }
}
