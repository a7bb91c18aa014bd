package io.corobridge;

import static io.corobridge.AsyncSupport.agen;
import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.fail;
import static io.corobridge.AsyncSupport.show;
import static io.corobridge.AsyncSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncSupport.KeyError;
import io.corobridge.DriverSupport.Recorder;
import io.corobridge.DriverSupport.Source;
import io.corobridge.drive.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver: starts what a body awaits, resumes it with the outcome, and cancels it by an awaited close. */
@Timeout(60)
class DriverTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final Recorder host = new Recorder();
    private Driver<Object> driver;

    private Driver<Object> driver(Coroutine.Body<Object> body) {
        driver = Driver.of(coroutine(body), host);
        return driver;
    }

    @Test
    void awaitsThatCompleteAtOnceAreResumedInALoopWithoutStack() {
        driver(co -> {
                    int sum = 0;
                    for (int i = 0; i < 20_000; i++) {
                        sum += co.await(Awaitables.<Integer>create(completion -> completion.complete(1)));
                    }
                    return sum;
                })
                .start();
        assertThat(host.told).containsExactly("returned 20000");
    }

    @Test
    void bodyGoesOnWithWhatAnotherThreadCompletes() throws InterruptedException {
        Source first = new Source();
        Source second = new Source();
        driver(co -> {
                    Object value = co.await(first);
                    try {
                        return co.await(second);
                    } catch (KeyError e) {
                        return value + " " + show(e);
                    }
                })
                .start();
        assertThat(host.told).isEmpty();
        onAnotherThread(() -> first.complete("a"));
        assertThat(host.told).isEmpty();
        onAnotherThread(() -> second.fail(new KeyError("k")));
        assertThat(host.told).containsExactly("returned a KeyError: k");
    }

    private static void onAnotherThread(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action);
        thread.start();
        thread.join();
    }

    @Test
    void whatTheBodyRaisesIsToldAsItIs() {
        driver(co -> {
                    throw new KeyError("k");
                })
                .start();
        assertThat(host.told).containsExactly("raised KeyError: k");
    }

    @Test
    void foreignObjectThatIsYieldedIsARuntimeErrorInTheBody() {
        driver(co -> {
                    try {
                        return co.await(y("io"));
                    } catch (RuntimeError e) {
                        log.add(show(e));
                        return co.await(y("again"));
                    }
                })
                .start();
        assertThat(log).containsExactly("RuntimeError: Task got bad yield: io");
        assertThat(host.told).containsExactly("raised RuntimeError: Task got bad yield: again");
    }

    @Test
    void bareYieldGivesWayAndIsResumedWithNull() {
        driver(co -> "resumed with " + co.await(y(null))).start();
        assertThat(host.told).containsExactly("returned resumed with null");
    }

    @Test
    void cancelThatCameWhileTheBodyRanIsDeliveredAtABareYield() {
        driver(co -> {
                    driver.cancel();
                    try {
                        return co.await(y(null));
                    } catch (GeneratorExit e) {
                        log.add(show(e));
                        throw e;
                    }
                })
                .start();
        assertThat(log).containsExactly("GeneratorExit");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void driverIsStartedOnce() {
        driver(co -> 1).start();
        assertThatThrownBy(driver::start)
                .isExactlyInstanceOf(RuntimeError.class)
                .hasMessage("a driver can be started once");
        assertThat(host.told).containsExactly("returned 1");
    }

    @Test
    void coroutineThatAnotherBodyAwaitsIsARuntimeErrorAndGoesOn() {
        Source source = new Source();
        Coroutine<Object> inner = coroutine(co -> co.await(source));
        driver(co -> co.await(inner)).start();

        Recorder second = new Recorder();
        Driver.of(inner, second).start();
        assertThat(second.told).containsExactly("raised RuntimeError: coroutine is being awaited already");
        assertThat(inner.state()).isEqualTo(CoroutineState.SUSPENDED);
        source.complete("value");
        assertThat(host.told).containsExactly("returned value");
    }

    @Test
    void stepOfAnAsyncGeneratorAndAnyAwaitableCanBeDriven() {
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(co.await(Awaitables.ready("element"))));
        Driver.of(generator.anext(), host).start();
        Driver.of(generator.anext(), host).start();
        Driver.of(Awaitables.ready("value"), host).start();
        Driver.of(Awaitables.failed(new KeyError("k")), host).start();
        assertThat(host.told)
                .containsExactly(
                        "returned element", "raised StopAsyncIteration", "returned value", "raised KeyError: k");
    }

    @Test
    void cancelBeforeTheStartNeverEntersTheBody() {
        driver(co -> log.add("entered")).cancel();
        assertThat(host.told).containsExactly("cancelled None None");
        driver.start();
        driver.cancel();
        assertThat(log).isEmpty();
        assertThat(host.told).hasSize(1);
    }

    @Test
    void cancelWhileWaitingCancelsTheSourceAndRunsFinally() {
        Source source = new Source();
        driver(co -> {
                    try {
                        return co.await(source);
                    } catch (Throwable e) {
                        log.add(show(e));
                        throw e;
                    } finally {
                        log.add("finally");
                    }
                })
                .start();
        driver.cancel();
        assertThat(source.cancels).isEqualTo(1);
        assertThat(log).containsExactly("GeneratorExit", "finally");
        assertThat(host.told).containsExactly("cancelled None None");

        source.complete("too late");
        assertThat(host.told).hasSize(1);
    }

    @Test
    void cancelWhileTheBodyRunsIsDeliveredAtItsNextSuspension() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Source source = new Source();
        driver(co -> {
            running.countDown();
            cancelled.await();
            try {
                return co.await(source);
            } catch (GeneratorExit e) {
                log.add("exit");
                throw e;
            }
        });
        Thread thread = new Thread(driver::start);
        thread.start();
        running.await();
        driver.cancel();
        assertThat(log).isEmpty();
        cancelled.countDown();
        thread.join();
        assertThat(log).containsExactly("exit");
        assertThat(source.starts).isZero();
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void cancelAfterTheEndDoesNothing() {
        driver(co -> 1).start();
        driver.cancel();
        driver.cancel();
        assertThat(host.told).containsExactly("returned 1");
    }

    @Test
    void secondCancelDoesNothingWhileTheCleanUpAwaits() {
        Source flush = new Source();
        driver(co -> {
                    try {
                        return co.await(new Source());
                    } finally {
                        log.add(co.await(flush));
                    }
                })
                .start();
        driver.cancel();
        driver.cancel();
        assertThat(host.told).isEmpty();
        assertThat(flush.cancels).isZero();
        flush.complete("flushed");
        assertThat(log).containsExactly("flushed");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void valueThatArrivedBeforeTheCancelIsDeliveredFirst() {
        Source second = new Source();
        Awaitable<Object> first = Awaitables.create(completion -> {
            completion.complete("value");
            driver.cancel();
        });
        driver(co -> {
                    log.add(co.await(first));
                    try {
                        return co.await(second);
                    } finally {
                        log.add("finally");
                    }
                })
                .start();
        assertThat(log).containsExactly("value", "finally");
        assertThat(second.starts).isZero();
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void cancelThatArrivesBeforeTheValueWins() {
        Awaitable<Object> first = Awaitables.create(completion -> {
            driver.cancel();
            completion.complete("value");
        });
        driver(co -> log.add(co.await(first))).start();
        assertThat(log).isEmpty();
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void resultOrErrorAfterTheCancelIsToldAsThatOfACancelledRun() {
        driver(co -> {
                    try {
                        return co.await(new Source());
                    } catch (GeneratorExit e) {
                        return "late";
                    }
                })
                .start();
        driver.cancel();
        for (Throwable error : List.of(new KeyError("k"), new CancelledError("c"), new GeneratorExit("g"))) {
            driver(co -> {
                        try {
                            return co.await(new Source());
                        } finally {
                            fail(error);
                        }
                    })
                    .start();
            driver.cancel();
        }
        assertThat(host.told)
                .containsExactly(
                        "cancelled late None",
                        "cancelled None KeyError: k",
                        "cancelled None None",
                        "cancelled None None");
    }

    @Test
    void checkCancelledRaisesTheExitInABodyThatNeverSuspends() throws InterruptedException {
        cancelWhileBusy(Co::checkCancelled);
    }

    @Test
    void awaitsThatAreReadyNoticeACancel() throws InterruptedException {
        cancelWhileBusy(co -> co.await(Awaitables.ready(1)));
    }

    private void cancelWhileBusy(Consumer<Co> work) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        driver(co -> {
            try {
                while (true) {
                    work.accept(co);
                    running.countDown();
                }
            } finally {
                log.add("finally");
            }
        });
        Thread thread = new Thread(driver::start);
        thread.start();
        running.await();
        driver.cancel();
        thread.join();
        assertThat(log).containsExactly("finally");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void checkCancelledDoesNothingWithoutACancelAndWhenSteppedByHand() {
        driver(co -> {
                    co.checkCancelled();
                    return "driven";
                })
                .start();
        assertThat(host.told).containsExactly("returned driven");
        assertThat(AsyncSupport.run(co -> {
                    co.checkCancelled();
                    return "by hand";
                }))
                .isEqualTo("StopIteration: by hand");
    }

    @Test
    void checkCancelledClosesTheOuterBodiesTooAndLetsTheirCleanUpAwait() {
        Source flush = new Source();
        Coroutine<Object> inner = coroutine(co -> {
            driver.cancel();
            try {
                co.checkCancelled();
                return "not cancelled";
            } catch (GeneratorExit e) {
                log.add(co.await(flush));
                return "swallowed";
            }
        });
        driver(co -> {
                    try {
                        return "went on after " + co.await(inner);
                    } finally {
                        log.add("outer finally");
                        log.add(co.await(Awaitables.create(completion -> completion.complete("outer flushed"))));
                    }
                })
                .start();
        assertThat(host.told).isEmpty();
        flush.complete("flushed");
        assertThat(log).containsExactly("flushed", "outer finally", "outer flushed");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void checkCancelledInTheCleanUpOfACancelledBodyDoesNothing() {
        driver(co -> {
                    try {
                        return co.await(new Source());
                    } finally {
                        co.checkCancelled();
                        log.add("cleaned");
                    }
                })
                .start();
        driver.cancel();
        assertThat(log).containsExactly("cleaned");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void checkCancelledOfABodyThatIsSteppedByHandDoesNotSeeTheCancelOfWhoeverStepsIt() {
        Coroutine<Object> byHand = coroutine(co -> {
            co.checkCancelled();
            return "went on";
        });
        driver(co -> {
                    driver.cancel();
                    log.add(AsyncSupport.outcome(() -> byHand.send(null)));
                    return co.await(new Source());
                })
                .start();
        assertThat(log).containsExactly("StopIteration: went on");
        assertThat(host.told).containsExactly("cancelled None None");
    }

    @Test
    void cancelAtAnySuspensionRunsEveryFinallyOnceAndToItsEnd() {
        int suspensions = runAndCancelAt(Integer.MAX_VALUE);
        assertThat(host.told).containsExactly("returned end");
        assertThat(suspensions).isEqualTo(8);
        for (int point = 0; point < suspensions; point++) {
            log.clear();
            host.told.clear();
            runAndCancelAt(point);
            assertThat(host.told).as("cancelled at %d", point).containsExactly("cancelled None None");
            for (String level : List.of("leaf", "generator", "inner", "outer")) {
                boolean entered = log.contains(level + " entered");
                assertThat(log)
                        .as("cancelled at %d: %s", point, level)
                        .filteredOn(event -> event.equals(level + " left"))
                        .hasSize(entered ? 1 : 0);
                assertThat(log)
                        .filteredOn(event -> event.equals(level + " cleaned"))
                        .hasSize(entered ? 1 : 0);
            }
        }
    }

    /** Drives four nested bodies, each of which awaits in its block and in its finally. Returns how often they suspended. */
    private int runAndCancelAt(int point) {
        List<Source> sources = new ArrayList<>();
        Coroutine<Object> leaf = coroutine(co -> guarded(co, sources, "leaf", Awaitables.ready("end")));
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(guarded(co, sources, "generator", leaf)));
        Coroutine<Object> inner = coroutine(co -> guarded(co, sources, "inner", generator.anext()));
        driver(co -> guarded(co, sources, "outer", inner)).start();
        int suspensions = 0;
        while (host.told.isEmpty()) {
            Source waiting = sources.get(sources.size() - 1);
            assertThat(waiting.isWaiting()).isTrue();
            if (suspensions++ == point) {
                driver.cancel();
            } else {
                waiting.complete("next");
            }
        }
        return suspensions;
    }

    private Object guarded(Co co, List<Source> sources, String name, Awaitable<?> next) {
        try {
            log.add(name + " entered");
            pause(co, sources);
            return co.await(next);
        } finally {
            log.add(name + " left");
            try {
                pause(co, sources);
            } finally {
                log.add(name + " cleaned");
            }
        }
    }

    private static void pause(Co co, List<Source> sources) {
        Source source = new Source();
        sources.add(source);
        co.await(source);
    }
}
