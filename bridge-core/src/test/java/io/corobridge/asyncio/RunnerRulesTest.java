package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static io.corobridge.asyncio.AsyncioSupport.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.CancelledError;
import io.corobridge.ContextVar;
import io.corobridge.asyncio.AsyncioSupport.KeyError;
import io.corobridge.asyncio.AsyncioSupport.Log;
import io.corobridge.testing.VirtualClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops and runners: what is refused, what is cleaned up at the end, and other threads. */
@Timeout(NET_SECONDS)
class RunnerRulesTest {
    private final Log log = new Log();

    @Test
    @Tag("G01")
    void loopsDoNotNest() {
        run(co -> {
            log.add(t(() -> Asyncio.run(co(inner -> 1))));
            try (Runner runner = new Runner()) {
                log.add(t(() -> runner.run(co(inner -> 1))));
            }
            EventLoop running = Asyncio.getRunningLoop();
            log.add(t(() -> running.runUntilComplete(co(inner -> 1))));
            log.add(tried(running::close));
            EventLoop other = EventLoop.create();
            log.add(tried(other::runForever));
            other.close();
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "RuntimeError: asyncio.run() cannot be called from a running event loop",
                        "RuntimeError: Runner.run() cannot be called from a running event loop",
                        "RuntimeError: This event loop is already running",
                        "RuntimeError: Cannot close a running event loop",
                        "RuntimeError: Cannot run the event loop while another loop is running");
    }

    @Test
    @Tag("G01")
    void closedRunnersAndLoopsAreRefused() {
        Runner runner = new Runner();
        runner.getLoop();
        runner.close();
        log.add(t(() -> runner.run(co(inner -> 1))), t(runner::getLoop));
        Runner unused = new Runner();
        unused.close();
        log.add(t(() -> unused.run(co(inner -> 1))));
        unused.close();
        EventLoop loop = EventLoop.create();
        loop.close();
        log.add(t(() -> loop.runUntilComplete(co(inner -> 1))), t(() -> loop.callSoon(() -> {})));
        log.add(t(Asyncio::getRunningLoop));
        assertThat(log.lines())
                .containsExactly(
                        "RuntimeError: Runner is closed RuntimeError: Runner is closed",
                        "-> 1",
                        "RuntimeError: Event loop is closed RuntimeError: Event loop is closed",
                        "RuntimeError: no running event loop");
    }

    @Test
    @Tag("G01")
    void loopThatIsStoppedBeforeTheFutureIsDone() {
        EventLoop loop = EventLoop.create();
        Future<Object> future = loop.createFuture();
        loop.callSoon(loop::stop);
        assertThat(t(() -> loop.runUntilComplete(future)))
                .isEqualTo("RuntimeError: Event loop stopped before Future completed.");
        loop.close();
    }

    @Test
    @Tag("G02")
    void tasksThatAreLeftAreCancelledAndWaitedFor() {
        Object result = run(log, co -> {
            Asyncio.createTask(co(inner -> {
                try {
                    return inner.await(Asyncio.sleep(100));
                } catch (CancelledError e) {
                    log.add("bg cancelled");
                    throw e;
                } finally {
                    inner.await(Asyncio.sleep(0));
                    log.add("bg finally");
                }
            }));
            Asyncio.createTask(co(inner -> {
                try {
                    return inner.await(Asyncio.sleep(100));
                } catch (CancelledError e) {
                    throw new KeyError("late");
                }
            }));
            co.await(Asyncio.sleep(0));
            return "main";
        });
        log.add(result);
        assertThat(log.text())
                .isEqualTo("bg cancelled, bg finally, "
                        + "[loop handler] unhandled exception during asyncio.run() shutdown KeyError: late, main");
    }

    @Test
    void runsOfARunnerShareALoopAndAContext() {
        ContextVar<String> var = ContextVar.of("v", "d");
        try (Runner runner = new Runner()) {
            runner.run(co(co -> var.set("kept")));
            log.add(runner.run(co(co -> var.get())), var.get());
            EventLoop loop = runner.getLoop();
            boolean same = runner.run(co(co -> Asyncio.getRunningLoop() == loop));
            log.add(same);
        }
        assertThat(log.text()).isEqualTo("kept d, true");
    }

    @Test
    void interruptOfTheLoopsThreadCancelsTheMainTask() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> outcome.complete(t(() -> Asyncio.run(co(co -> {
                    waiting.countDown();
                    try {
                        return co.await(Asyncio.getRunningLoop().createFuture());
                    } finally {
                        co.await(Asyncio.sleep(0));
                        log.add("clean-up");
                    }
                })))
                + " interrupted=" + Thread.currentThread().isInterrupted()));
        thread.start();
        waiting.await();
        thread.interrupt();
        assertThat(outcome.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("CancelledError interrupted=true");
        assertThat(log.text()).isEqualTo("clean-up");
    }

