package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.corobridge.Each;
import io.corobridge.GeneratorExit;
import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.LongStep;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operators written as bodies. */
@Timeout(60)
class StageTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final PublishProcessor<Integer> source = PublishProcessor.create();

    private static final CoFlowable.Stage<Integer, Integer> PAIRS = Bodies::sumPairs;

    /** Has a body read the source. */
    private TestSubscriber<Integer> stage(CoFlowable.Stage<Integer, Integer> body) {
        return source.compose(CoFlowable.stage(body)).test();
    }

    @Test
    void bodyReadsTheSourceAndYieldsDownstream() {
        Flowable.range(1, 5).compose(CoFlowable.stage(PAIRS)).test().assertResult(3, 7, 5);
        Flowable.range(1, 5).hide().compose(CoFlowable.stage(PAIRS)).test().assertResult(3, 7, 5);
        Flowable.<Integer>empty().compose(CoFlowable.stage(PAIRS)).test().assertResult();
        Observable.range(1, 5)
                .compose(CoObservable.stage(Overflow.buffer(16), PAIRS))
                .test()
                .assertResult(3, 7, 5);
    }

    @Test
    void eachSubscriptionRunsTheBodyAnew() {
        AtomicInteger runs = new AtomicInteger();
        Flowable<Integer> flowable = Flowable.just(1, 2).compose(CoFlowable.stage((co, source) -> {
            int run = runs.incrementAndGet();
            for (int each : co.each(source)) {
                co.yield(10 * run + each);
            }
            if (run == 1) {
                throw new Failure("first run");
            }
        }));
        assertThat(runs).hasValue(0);
        flowable.retry(1).test().assertResult(11, 12, 21, 22);
    }

    @Test
    void demandResumesTheBodyAndTheSourceIsReadAheadByThePrefetch() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        TestSubscriber<Integer> subscriber = Flowable.range(1, 100)
                .hide()
                .doOnRequest(requests::add)
                .compose(CoFlowable.stage(4, PAIRS))
                .test(0);
        assertThat(requests).isEmpty();
        subscriber.requestMore(1).assertValues(3);
        assertThat(requests).containsExactly(4L);
        subscriber.requestMore(1).assertValues(3, 7);
        assertThat(requests).containsExactly(4L, 3L);
        subscriber.cancel();
    }

    @Test
    void errorOfTheSourceIsRaisedAtTheLoopAndMayBeCaught() {
        Failure failure = new Failure("source");
        Flowable.just(1)
                .concatWith(Flowable.error(failure))
                .compose(CoFlowable.<Integer, String>stage((co, source) -> {
                    try {
                        for (int each : co.each(source)) {
                            co.yield("got " + each);
                        }
                    } catch (Exception e) {
                        co.yield("recovered from the same: " + (e == failure));
                        co.yield("and goes on");
                    }
                }))
                .test()
                .assertResult("got 1", "recovered from the same: true", "and goes on");
        Flowable.<Integer>error(failure).compose(CoFlowable.stage(PAIRS)).test().assertError(Errors.same(failure));
        Observable.<Integer>error(failure)
                .compose(CoObservable.stage(Overflow.latest(), PAIRS))
                .test()
                .assertError(Errors.same(failure));
    }

    @Test
    void cancelClosesTheBodyAndWhenThatHasEndedCancelsTheSource() {
        CompletableSubject returned = CompletableSubject.create();
        TestSubscriber<Integer> subscriber = stage((co, elements) -> {
            try {
                for (int each : co.each(elements)) {
                    co.yield(each);
                }
            } catch (GeneratorExit e) {
                log.add("exit");
                throw e;
            } finally {
                co.await(CoCompletable.awaitable(returned));
                log.add("source still there: " + source.hasSubscribers());
            }
        });
        source.onNext(1);
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        assertThat(source.hasSubscribers()).isTrue();
        returned.onComplete();
        assertThat(log).containsExactly("exit", "source still there: true");
        assertThat(source.hasSubscribers()).isFalse();
        subscriber.assertValues(1).assertNotComplete();
    }

    @Test
    void bodyThatReturnsEarlyCancelsTheSource() {
        TestSubscriber<Integer> subscriber = stage((co, elements) -> {
            for (int each : co.each(elements)) {
                co.yield(each);
                return;
            }
        });
        source.onNext(1);
        subscriber.assertResult(1);
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void whatTheBodyRaisesIsTheErrorAndCancelsTheSource() {
        Failure failure = new Failure("body");
        TestSubscriber<Integer> subscriber = stage((co, elements) -> {
            for (int each : co.each(elements)) {
                throw failure;
            }
        });
        source.onNext(1);
        subscriber.assertError(Errors.same(failure));
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void nullElementIsAnErrorAndCancelsTheSource() {
        TestSubscriber<Integer> subscriber = stage((co, elements) -> {
            for (int each : co.each(elements)) {
                co.yield(null);
            }
        });
        source.onNext(1);
        subscriber.assertFailure(NullPointerException.class);
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void cancelBeforeDemandNeverSubscribesToTheSource() {
        Flowable.range(1, 10)
                .doOnSubscribe(s -> log.add("subscribed"))
                .compose(CoFlowable.stage(PAIRS))
                .test(0)
                .cancel();
        assertThat(log).isEmpty();
    }

    @Test
    void cancelDuringAStepOnTheThreadOfTheSource() throws InterruptedException {
        LongStep step = new LongStep();
        TestSubscriber<Integer> subscriber = source.compose(CoFlowable.<Integer, Integer>stage(4, (co, elements) -> {
                    try {
                        for (int each : co.each(elements)) {
                            step.stand();
                            co.yield(each);
                        }
                    } finally {
                        log.add("exit");
                    }
                }))
                .test();
        step.run(() -> source.onNext(1), subscriber::cancel);
        assertThat(source.hasSubscribers()).isFalse();
        assertThat(log).containsExactly("exit");
        subscriber.assertEmpty();
    }

    @Test
    void bodyMayLeaveTheSourceAndReadItAgain() {
        AtomicInteger subscriptions = new AtomicInteger();
        Flowable.defer(() -> Flowable.range(10 * subscriptions.incrementAndGet(), 5))
                .compose(CoFlowable.<Integer, Integer>stage((co, source) -> {
                    for (int i = 0; i < 2; i++) {
                        try (Each<Integer> each = co.each(source)) {
                            co.yield(each.next());
                        }
                    }
                }))
                .test()
                .assertResult(10, 20);
    }

    @Test
    void disposeOfAnyOtherStageDisposesOfItsSource() {
        SingleSubject<String> single = SingleSubject.create();
        MaybeSubject<String> maybe = MaybeSubject.create();
        CompletableSubject completable = CompletableSubject.create();
        PublishSubject<Integer> observable = PublishSubject.create();
        List<Disposable> observers = List.of(
                single.compose(CoSingle.<String, String>stage((co, source) -> co.await(source)))
                        .test(),
                maybe.compose(CoMaybe.<String, String>stage((co, source) -> co.await(source)))
                        .test(),
                completable
                        .compose(CoCompletable.stage((co, source) -> co.await(source)))
                        .test(),
                observable.compose(CoObservable.stage(Overflow.error(), PAIRS)).test());
        Supplier<List<Boolean>> observed = () -> List.of(
                single.hasObservers(), maybe.hasObservers(), completable.hasObservers(), observable.hasObservers());
        assertThat(observed.get()).containsOnly(true);
        observers.forEach(Disposable::dispose);
        assertThat(observed.get()).containsOnly(false);
    }

    @Test
    void singleAwaitsItsSourceAsOftenAsItLikes() {
        AtomicInteger tries = new AtomicInteger();
        Single.<String>fromCallable(() -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new Failure("try " + tries);
                    }
                    return "third";
                })
                .compose(CoSingle.<String, String>stage((co, source) -> {
                    while (true) {
                        try {
                            return co.await(source) + " time lucky";
                        } catch (Exception e) {
                            log.add(e.getMessage());
                        }
                    }
                }))
                .test()
                .assertResult("third time lucky");
        assertThat(log).containsExactly("try 1", "try 2");
    }

    @Test
    void maybeMayBecomeEmptyOrGetAValue() {
        Maybe.<String>empty()
                .compose(CoMaybe.<String, String>stage((co, source) -> "was " + co.await(source)))
                .test()
                .assertResult("was null");
        Maybe.just("value")
                .compose(CoMaybe.<String, String>stage((co, source) -> {
                    co.await(source);
                    return null;
                }))
                .test()
                .assertResult();
    }

    @Test
    void completableMayCatchTheErrorOfItsSource() {
        Failure failure = new Failure("source");
        Completable.error(failure)
                .compose(CoCompletable.stage((co, source) -> {
                    try {
                        co.await(source);
                    } catch (Exception e) {
                        log.add(e);
                    }
                }))
                .test()
                .assertResult();
        assertThat(log).containsExactly(failure);
        Completable.error(failure)
                .compose(CoCompletable.stage((co, source) -> co.await(source)))
                .test()
                .assertError(Errors.same(failure));
    }

    @Test
    void argumentsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> CoFlowable.stage(0, PAIRS));
        assertThatIllegalArgumentException().isThrownBy(() -> Overflow.buffer(0));
        assertThatNullPointerException().isThrownBy(() -> CoFlowable.stage(null));
        assertThatNullPointerException().isThrownBy(() -> CoObservable.stage(null, PAIRS));
        assertThatNullPointerException().isThrownBy(() -> CoSingle.stage(null));
        assertThatNullPointerException().isThrownBy(() -> CoMaybe.stage(null));
        assertThatNullPointerException().isThrownBy(() -> CoCompletable.stage(null));
    }
}
