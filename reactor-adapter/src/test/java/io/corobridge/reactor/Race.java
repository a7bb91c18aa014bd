package io.corobridge.reactor;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** A subscriber that notices two signals at once, and signals after the last one. */
    static final class Watching<T> extends Recording<T> {
        private final AtomicInteger inside = new AtomicInteger();
        private volatile boolean over;
        volatile boolean broken;

        Watching(long demand) {
            super(demand);
        }

        private void enter() {
            if (inside.getAndIncrement() != 0 || over) {
                broken = true;
            }
        }

        @Override
        public void onNext(T element) {
            enter();
            super.onNext(element);
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable error) {
            enter();
            over = true;
            super.onError(error);
            inside.decrementAndGet();
        }

        @Override
        public void onComplete() {
            enter();
            over = true;
            super.onComplete();
            inside.decrementAndGet();
        }
    }
}
