package io.corobridge.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs two or three actions at the same time, the first of them a little before or after the second. */
public final class Race implements AutoCloseable {
    private static final int FURTHEST = 300;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final Random random;

    /** The random numbers are those by which one action is ahead of the other. */
    public Race(Random random) {
        this.random = random;
    }

    /** Returns when all have ended. The first is ahead of the second by some spins, or behind it; a third is ahead of nobody. */
    public void run(Runnable... actions) throws Exception {
        CyclicBarrier together = new CyclicBarrier(actions.length);
        int ahead = random.nextInt(2 * FURTHEST) - FURTHEST;
        int[] spins = {-ahead, ahead, 0};
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < actions.length; i++) {
            int waits = spins[i];
            Runnable action = actions[i];
            ends.add(threads.submit(() -> start(together, waits, action)));
        }
        for (Future<?> end : ends) {
            // A limit so that a deadlock fails the test instead of hanging it.
            end.get(60, TimeUnit.SECONDS);
        }
    }

    private static Void start(CyclicBarrier together, int spins, Runnable action) throws Exception {
        together.await();
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
        action.run();
        return null;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
