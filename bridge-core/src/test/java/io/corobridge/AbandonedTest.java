package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.drive.Driver;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What is dropped while it is suspended is closed after garbage collection. */
class AbandonedTest {
    private static final int ATTEMPTS = 3_000;

    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    @Test
    void leavesNoThreadAndRunsItsFinallyOnce() throws InterruptedException {
        int count = 1_000;
        AtomicIntegerArray ended = new AtomicIntegerArray(count);
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            abandon(i, ended, threads, all);
        }

        awaitCollected(all);
        assertThat(threads).hasSize(count);
        for (Thread thread : threads) {
            if (thread != Thread.currentThread()) {
                thread.join();
            }
        }
        for (int i = 0; i < count; i++) {
            assertThat(ended.get(i)).isOne();
        }
    }

    private static void abandon(int i, AtomicIntegerArray ended, Queue<Thread> threads, CountDownLatch all) {
        Coroutine.ofVoid(co -> {
                    threads.add(Thread.currentThread());
                    try {
                        co.await(never());
                    } finally {
                        ended.incrementAndGet(i);
                        all.countDown();
                    }
                })
                .send(null);
    }

    @Test
    void closesTheInnerFirst() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        abandonOuter(both);
        awaitCollected(both);
        assertThat(log).containsExactly("inner", "outer");
    }

    private void abandonOuter(CountDownLatch both) {
        Coroutine.ofVoid(co -> {
                    try {
                        co.await(Coroutine.ofVoid(inner -> waits(inner, "inner", both)));
                    } finally {
                        log.add("outer");
                        both.countDown();
                    }
                })
                .send(null);
    }

    private void waits(Co co, String name, CountDownLatch latch) {
        try {
            co.await(never());
        } finally {
            log.add(name);
            latch.countDown();
        }
    }

    @Test
    void whatRefusesToEndDoesNotKeepOthersFromBeingClosed() throws InterruptedException {
        Logger logger = Logger.getLogger("io.corobridge");
        Level before = logger.getLevel();
        logger.setLevel(Level.OFF);
        try {
            // More of them than there are threads that close; each is told to end 100 times.
            int stubborn = 6;
            CountDownLatch given = new CountDownLatch(stubborn * 100);
            for (int i = 0; i < stubborn; i++) {
                abandonStubborn(given);
            }
            awaitCollected(given);

            CountDownLatch closed = new CountDownLatch(1);
            Coroutine.ofVoid(co -> waits(co, "closed", closed)).send(null);
            awaitCollected(closed);
        } finally {
            logger.setLevel(before);
        }
    }

    private static void abandonStubborn(CountDownLatch told) {
        Coroutine.ofVoid(co -> {
                    while (true) {
                        try {
                            co.await(never());
                        } catch (GeneratorExit e) {
                            told.countDown();
                        }
                    }
                })
                .send(null);
    }

    @Test
    void closesAGenerator() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        abandonGenerator(closed);
        awaitCollected(closed);
    }

    private static void abandonGenerator(CountDownLatch closed) {
        Generator.<String, Object>ofVoid(co -> {
                    try {
                        co.yield("first");
                    } finally {
                        closed.countDown();
                    }
                })
                .next();
    }

    @Test
    void closesAnAsyncGenerator() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        abandonAsyncGenerator(closed);
        awaitCollected(closed);
    }

    private static void abandonAsyncGenerator(CountDownLatch closed) {
        AsyncGenerator<String, Object> generator = AsyncGenerator.of(co -> {
            try {
                co.yield("first");
            } finally {
                closed.countDown();
            }
        });
        try {
            generator.anext().awaitIterator().next();
        } catch (StopIteration first) {
            assertThat(first.value()).isEqualTo("first");
        }
    }

    @Test
    void closesABodyWhoseDriverWasDroppedAfterItsInnerBodyWasClosedByHand() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        abandonDriver(both);
        awaitCollected(both);
        assertThat(log).containsExactly("inner", "outer");
    }

    private void abandonDriver(CountDownLatch both) {
        Coroutine<Object> inner = Coroutine.of(co -> {
            waits(co, "inner", both);
            return null;
        });
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } finally {
                log.add("outer");
                both.countDown();
            }
        });
        Driver.of(outer, new DriverSupport.Recorder()).start();
        inner.close();
    }

    @Test
    void doesNotCloseWhatIsStillHeld() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        Coroutine<Void> held = Coroutine.ofVoid(co -> waits(co, "held", closed));
        held.send(null);
        abandonGenerator(other);
        awaitCollected(other);
        assertThat(log).isEmpty();
        held.close();
        assertThat(List.copyOf(log)).containsExactly("held");
    }

    private static Awaitable<Object> never() {
        return Awaitables.create(completion -> {});
    }

    private static void awaitCollected(CountDownLatch latch) throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            System.gc();
            if (latch.await(100, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
        throw new AssertionError(latch.getCount() + " were not closed");
    }
}
