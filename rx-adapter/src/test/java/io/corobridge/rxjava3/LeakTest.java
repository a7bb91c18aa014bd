package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.testkit.Leaks;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand runs that are given up leave no subscription, no task, no running body, and nothing reachable. */
@Timeout(300)
class LeakTest {
    private static final int RUNS = 10_000;

    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final AtomicInteger open = new AtomicInteger();

    @Test
    void ofCoroutinesThatAwait() throws InterruptedException {
        SingleSubject<String> source = SingleSubject.create();
        TestScheduler scheduler = new TestScheduler();
        List<WeakReference<Object>> captured = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Object resource = new Object();
            captured.add(new WeakReference<>(resource));
            boolean sleeps = i % 2 == 0;
            Disposable run = CoSingle.from(Coroutine.<String>of(co -> {
                        open.incrementAndGet();
                        try {
                            if (sleeps) {
                                co.await(CoSchedulers.sleep(1, TimeUnit.DAYS, scheduler));
                            }
                            return co.await(CoSingle.awaitable(source)) + resource;
                        } finally {
                            open.decrementAndGet();
                        }
                    }))
                    .subscribe();
            run.dispose();
        }
        assertThat(open).hasValue(0);
        assertThat(source.hasObservers()).isFalse();
        // Tasks that were disposed stay in the scheduler's queue until their time, without what they were to do.
        Leaks.assertCollected(captured);
        scheduler.advanceTimeBy(2, TimeUnit.DAYS);
    }

    @Test
    void ofStagesAndLoops() throws InterruptedException {
        PublishProcessor<Integer> flowable = PublishProcessor.create();
        PublishSubject<Integer> observable = PublishSubject.create();
        List<WeakReference<Object>> captured = new ArrayList<>();
        for (int i = 0; i < RUNS / 2; i++) {
            Object resource = new Object();
            captured.add(new WeakReference<>(resource));
            CoFlowable.Stage<Integer, String> body = (co, elements) -> {
                open.incrementAndGet();
                try {
                    for (int each : co.each(elements)) {
                        co.yield(each + " " + resource);
                    }
                } finally {
                    open.decrementAndGet();
                }
            };
            TestSubscriber<String> subscriber =
                    flowable.compose(CoFlowable.stage(body)).test();
            Disposable run = observable
                    .compose(CoObservable.stage(Overflow.latest(), body))
                    .subscribe();
            if (i % 2 == 0) {
                flowable.onNext(i);
                observable.onNext(i);
            }
            subscriber.cancel();
            run.dispose();
        }
        assertThat(open).hasValue(0);
        assertThat(flowable.hasSubscribers()).isFalse();
        assertThat(observable.hasObservers()).isFalse();
        Leaks.assertCollected(captured);
    }

    @Test
    void ofAsyncGeneratorsThatStandAtAYield() throws InterruptedException {
        List<WeakReference<Object>> captured = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Object resource = new Object();
            captured.add(new WeakReference<>(resource));
            CoFlowable.from(AsyncGenerator.<Object, Void>of(co -> {
                        open.incrementAndGet();
                        try {
                            while (true) {
                                co.yield(resource);
                            }
                        } finally {
                            open.decrementAndGet();
                        }
                    }))
                    .take(1)
                    .test()
                    .assertValueCount(1)
                    .assertComplete();
        }
        assertThat(open).hasValue(0);
        Leaks.assertCollected(captured);
    }
}
