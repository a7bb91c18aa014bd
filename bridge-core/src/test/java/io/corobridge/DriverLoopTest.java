package io.corobridge;

import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.outcome;
import static io.corobridge.AsyncSupport.show;
import static io.corobridge.ProtocolSupport.NET_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncSupport.KeyError;
import io.corobridge.DriverSupport.Source;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.TaskGroup;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every driver is a running loop and a current task for its body: one that runs no loop becomes one when the body asks. */
@Timeout(NET_SECONDS)
class DriverLoopTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> told = new CompletableFuture<>();

    private final Host<Object> host = new Host<>() {
        @Override
        public void returned(Object result) {
            told.complete("returned " + show(result));
        }

        @Override
        public void raised(Throwable error) {
            told.complete("raised " + show(error));
        }

        @Override
        public void cancelled(@Nullable Object result, @Nullable Throwable error) {
            told.complete("cancelled " + show(result) + " " + show(error));
        }
    };

    private Driver<Object> start(Coroutine.Body<Object> body) {
        Driver<Object> driver = Driver.of(coroutine(body), host);
        driver.start();
        return driver;
    }

    private String told() throws Exception {
        return told.get(NET_SECONDS, TimeUnit.SECONDS);
    }

    /** Logs how it is ended. */
    private Coroutine<Object> waits(String name, Source source) {
        return coroutine(co -> {
            try {
                return co.await(source);
            } catch (CancelledError | GeneratorExit e) {
                log.add(name + " " + show(e));
                throw e;
            }
        });
    }

    @Test
    void loopAndTaskAreTheSameForTheWholeBody() throws Exception {
        Source source = new Source();
        start(co -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Task<?> task = Asyncio.currentTask();
            co.await(source);
            return loop == Asyncio.getRunningLoop()
                    && task == Asyncio.currentTask()
                    && Asyncio.allTasks().size() == 1
                    && task.getLoop() == loop;
        });
        source.complete("x");
        assertThat(told()).isEqualTo("returned true");
        assertThat(outcome(Asyncio::getRunningLoop)).isEqualTo("RuntimeError: no running event loop");
    }

    /** What had arrived was the outcome of another await than the one that the body stands at. */
    @Test
    void bodyMayAskForTheLoopAfterAnAwaitThatEndedWhileItWasStarted() throws Exception {
        Source source = new Source();
        start(co -> {
            Object first = co.await(Awaitables.<Object>create(completion -> completion.complete("at once")));
            List<Object> second = co.await(Asyncio.gather(waits("second", source)));
            return first + " " + second;
        });
        assertThat(told).isNotDone();
        source.complete("later");
        assertThat(told()).isEqualTo("returned at once [later]");
    }

    @Test
    void bodyThatNeedsNoLoopSleepsWithoutOne() throws Exception {
        start(co -> co.await(Asyncio.sleep(0, 1)) + " " + co.await(Asyncio.sleep(0.001, 2)));
        assertThat(told()).isEqualTo("returned 1 2");
    }

    @Test
    void tasksRunBesideTheBodyAndNeverAtTheSameTime() throws Exception {
        Source first = new Source();
        Source second = new Source();
        start(co -> {
            List<Object> both = co.await(Asyncio.gather(waits("first", first), waits("second", second)));
            log.add("both");
            return both;
        });
        second.complete(2);
        assertThat(log).isEmpty();
        first.complete(1);
        assertThat(log).containsExactly("both");
        assertThat(told()).isEqualTo("returned [1, 2]");
    }

    @Test
    void bodyIsNotEnteredByWhoeverItsCodeWakes() throws Exception {
        start(co -> {
            Source source = new Source();
            Task<Object> task = Asyncio.createTask(waits("task", source));
            co.await(Asyncio.sleep(0));
            source.complete("x");
            log.add("done at once: " + task.done());
            return co.await(task);
        });
        assertThat(told()).isEqualTo("returned x");
        assertThat(log).containsExactly("done at once: false");
    }

    @Test
    void timeoutRaisesInTheBody() throws Exception {
        Source source = new Source();
        start(co -> {
            try {
                return co.await(
                        Asyncio.waitFor(waits("body", source), 0.001), java.util.concurrent.TimeoutException.class);
            } catch (java.util.concurrent.TimeoutException e) {
                return "timed out, cancelling " + Asyncio.currentTask().cancelling();
            }
        });
        assertThat(told()).isEqualTo("returned timed out, cancelling 0");
        assertThat(log).containsExactly("body CancelledError");
        assertThat(source.cancels).isEqualTo(1);
    }

    @Test
    void failureInAGroupCancelsTheOthersAndTheBody() throws Exception {
        Source source = new Source();
        start(co -> {
            try {
                co.withVoid(new TaskGroup(), group -> {
                    group.createTask(waits("child", source));
                    group.createTask(coroutine(inner -> {
                        throw new KeyError("k");
                    }));
                    co.await(waits("body", new Source()));
                });
                return "unreached";
            } catch (ExceptionGroup e) {
                return e.exceptions().toString();
            }
        });
        assertThat(told()).contains("KeyError: k");
        assertThat(log).containsExactly("child CancelledError", "body CancelledError");
    }

    @Test
    void cancelOfTheDriverClosesTheBodyAndWaitsForItsCleanUpAndItsTasks() throws Exception {
        Source cleanUp = new Source();
        Source left = new Source();
        Driver<Object> driver = start(co -> {
            Asyncio.createTask(waits("left over", left));
            try {
                return co.await(waits("body", new Source()));
            } finally {
                log.add("cleaned " + co.await(cleanUp));
            }
        });
        driver.cancel();
        driver.cancel();
        assertThat(told).isNotDone();
        cleanUp.complete("up");
        assertThat(told()).isEqualTo("cancelled None None");
        assertThat(log).containsExactly("body GeneratorExit", "cleaned up", "left over CancelledError");
        assertThat(left.cancels).isEqualTo(1);
    }

    @Test
    void cancelOfTheDriverInsideAGroupCancelsItsTasksAndIsSilent() throws Exception {
        Source source = new Source();
        Driver<Object> driver = start(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(waits("child", source));
                co.await(waits("body", new Source()));
            });
            return "unreached";
        });
        driver.cancel();
        assertThat(told()).isEqualTo("cancelled None None");
        assertThat(log).containsExactly("body GeneratorExit", "child CancelledError");
    }

    @Test
    void cancelWhileTheBodyRunsIsDeliveredAtItsNextSuspension() throws Exception {
        CompletableFuture<Driver<Object>> driver = new CompletableFuture<>();
        Driver<Object> made = Driver.of(
                coroutine(co -> {
                    Asyncio.getRunningLoop();
                    driver.get().cancel();
                    log.add("goes on");
                    return co.await(waits("body", new Source()));
                }),
                host);
        driver.complete(made);
        made.start();
        assertThat(told()).isEqualTo("cancelled None None");
        assertThat(log).containsExactly("goes on", "body GeneratorExit");
    }

    @Test
    void taskCanCancelTheBodyAndTheBodyItself() throws Exception {
        start(co -> {
            Task<?> body = Asyncio.currentTask();
            Asyncio.createTask(coroutine(inner -> body.cancel("by a task")));
            try {
                co.await(waits("body", new Source()));
            } catch (CancelledError e) {
                log.add(show(e));
            }
            body.uncancel();
            body.cancel("by itself");
            return co.await(Asyncio.sleep(0, "unreached"));
        });
        assertThat(told()).isEqualTo("raised CancelledError: by itself");
        assertThat(log).containsExactly("body CancelledError: by a task", "CancelledError: by a task");
    }

    @Test
    void operationThatAsksForTheLoopWhileItIsStarted() throws Exception {
        start(co -> {
            Object value = co.await(Awaitables.<Object>create(completion ->
                    Asyncio.getRunningLoop().callLater(0.001, () -> completion.complete("from the loop"))));
            Object atOnce = co.await(Awaitables.<Object>create(completion -> {
                Asyncio.getRunningLoop();
                completion.complete("at once");
            }));
            return value + ", " + atOnce + ", " + Asyncio.allTasks().size();
        });
        assertThat(told()).isEqualTo("returned from the loop, at once, 1");
    }

    @Test
    void operationThatAsksForTheLoopAndIsDoneAtOnce() throws Exception {
        start(co -> co.await(Awaitables.<Object>create(completion -> {
            Asyncio.getRunningLoop();
            completion.complete("at once");
        })));
        assertThat(told()).isEqualTo("returned at once");
    }

    @Test
    void operationThatAsksForTheLoopIsCancelledWithTheDriver() throws Exception {
        List<String> cancelled = new ArrayList<>();
        Driver<Object> driver = start(co -> co.await(Awaitables.<Object>create(completion -> {
            Asyncio.getRunningLoop();
            completion.onCancel(() -> cancelled.add("operation"));
        })));
        driver.cancel();
        assertThat(told()).isEqualTo("cancelled None None");
        assertThat(cancelled).containsExactly("operation");
    }

    @Test
    void driversInsideALoopHaveLoopsOfTheirOwn() {
        Object result = Asyncio.run(coroutine(co -> {
            EventLoop outer = Asyncio.getRunningLoop();
            start(inner -> Asyncio.getRunningLoop() == outer);
            return told() + " " + (Asyncio.getRunningLoop() == outer);
        }));
        assertThat(result).isEqualTo("returned false true");
    }

    @Test
    void taskOfAnotherLoopIsAwaitedFromADriver() throws Exception {
        CompletableFuture<Task<Object>> task = new CompletableFuture<>();
        Source source = new Source();
        start(co -> {
            Task<Object> made = Asyncio.createTask(waits("task", source));
            task.complete(made);
            return co.await(made);
        });
        CompletableFuture<Object> seen = new CompletableFuture<>();
        Driver.<Object>of(task.get(), new Host<>() {
                    @Override
                    public void returned(Object result) {
                        seen.complete(result);
                    }

                    @Override
                    public void raised(Throwable error) {
                        seen.completeExceptionally(error);
                    }

                    @Override
                    public void cancelled(@Nullable Object result, @Nullable Throwable error) {}
                })
                .start();
        source.complete("x");
        assertThat(seen.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("x");
        assertThat(told()).isEqualTo("returned x");
    }

    @Test
    void manyAwaitsThatAreDoneAtOnceUseNoStack() throws Exception {
        start(co -> {
            Asyncio.getRunningLoop();
            int sum = 0;
            for (int i = 0; i < 20_000; i++) {
                sum += co.await(Awaitables.<Integer>create(completion -> completion.complete(1)));
            }
            return sum;
        });
        assertThat(told()).isEqualTo("returned 20000");
    }

    @Test
    void whatIsLeftToDoWhenTheLoopEndsIsDropped() throws Exception {
        start(co -> {
            EventLoop loop = Asyncio.getRunningLoop();
            loop.setExceptionHandler((of, context) -> log.add(context.message()));
            Asyncio.currentTask().addDoneCallback(main -> {
                for (int i = 0; i < 3; i++) {
                    loop.callSoon(() -> log.add("called"));
                }
            });
            return 1;
        });
        assertThat(told()).isEqualTo("returned 1");
        assertThat(log).doesNotContain("Fatal error in the event loop");
    }

    /** Whoever wins, the host is told once, and nobody waits for ever. */
    @RepeatedTest(300)
    void cancelRacesWithCompletion() throws Exception {
        Source one = new Source();
        Source two = new Source();
        Driver<Object> driver = start(co -> co.await(Asyncio.gather(waits("one", one), waits("two", two))));
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (Runnable action : List.<Runnable>of(() -> one.complete(1), () -> two.complete(2), driver::cancel)) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                action.run();
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(told()).isIn("returned [1, 2]", "cancelled None None", "cancelled [1, 2] None");
    }
}
