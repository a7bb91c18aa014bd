package io.corobridge.rxjava3;

import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/** Runs two or three actions at the same time, the first a little ahead of the second. */
final class Race implements AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    /** The first is ahead of the second by this many spins, or behind it when negative; a third is ahead of nobody. */
    void run(int ahead, Runnable... actions) throws Exception {
        CyclicBarrier together = new CyclicBarrier(actions.length);
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

    /** Notices two signals at once, and signals after the last one. */
    static final class Watching<T> extends TestSubscriber<T> {
        private final AtomicInteger inside = new AtomicInteger();
        private volatile @Nullable Subscription upstream;
        private volatile boolean over;
        volatile boolean broken;

        Watching(long demand) {
            super(demand);
        }

        /** RxJava's own subscriber would refuse it itself. */
        void requestNothing() {
            Objects.requireNonNull(upstream).request(0);
        }

        private void enter(boolean last) {
            if (inside.getAndIncrement() != 0 || over) {
                broken = true;
            }
            over = last;
        }

        @Override
        public void onSubscribe(Subscription offered) {
            upstream = offered;
            super.onSubscribe(offered);
        }

        @Override
        public void onNext(T element) {
            enter(false);
            super.onNext(element);
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable error) {
            enter(true);
            super.onError(error);
            inside.decrementAndGet();
        }

        @Override
        public void onComplete() {
            enter(true);
            super.onComplete();
            inside.decrementAndGet();
        }
    }
}
