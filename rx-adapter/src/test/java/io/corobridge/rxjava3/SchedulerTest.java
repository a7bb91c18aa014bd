package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.asyncio.Asyncio;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies on schedulers, and schedulers in bodies. */
@Timeout(60)
class SchedulerTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final TestScheduler scheduler = new TestScheduler();

    @Test
    void everyStepIsATaskOfTheScheduler() {
        SingleSubject<String> subject = SingleSubject.create();
        TestObserver<String> observer = CoSingle.from(
                        Coroutine.<String>of(co -> {
                            log.add("started");
                            return co.await(CoSingle.awaitable(subject));
                        }),
                        scheduler)
                .test();
        assertThat(log).isEmpty();
        scheduler.triggerActions();
        assertThat(log).containsExactly("started");
        subject.onSuccess("value");
        observer.assertEmpty();
        scheduler.triggerActions();
        observer.assertResult("value");
    }

    @Test
    void maybeAndCompletableToo() {
        TestObserver<String> maybe =
                CoMaybe.from(Coroutine.<String>of(co -> null), scheduler).test();
        TestObserver<Void> completable =
                CoCompletable.from(Coroutine.of(co -> "ignored"), scheduler).test();
        maybe.assertEmpty();
        completable.assertEmpty();
        scheduler.triggerActions();
        maybe.assertResult();
        completable.assertResult();
    }

    @Test
    void everyStepAndTheCloseOfAnAsyncGeneratorIsATaskOfTheScheduler() {
        SingleSubject<Integer> subject = SingleSubject.create();
        TestSubscriber<Integer> subscriber = CoFlowable.from(
                        AsyncGenerator.<Integer, Void>of(co -> {
                            try {
                                co.yield(1);
                                co.yield(co.await(CoSingle.awaitable(subject)));
                                co.yield(3);
                            } finally {
                                log.add("closed");
                            }
                        }),
                        scheduler)
                .test(2);
        subscriber.assertEmpty();
        scheduler.triggerActions();
        subscriber.assertValues(1);
        subject.onSuccess(2);
        subscriber.assertValues(1);
        scheduler.triggerActions();
        subscriber.assertValues(1, 2);
        subscriber.cancel();
        assertThat(log).isEmpty();
        scheduler.triggerActions();
        assertThat(log).containsExactly("closed");
        subscriber.assertValues(1, 2).assertNotComplete();
    }

    @Test
    void cancelOfAnAsyncGeneratorBeforeItsFirstStepHasRunDoesNotEnterTheBody() {
        AsyncGenerator<Integer, Void> generator = AsyncGenerator.of(co -> {
            log.add("ran");
            co.yield(1);
        });
        TestSubscriber<Integer> subscriber =
                CoFlowable.from(generator, scheduler).test();
        subscriber.cancel();
        scheduler.triggerActions();
        assertThat(log).isEmpty();
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        subscriber.assertEmpty();
    }

    @Test
    void disposeBeforeTheFirstStepClosesTheObjectOnTheScheduler() {
        Coroutine<String> coroutine = Coroutine.of(co -> {
            log.add("ran");
            return "value";
        });
        TestObserver<String> observer = CoSingle.from(coroutine, scheduler).test();
        observer.dispose();
        scheduler.triggerActions();
        assertThat(log).isEmpty();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        observer.assertEmpty();
    }

    @Test
    void schedulerThatIsShutDownLeavesNoBodyHanging() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdownNow();
        Coroutine<String> coroutine = Coroutine.of(co -> "value");
        CoSingle.from(coroutine, Schedulers.from(executor)).test().assertResult("value");
        assertThat(undelivered.take()).singleElement().isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void hopGoesOnInATaskOfTheScheduler() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "hopped"));
        try {
            Scheduler single = Schedulers.from(executor);
            CoSingle.from(Coroutine.of(co -> {
                        co.await(CoSchedulers.on(single));
                        return "body hopped";
                    }))
                    .map(result -> result + " to " + Thread.currentThread().getName())
                    .test()
                    .await()
                    .assertResult("body hopped to hopped");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void hopWaitsForItsTurnAndIsDisposedWithTheBody() {
        TestObserver<String> observer = CoSingle.from(Coroutine.of(co -> {
                    co.await(CoSchedulers.on(scheduler));
                    return "turn";
                }))
                .test();
        observer.assertEmpty();
        scheduler.triggerActions();
        observer.assertResult("turn");
        CoSingle.from(Coroutine.of(co -> {
                    co.await(CoSchedulers.on(scheduler));
                    log.add("went on");
                    return "turn";
                }))
                .test()
                .dispose();
        scheduler.triggerActions();
        assertThat(log).isEmpty();
    }

    @Test
    void hopToASchedulerThatRunsTasksAtOnceGoesOnAtOnce() {
        CoSingle.from(Coroutine.of(co -> {
                    co.await(CoSchedulers.on(Schedulers.trampoline()));
                    return "turn";
                }))
                .test()
                .assertResult("turn");
    }

    @Test
    void hopToASchedulerThatIsShutDownIsRefused() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdownNow();
        CoSingle.from(Coroutine.of(co -> co.await(CoSchedulers.on(Schedulers.from(executor)))))
                .test()
                .assertError(RejectedExecutionException.class);
        assertThat(undelivered.take()).singleElement().isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void sleepTakesVirtualTime() {
        TestObserver<Long> observer = CoSingle.from(Coroutine.of(co -> {
                    long before = scheduler.now(TimeUnit.SECONDS);
                    co.await(CoSchedulers.sleep(3, TimeUnit.SECONDS, scheduler));
                    co.await(CoSchedulers.sleep(4, TimeUnit.SECONDS, scheduler));
                    return scheduler.now(TimeUnit.SECONDS) - before;
                }))
                .test();
        scheduler.advanceTimeBy(6, TimeUnit.SECONDS);
        observer.assertEmpty();
        scheduler.advanceTimeBy(1, TimeUnit.SECONDS);
        observer.assertResult(7L);
    }

    @Test
    void timersAndTimeoutsOfRxJavaWorkInsideABody() {
        TestSubscriber<Long> subscriber = CoFlowable.from(AsyncGenerator.<Long, Void>of(co -> {
                    for (int i = 0; i < 3; i++) {
                        co.yield(co.await(CoMaybe.awaitable(Maybe.timer(1, TimeUnit.SECONDS, scheduler)
                                .map(tick -> scheduler.now(TimeUnit.SECONDS)))));
                    }
                    co.await(CoSingle.awaitable(Single.never().timeout(1, TimeUnit.SECONDS, scheduler)));
                }))
                .test();
        scheduler.advanceTimeBy(3, TimeUnit.SECONDS);
        subscriber.assertValues(1L, 2L, 3L).assertNotComplete();
        scheduler.advanceTimeBy(1, TimeUnit.SECONDS);
        subscriber.assertError(java.util.concurrent.TimeoutException.class);
    }

    @Test
    void subscribeOnAndObserveOnSurroundABody() {
        TestScheduler other = new TestScheduler();
        TestObserver<String> observer = CoSingle.from(Coroutine.of(co -> {
                    log.add("ran");
                    return "value";
                }))
                .subscribeOn(scheduler)
                .observeOn(other)
                .test();
        assertThat(log).isEmpty();
        scheduler.triggerActions();
        assertThat(log).containsExactly("ran");
        observer.assertEmpty();
        other.triggerActions();
        observer.assertResult("value");
    }

    @Test
    void gatherWorksInABodyThatRunsAsASingle() {
        SingleSubject<Integer> first = SingleSubject.create();
        SingleSubject<Integer> second = SingleSubject.create();
        TestObserver<List<Integer>> observer = CoSingle.from(Coroutine.<List<Integer>>of(
                        co -> co.await(Asyncio.gather(CoSingle.awaitable(first), CoSingle.awaitable(second)))))
                .test();
        second.onSuccess(2);
        observer.assertEmpty();
        first.onSuccess(1);
        observer.assertResult(List.of(1, 2));
    }

    @Test
    void disposeCancelsWhatIsGathered() {
        SingleSubject<Integer> first = SingleSubject.create();
        SingleSubject<Integer> second = SingleSubject.create();
        Disposable run = CoSingle.from(Coroutine.<List<Integer>>of(
                        co -> co.await(Asyncio.gather(CoSingle.awaitable(first), CoSingle.awaitable(second)))))
                .subscribe();
        assertThat(first.hasObservers()).isTrue();
        assertThat(second.hasObservers()).isTrue();
        run.dispose();
        assertThat(first.hasObservers()).isFalse();
        assertThat(second.hasObservers()).isFalse();
    }
}
