package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.TaskGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Bodies on Schedulers, hops and sleeps, virtual time, and asyncio inside a body that runs as a Mono. */
@Timeout(60)
class SchedulerTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();

    private final Deque<Runnable> tasks = new ArrayDeque<>();

    /** Runs its tasks when the test says so. */
    private final Scheduler scheduler = Schedulers.fromExecutor(tasks::add);

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static String thread() {
        return Thread.currentThread().getName().replaceAll("-\\d+$", "");
    }

    @Test
    void everyStepIsATaskOfTheScheduler() {
        Sinks.One<String> sink = Sinks.one();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(
                        Coroutine.<String>of(co -> {
                            log.add("begins");
                            String value = co.await(sink.asMono());
                            log.add("resumes");
                            return value;
                        }),
                        scheduler)
                .subscribe(subscriber);
        assertThat(log).isEmpty();
        runTasks();
        assertThat(log).containsExactly("begins");
        sink.tryEmitValue("value").orThrow();
        assertThat(log).containsExactly("begins");
        runTasks();
        assertThat(log).containsExactly("begins", "resumes");
        assertThat(subscriber.signals).containsExactly("value", "complete");
    }

    @Test
    void everyStepAndTheCloseOfAnAsyncGeneratorIsATaskOfTheScheduler() {
        AsyncGenerator<Integer, Void> generator = AsyncGenerator.of(co -> {
            try {
                co.yield(1);
                co.yield(2);
            } finally {
                log.add("closed");
            }
        });
        Recording<Integer> subscriber = new Recording<>(1);
        CoFlux.from(generator, scheduler).subscribe(subscriber);
        assertThat(subscriber.signals).isEmpty();
        runTasks();
        assertThat(subscriber.signals).containsExactly(1);
        subscriber.cancel();
        assertThat(log).isEmpty();
        runTasks();
        assertThat(log).containsExactly("closed");
    }

    @Test
    void cancelBeforeTheQueuedStepDoesNotEnterTheBody() {
        Coroutine<String> coroutine = Coroutine.of(co -> "" + log.add("entered"));
        AsyncGenerator<Integer, Void> generator = AsyncGenerator.of(co -> log.add("entered"));
        CoMono.from(coroutine, scheduler).subscribe().dispose();
        CoFlux.from(generator, scheduler).subscribe().dispose();
        runTasks();
        assertThat(log).isEmpty();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    void longStreamOnAnImmediateSchedulerUsesNoStack() {
        StepVerifier.create(CoFlux.from(
                                AsyncGenerator.<Integer, Void>of(co -> {
                                    for (int i = 0; i < 20_000; i++) {
                                        co.yield(i);
                                    }
                                }),
                                Schedulers.immediate())
                        .count())
                .expectNext(20_000L)
                .verifyComplete();
    }

    @Test
    void schedulerThatIsShutDownLeavesNoBodyHanging() {
        Scheduler scheduler = Schedulers.newSingle("shut-down");
        scheduler.dispose();
        StepVerifier.create(CoMono.from(Coroutine.of(co -> "value"), scheduler))
                .expectNext("value")
                .verifyComplete();
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(CoSchedulers.on(scheduler)))))
                .verifyError(RejectedExecutionException.class);
    }

    @Test
    void hopGoesOnInATaskOfTheScheduler() {
        Scheduler scheduler = Schedulers.newSingle("hopped");
        try {
            for (int i = 0; i < 2_000; i++) {
                String threads = CoMono.from(Coroutine.<String>of(co -> {
                            String before = thread();
                            co.await(CoSchedulers.on(scheduler));
                            return before + " to " + thread();
                        }))
                        .block();
                assertThat(threads).as("round %d", i).isEqualTo(thread() + " to hopped");
            }
        } finally {
            scheduler.dispose();
        }
    }

    @Test
    void hopToAnImmediateSchedulerUsesNoStack() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> {
                    for (int i = 0; i < 20_000; i++) {
                        co.await(CoSchedulers.on(Schedulers.immediate()));
                    }
                    return thread();
                })))
                .expectNext(thread())
                .verifyComplete();
    }

    @Test
    void givingUpASleepOrAHopDisposesItsTask() {
        VirtualTimeScheduler clock = VirtualTimeScheduler.create();
        Recording<Object> sleeps = new Recording<>(1);
        Recording<Object> hops = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(CoSchedulers.sleep(Duration.ofDays(1), clock))))
                .subscribe(sleeps);
        CoMono.from(Coroutine.of(co -> co.await(CoSchedulers.on(scheduler)))).subscribe(hops);
        sleeps.cancel();
        hops.cancel();
        clock.advanceTimeBy(Duration.ofDays(2));
        runTasks();
        assertThat(sleeps.signals).isEmpty();
        assertThat(hops.signals).isEmpty();
    }

    @Test
    void virtualTimePassesForBodies() {
        StepVerifier.withVirtualTime(() -> CoMono.from(Coroutine.of(co -> {
                    co.await(Mono.delay(Duration.ofHours(1)));
                    co.await(CoSchedulers.sleep(Duration.ofHours(1), Schedulers.parallel()));
                    return "two hours later";
                })))
                .expectSubscription()
                .expectNoEvent(Duration.ofHours(2).minusNanos(1))
                .thenAwait(Duration.ofNanos(1))
                .expectNext("two hours later")
                .verifyComplete();
    }

    @Test
    void gatherRunsInABodyThatRunsAsAMono() {
        Sinks.One<String> first = Sinks.one();
        Sinks.One<String> second = Sinks.one();
        Recording<List<String>> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.<List<String>>of(co -> co.await(Asyncio.gather(
                        Coroutine.<String>of(inner -> inner.await(first.asMono())),
                        Coroutine.<String>of(inner -> inner.await(second.asMono()))))))
                .subscribe(subscriber);
        second.tryEmitValue("b").orThrow();
        assertThat(subscriber.signals).isEmpty();
        first.tryEmitValue("a").orThrow();
        assertThat(subscriber.signals).containsExactly(List.of("a", "b"), "complete");
    }

    @Test
    void timeoutEndsWhatABodyAwaits() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.with(
                        Asyncio.timeout(Duration.ofMillis(1)),
                        timeout -> co.await(Mono.never().doOnCancel(() -> log.add("cancelled")))))))
                .verifyErrorSatisfies(e -> assertThat(e).isInstanceOf(TimeoutException.class));
        assertThat(log).containsExactly("cancelled");
    }

    @Test
    void taskGroupOfABodyThatIsCancelledEndsItsTasks() {
        Recording<Object> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.ofVoid(co -> co.withVoid(new TaskGroup(), group -> {
                    for (int i = 0; i < 3; i++) {
                        int each = i;
                        group.createTask(Coroutine.ofVoid(inner -> {
                            try {
                                inner.await(Mono.never());
                            } finally {
                                log.add("ended " + each);
                            }
                        }));
                    }
                })))
                .subscribe(subscriber);
        assertThat(log).isEmpty();
        subscriber.cancel();
        assertThat(log).containsExactlyInAnyOrder("ended 0", "ended 1", "ended 2");
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }
}
