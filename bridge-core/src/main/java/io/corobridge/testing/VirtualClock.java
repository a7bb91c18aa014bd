package io.corobridge.testing;

import io.corobridge.Coroutine;
import io.corobridge.asyncio.LoopClock;
import io.corobridge.asyncio.Runner;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when a loop has nothing to do: a program that sleeps for hours is over at once, and each run of it is the
 * same.
 *
 * <p>{@code VirtualClock.run(main)} is {@code Asyncio.run(main)} in virtual time. When there is no timer to wait for, the loop waits
 * for other threads, as ever; while there is one, it does not wait for them. May be read and advanced on any thread.
 */
public final class VirtualClock implements LoopClock {
    private volatile long nanos;

    /** Makes one that stands at zero. */
    public VirtualClock() {}

    /**
     * Runs a coroutine on a new loop with a new clock.
     *
     * @param <R> the result
     * @param main one that has not started
     * @return its result; what it raised is raised
     */
    public static <R extends @Nullable Object> R run(Coroutine<R> main) {
        try (Runner runner = new Runner(new VirtualClock())) {
            return runner.run(main);
        }
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void park(long duration) {
        if (duration == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            advance(duration);
        }
    }

    /**
     * Lets time pass while code of the loop runs: for a body that takes long.
     *
     * @param duration how much
     */
    public void advance(Duration duration) {
        advance(duration.toNanos());
    }

    private synchronized void advance(long duration) {
        nanos += duration;
    }
}
