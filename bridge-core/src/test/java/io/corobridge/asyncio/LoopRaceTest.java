package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The entry points of a loop that are for any thread, from several threads at once. */
@Timeout(NET_SECONDS)
class LoopRaceTest {
    private static final int ROUNDS = 2_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicLong parks = new AtomicLong();

    /** A clock that counts how often the loop goes to sleep. */
    private LoopClock counting(LoopClock clock) {
        return new LoopClock() {
            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }

            @Override
            public void park(long nanos) {
                parks.incrementAndGet();
                clock.park(nanos);
            }
        };
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static Thread running(EventLoop loop) {
        Thread thread = new Thread(loop::runForever, "loop");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    private void callsOfSeveralThreads(EventLoop loop, Runnable inCall) throws Exception {
        int callers = 4;
        int calls = 20_000;
        List<List<Integer>> called = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(callers * calls);
        for (int caller = 0; caller < callers; caller++) {
            List<Integer> own = new ArrayList<>();
            called.add(own);
            threads.execute(() -> {
                for (int i = 0; i < calls; i++) {
                    int number = i;
                    loop.callSoonThreadsafe(() -> {
                        inCall.run();
                        own.add(number);
                        done.countDown();
                    });
                }
            });
        }
        done.await();
        for (List<Integer> own : called) {
            assertThat(own).hasSize(calls).isSorted();
        }
    }

    @Test
    void callsFromOtherThreadsAreMadeOnTheLoopsThreadInTheirOrder() throws Exception {
        EventLoop loop = EventLoop.create();
        Thread thread = running(loop);
        callsOfSeveralThreads(loop, () -> assertThat(Thread.currentThread()).isSameAs(thread));
        loop.stop();
        thread.join();
        loop.close();
    }

    @Test
    void loopOnAPoolRunsOnOneThreadAtATime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        EventLoop loop = EventLoop.on(pool);
        AtomicBoolean busy = new AtomicBoolean();
        AtomicInteger overlaps = new AtomicInteger();
        callsOfSeveralThreads(loop, () -> {
            if (!busy.compareAndSet(false, true)) {
                overlaps.incrementAndGet();
            }
            busy.set(false);
        });
        loop.close();
        pool.shutdown();
        assertThat(overlaps).hasValue(0);
    }

    /** A loop that waits sleeps once for each time it is woken, however long it waits. */
    @Test
    void idleLoopSleepsUntilItIsWoken() throws Exception {
        EventLoop loop = EventLoop.create(counting(LoopClock.SYSTEM));
        Thread thread = running(loop);
        for (int i = 0; i < 500; i++) {
            CountDownLatch called = new CountDownLatch(1);
            loop.callSoonThreadsafe(called::countDown);
            called.await();
        }
        loop.stop();
        thread.join();
        loop.close();
        // One for each call and the first, and as many again for what the JVM wakes without a reason.
        assertThat(parks.get()).isLessThanOrEqualTo(2 * 501);
    }

    /** Time passes only while it sleeps. */
    @Test
    void loopThatWaitsForATimerSleepsOnce() {
        VirtualClock clock = new VirtualClock();
        EventLoop loop = EventLoop.create(counting(clock));
        for (int i = 0; i < 100; i++) {
            loop.callLater(1_000, () -> {});
        }
        loop.callLater(0.02, loop::stop);
        loop.runForever();
        loop.close();
        assertThat(parks).hasValue(1);
        assertThat(clock.nanoTime()).isEqualTo(20_000_000);
    }

    @Test
    void outcomeAgainstCancelOfACoroutineFromAnotherThread() throws Exception {
        EventLoop loop = EventLoop.create();
        Thread thread = running(loop);
        Random random = new Random(7);
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
            int ahead = random.nextInt(400) - 200;
            AtomicInteger cleaned = new AtomicInteger();
            CountDownLatch ended = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Object> source = new CompletableFuture<>();
            Coroutine<Object> body = co(co -> {
                begun.countDown();
                try {
                    return co.await(source);
                } finally {
                    cleaned.incrementAndGet();
                    ended.countDown();
                }
            });
            CompletableFuture<Object> outcome = Asyncio.runCoroutineThreadsafe(body, loop);
            begun.await();
            Future<?> completes = threads.submit(() -> {
                together.await();
                spin(ahead);
                return source.complete("value");
            });
            Future<?> cancels = threads.submit(() -> {
                together.await();
                spin(-ahead);
                return outcome.cancel(true);
            });
            completes.get(NET_SECONDS, TimeUnit.SECONDS);
            cancels.get(NET_SECONDS, TimeUnit.SECONDS);
            ended.await();
            assertThat(cleaned).as("round %d", round).hasValue(1);
            assertThat(outcome.isCancelled() || outcome.join().equals("value")).isTrue();
        }
        loop.stop();
        thread.join();
        loop.close();
    }

    @Test
    void futureIsAwaitedFromOtherThreadsWhileItIsSet() throws Exception {
        EventLoop loop = EventLoop.create();
        Thread thread = running(loop);
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;
            io.corobridge.asyncio.Future<Integer> future = loop.createFuture();
            Future<CompletableFuture<Integer>> stage = threads.submit(() -> {
                together.await();
                return future.toCompletionStage().toCompletableFuture();
            });
            Future<?> sets = threads.submit(() -> {
                together.await();
                return loop.callSoonThreadsafe(() -> future.setResult(number));
            });
            sets.get(NET_SECONDS, TimeUnit.SECONDS);
            assertThat(stage.get(NET_SECONDS, TimeUnit.SECONDS).get(NET_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(number);
        }
        loop.stop();
        thread.join();
        loop.close();
    }

    @Test
    void cancelOfARunOnAnExecutorAgainstItsEnd() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger cleaned = new AtomicInteger();
            CountDownLatch ended = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Object> source = new CompletableFuture<>();
            CompletableFuture<Object> outcome = Asyncio.runOn(threads, co(co -> {
                begun.countDown();
                try {
                    return co.await(source);
                } finally {
                    // A cancel that comes only now is delivered here.
                    try {
                        co.await(Asyncio.sleep(0));
                    } finally {
                        cleaned.incrementAndGet();
                        ended.countDown();
                    }
                }
            }));
            begun.await();
            Future<?> completes = threads.submit(() -> {
                together.await();
                return source.complete("value");
            });
            Future<?> cancels = threads.submit(() -> {
                together.await();
                return outcome.cancel(true);
            });
            completes.get(NET_SECONDS, TimeUnit.SECONDS);
            cancels.get(NET_SECONDS, TimeUnit.SECONDS);
            ended.await();
            assertThat(cleaned).as("round %d", round).hasValue(1);
            assertThat(outcome.isCancelled() || outcome.join().equals("value")).isTrue();
        }
    }
}
