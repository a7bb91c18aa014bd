package io.corobridge.rxjava3;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs two actions at the same time, one of them a little ahead of the other. */
final class Race implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CyclicBarrier together = new CyclicBarrier(2);

    /** The first is ahead of the second by this many spins, or behind it when negative. */
    void run(int ahead, Runnable first, Runnable second) throws Exception {
        Future<?> one = threads.submit(() -> start(-ahead, first));
        Future<?> two = threads.submit(() -> start(ahead, second));
        // A limit so that a deadlock fails the test instead of hanging it.
        one.get(60, TimeUnit.SECONDS);
        two.get(60, TimeUnit.SECONDS);
    }

    private Void start(int spins, Runnable action) throws Exception {
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
