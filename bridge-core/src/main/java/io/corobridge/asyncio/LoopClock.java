package io.corobridge.asyncio;

import java.util.concurrent.locks.LockSupport;

/**
 * Where an event loop has its time from, and how it passes it. {@link #SYSTEM} is the real time; tests have
 * {@link io.corobridge.testing.VirtualClock}.
 */
public interface LoopClock {
    /** The monotonic clock of the JVM; waiting parks the thread. */
    LoopClock SYSTEM = new LoopClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(this, nanos);
        }
    };

    /**
     * The time now.
     *
     * @return nanoseconds since a moment that stays the same; never decreasing
     */
    long nanoTime();

    /**
     * Called on the loop's thread when there is nothing to do before a moment. Returns when that has come, when the thread was
     * unparked or interrupted, or at any other time.
     *
     * @param nanos how long there is nothing to do
     */
    void park(long nanos);
}
