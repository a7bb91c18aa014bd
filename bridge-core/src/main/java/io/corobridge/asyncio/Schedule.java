package io.corobridge.asyncio;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a loop has to do: at once, in the order in which it was asked to, and later, by time.
 *
 * <p>{@link #incoming} is for other threads; all else belongs to the thread that runs the loop. Timers are a heap, and a cancelled
 * one stays in it until its time has come or more than half of them are cancelled, so each operation is O(log n).
 */
final class Schedule {
    /** Below this many cancelled timers it is not worth building the heap anew. */
    private static final int MIN_CANCELLED = 100;

    private final ArrayDeque<Entry> ready = new ArrayDeque<>();
    private final Queue<Entry> incoming = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<ScheduledCall> timers = new PriorityQueue<>();
    private int cancelledTimers;

    void soon(Entry entry) {
        ready.add(entry);
    }

    /** From another thread. */
    void fromOutside(Entry entry) {
        incoming.add(entry);
    }

    void later(ScheduledCall call) {
        call.waits = true;
        timers.add(call);
    }

    void timerCancelled() {
        if (++cancelledTimers > MIN_CANCELLED && cancelledTimers > timers.size() / 2) {
            timers.removeIf(call -> {
                call.waits &= !call.cancelled();
                return call.cancelled();
            });
            cancelledTimers = 0;
        }
    }

    /** Whether there is something to do at once. */
    boolean isReady() {
        return !ready.isEmpty() || !incoming.isEmpty();
    }

    /** The next timer, or null when there is none. */
    @Nullable
    ScheduledCall nextTimer() {
        ScheduledCall next = timers.peek();
        while (next != null && next.cancelled()) {
            removeFirst();
            cancelledTimers--;
            next = timers.peek();
        }
        return next;
    }

    private void removeFirst() {
        timers.remove().waits = false;
    }

    /** Adds what other threads have asked for, and what is due, to what is ready. Returns how much is ready now. */
    int collect(long now) {
        for (Entry entry = incoming.poll(); entry != null; entry = incoming.poll()) {
            ready.add(entry);
        }
        for (ScheduledCall next = nextTimer(); next != null && next.nanos() <= now; next = nextTimer()) {
            removeFirst();
            ready.add(next);
        }
        return ready.size();
    }

    /** The next that is ready; null when there is none, because the loop was closed. */
    @Nullable
    Entry take() {
        return ready.poll();
    }

    void clear() {
        ready.clear();
        incoming.clear();
        timers.clear();
    }
}
