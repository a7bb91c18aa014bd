package io.corobridge.streams;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A queue from one producer to one consumer, without locks: a ring as large as what is requested ahead, which allocates nothing, and
 * behind it a queue without bound for large prefetches, and for publishers that emit more than was requested.
 *
 * <p>The slots publish the elements; each index belongs to one side.
 *
 * @param <T> the element
 */
final class PrefetchQueue<T> {
    private static final int LARGEST_RING = 256;

    private final AtomicReferenceArray<@Nullable T> ring;
    private final int mask;

    /** Filled only when the ring is full, and emptied before the ring is filled again: that keeps the order. */
    private final Queue<T> overflow = new ConcurrentLinkedQueue<>();

    /** Of the producer. */
    private int filled;

    /** Of the consumer. */
    private int taken;

    PrefetchQueue(int prefetch) {
        int size = Math.max(2, Math.min(prefetch, LARGEST_RING));
        int slots = Integer.highestOneBit(size - 1) << 1;
        this.ring = new AtomicReferenceArray<>(slots);
        this.mask = slots - 1;
    }

    void add(T element) {
        int slot = filled & mask;
        if (overflow.isEmpty() && ring.get(slot) == null) {
            ring.lazySet(slot, element);
            filled++;
        } else {
            overflow.add(element);
        }
    }

    @Nullable
    T poll() {
        T element = pollRing();
        if (element != null || overflow.isEmpty()) {
            return element;
        }
        // What overflowed came after everything that the ring has by now.
        element = pollRing();
        return element != null ? element : overflow.poll();
    }

    private @Nullable T pollRing() {
        int slot = taken & mask;
        T element = ring.get(slot);
        if (element != null) {
            ring.lazySet(slot, null);
            taken++;
        }
        return element;
    }

    /** To be asked by the consumer. */
    boolean isEmpty() {
        return ring.get(taken & mask) == null && overflow.isEmpty();
    }

    /** How many elements wait: exact for who adds and takes, an estimate for others. */
    int size() {
        return Math.max(0, filled - taken) + overflow.size();
    }
}