    @Test
    void idleLoopIsWokenByAnotherThread() throws Exception {
        AtomicReference<EventLoop> loop = new AtomicReference<>();
        AtomicReference<Future<Object>> future = new AtomicReference<>();
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Object> outcome = CompletableFuture.supplyAsync(() -> Asyncio.run(co(co -> {
            loop.set(Asyncio.getRunningLoop());
            future.set(loop.get().createFuture());
            waiting.countDown();
            return co.await(future.get());
        })));
        waiting.await();
        loop.get().callSoonThreadsafe(() -> future.get().setResult("woken"));
        assertThat(outcome.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("woken");
    }

    @Test
    @Tag("G25")
    void coroutineFromAnotherThread() throws Exception {
        AtomicReference<EventLoop> loop = new AtomicReference<>();
        AtomicReference<Event> end = new AtomicReference<>(new Event());
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Object> main = CompletableFuture.supplyAsync(() -> Asyncio.run(co(co -> {
            loop.set(Asyncio.getRunningLoop());
            running.countDown();
            return co.await(end.get());
        })));
        running.await();
        CompletableFuture<Object> result = Asyncio.runCoroutineThreadsafe(
                co(co -> co.await(Asyncio.sleep(0, Asyncio.getRunningLoop() == loop.get()))), loop.get());
        assertThat(result.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo(true);
        CompletableFuture<Object> failed = Asyncio.runCoroutineThreadsafe(
                co(co -> {
                    throw new KeyError("k");
                }),
                loop.get());
        assertThatThrownBy(() -> failed.get(NET_SECONDS, TimeUnit.SECONDS)).hasCauseExactlyInstanceOf(KeyError.class);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<Object> forever = Asyncio.runCoroutineThreadsafe(
                co(co -> {
                    begun.countDown();
                    try {
                        return co.await(Asyncio.getRunningLoop().createFuture());
                    } catch (CancelledError e) {
                        cancelled.countDown();
                        throw e;
                    }
                }),
                loop.get());
        begun.await();
        forever.cancel(true);
        cancelled.await();
        loop.get().callSoonThreadsafe(end.get()::set);
        assertThat(main.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo(true);
    }

    @Test
    void blockingCodeRunsOnAnotherThreadAndSeesTheContext() {
        ContextVar<String> var = ContextVar.of("v", "d");
        Thread here = Thread.currentThread();
        Asyncio.run(co(co -> {
            var.set("set");
            log.add(co.await(Asyncio.toThread(() -> {
                assertThat(Thread.currentThread()).isNotSameAs(here);
                return var.get();
            })));
            log.add(t(() -> co.await(Asyncio.toThread(() -> {
                throw new KeyError("k");
            }))));
            return null;
        }));
        assertThat(log.text()).isEqualTo("set, KeyError: k");
    }

    @Test
    void loopOnAnExecutor() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2, work -> new Thread(work, "pool"));
        try {
            CompletableFuture<Object> outcome = Asyncio.runOn(executor, co(co -> {
                Task<Object> left = Asyncio.createTask(co(inner -> {
                    try {
                        return inner.await(Asyncio.getRunningLoop().createFuture());
                    } finally {
                        log.add("left over cancelled");
                    }
                }));
                log.add(co.await(Asyncio.gather(Asyncio.sleep(0.01, 1), Asyncio.sleep(0, 2))));
                log.add(left.done());
                return "result";
            }));
            assertThat(outcome.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("result");
            assertThat(log.text()).isEqualTo("[1, 2], false, left over cancelled");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void timersAreCalledInOrderAndCancelledOnesNot() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        loop.callLater(3, () -> log.add(3, loop.time()));
        loop.callLater(1, () -> log.add(1, loop.time()));
        ScheduledCall cancelled = loop.callLater(2, () -> log.add(2));
        loop.callAt(1, () -> log.add("1 again"));
        loop.callLater(4, loop::stop);
        cancelled.cancel();
        assertThat(cancelled.cancelled()).isTrue();
        loop.runForever();
        loop.close();
        assertThat(log.text()).isEqualTo("1 1.0, 1 again, 3 3.0");
    }

    @Test
    void millionTimersAndTheCancelOfMostOfThem() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        ScheduledCall[] calls = new ScheduledCall[1_000_000];
        int[] called = new int[1];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = loop.callLater((i * 7_919L) % calls.length + 1, () -> called[0]++);
        }
        for (int i = 0; i < calls.length; i++) {
            if (i % 10 != 0) {
                calls[i].cancel();
            }
        }
        loop.callLater(calls.length + 1, loop::stop);
        loop.runForever();
        loop.close();
        assertThat(called[0]).isEqualTo(calls.length / 10);
    }

    @Test
    void exceptionHandlerThatFailsIsNotTheEnd() {
        EventLoop loop = EventLoop.create();
        loop.setExceptionHandler((of, context) -> {
            log.add(context.message().startsWith("Exception in callback"));
            throw new KeyError("in handler");
        });
        loop.callSoon(() -> {
            throw new KeyError("in callback");
        });
        loop.callSoon(() -> log.add("next"));
        loop.callSoon(loop::stop);
        loop.runForever();
        loop.close();
        assertThat(log.text()).isEqualTo("true, next");
    }

    @Test
    void interruptThatEndedTheRunDoesNotCutTheCleanUpShort() {
        Thread thread = Thread.currentThread();
        assertThatThrownBy(() -> Asyncio.run(co(co -> {
                    Asyncio.createTask(co(inner -> {
                        try {
                            return inner.await(Asyncio.getRunningLoop().createFuture());
                        } finally {
                            inner.await(Asyncio.sleep(0.001));
                            log.add("clean-up");
                        }
                    }));
                    co.await(Asyncio.sleep(0));
                    thread.interrupt();
                    return co.await(Asyncio.getRunningLoop().createFuture());
                })))
                .isInstanceOf(CancelledError.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.text()).isEqualTo("clean-up");
    }

    @Test
    void momentsOfLongAgoAndInTheFarFutureAreInOrder() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        loop.callLater(1, () -> log.add("second"));
        loop.callLater(Double.POSITIVE_INFINITY, () -> log.add("never"));
        loop.callAt(Double.NEGATIVE_INFINITY, () -> log.add("first"));
        loop.callLater(2, () -> {
            loop.callLater(-1e300, () -> {
                log.add("at once " + loop.time());
                loop.stop();
            });
        });
        loop.runForever();
        loop.close();
        assertThat(log.text()).isEqualTo("first, second, at once 2.0");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is tried
    void nullIsNoCoroutine() {
        assertThat(t(() -> Asyncio.run(null))).isEqualTo("ValueError: a coroutine was expected, got None");
        Asyncio.run(co(co -> {
            log.add(t(() -> Asyncio.createTask(null)));
            log.add(t(() -> Asyncio.ensureFuture(null)));
            log.add(t(() -> Asyncio.gather(Asyncio.sleep(0), null)));
            log.add(t(() -> Asyncio.runCoroutineThreadsafe(null, Asyncio.getRunningLoop())));
            return null;
        }));
        assertThat(log.lines())
                .containsExactly(
                        "TypeError: a coroutine was expected, got None",
                        "TypeError: An asyncio.Future, a coroutine or an awaitable is required",
                        "TypeError: An asyncio.Future, a coroutine or an awaitable is required",
                        "TypeError: A coroutine object is required");
    }

    @Test
    void loopSurvivesAnExecutorThatRefuses() {
        AtomicReference<Boolean> refuses = new AtomicReference<>(true);
        EventLoop loop = EventLoop.on(work -> {
            if (refuses.get()) {
                throw new RejectedExecutionException();
            }
            work.run();
        });
        assertThatThrownBy(() -> loop.callSoonThreadsafe(() -> log.add("first")))
                .isInstanceOf(RejectedExecutionException.class);
        refuses.set(false);
        loop.callSoonThreadsafe(() -> log.add("second"));
        assertThat(log.text()).isEqualTo("first, second");
        loop.close();
    }
}
