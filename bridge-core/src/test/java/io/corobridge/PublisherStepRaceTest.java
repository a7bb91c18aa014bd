package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.streams.PublisherIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Steps of a publisher's iterator that begin on two threads at once. */
class PublisherStepRaceTest {
    private static final int ROUNDS = 20_000;

    /** Tells what became of a step. */
    private static final class Told implements Completion<Object> {
        private final List<Object> told = new CopyOnWriteArrayList<>();

        @Override
        public void complete(Object value) {
            told.add(value);
        }

        @Override
        public void fail(Throwable error) {
            told.add(error.getMessage());
        }
    }

    private static Pending<Object> step(AsyncIterator<Object> iterator) {
        return (Pending<Object>) iterator.anext().awaitIterator();
    }

    @Test
    void ofTwoStepsThatBeginAtOnceOneWaits() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                PublisherIterator<Object> iterator = new PublisherIterator<>(1);
                CyclicBarrier together = new CyclicBarrier(2);
                Told one = new Told();
                Told two = new Told();
                Future<?> other = thread.submit(() -> {
                    together.await();
                    return step(iterator).start(one);
                });
                together.await();
                step(iterator).start(two);
                other.get(60, TimeUnit.SECONDS);
                iterator.onNext("element");
                List<Object> told = new ArrayList<>(one.told);
                told.addAll(two.told);
                assertThat(told)
                        .as("round %d", round)
                        .containsExactlyInAnyOrder("element", "anext(): a step of this iterator is already waiting");
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void stepThatBeginsWhileTheOneBeforeIsGivenUpWaits() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                PublisherIterator<Object> iterator = new PublisherIterator<>(1);
                Pending<Object> before = step(iterator);
                before.start(new Told());
                Pending<Object> next = step(iterator);
                Told told = new Told();
                Future<?> begins = thread.submit(() -> {
                    while (!before.isCancelled()) {
                        Thread.onSpinWait();
                    }
                    return next.start(told);
                });
                before.cancel();
                begins.get(60, TimeUnit.SECONDS);
                iterator.onNext("element");
                assertThat(told.told).as("round %d", round).containsExactly("element");
            }
        } finally {
            thread.shutdownNow();
        }
    }
}
