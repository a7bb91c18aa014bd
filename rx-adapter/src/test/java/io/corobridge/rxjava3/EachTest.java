package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import io.corobridge.Each;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.HandPublisher;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.processors.PublishProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Flowable that a body loops over: prefetch, how the loop ends, and what becomes of the subscription. */
@Timeout(60)
class EachTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();

    private static <T> Single<List<T>> collected(AsyncIterable<T> elements) {
        return CoSingle.from(Coroutine.of(co -> {
            List<T> list = new ArrayList<>();
            for (T each : co.each(elements)) {
                list.add(each);
            }
            return list;
        }));
    }

    @Test
    void elementsAreThoseOfTheLoop() {
        collected(CoFlowable.toAsyncIterable(Flowable.range(1, 5).hide()))
                .test()
                .assertResult(List.of(1, 2, 3, 4, 5));
        collected(CoFlowable.toAsyncIterable(Flowable.empty())).test().assertResult(List.of());
        CoSingle.from(Coroutine.of(co -> {
                    int sum = 0;
                    for (int each : co.each(Flowable.range(1, 5))) {
                        sum += each;
                    }
                    return sum;
                }))
                .test()
                .assertResult(15);
    }

    @Test
    void errorIsRaisedAfterTheLastElementAsTheSameInstance() {
        Failure failure = new Failure("source");
        AsyncIterable<Integer> failing =
                CoFlowable.toAsyncIterable(Flowable.just(1, 2).concatWith(Flowable.error(failure)));
        CoSingle.from(Coroutine.of(co -> {
                    try {
                        for (int each : co.each(failing)) {
                            log.add(each);
                        }
                        return "no error";
                    } catch (Exception e) {
                        return "the same: " + (e == failure);
                    }
                }))
                .test()
                .assertResult("the same: true");
        assertThat(log).containsExactly(1, 2);
        collected(failing).test().assertError(Errors.same(failure));
    }

    @Test
    void prefetchIsRefilledWhenThreeQuartersAreConsumed() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        Flowable<Integer> source = Flowable.range(1, 20).hide().doOnRequest(requests::add);
        collected(CoFlowable.toAsyncIterable(source, 8, element -> {})).test().assertValueCount(1);
        assertThat(requests).containsExactly(8L, 6L, 6L);
        requests.clear();
        collected(CoFlowable.toAsyncIterable(source, Integer.MAX_VALUE, element -> {}))
                .test()
                .assertValueCount(1);
        assertThat(requests).containsExactly(Long.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> CoFlowable.toAsyncIterable(source, 0, element -> {}));
    }

    @Test
    void leavingTheLoopAndClosingItCancelsTheSubscriptionAtOnce() {
        PublishProcessor<Integer> source = PublishProcessor.create();
        TestObserver<Integer> observer = CoSingle.from(Coroutine.<Integer>of(co -> {
                    int first = 0;
                    try (Each<Integer> each = co.each(CoFlowable.toAsyncIterable(source))) {
                        for (int element : each) {
                            first = element;
                            break;
                        }
                    }
                    log.add(source.hasSubscribers());
                    return first;
                }))
                .test();
        source.onNext(1);
        observer.assertResult(1);
        assertThat(log).containsExactly(false);
    }

    @Test
    void elementsThatWereFetchedAndNotConsumedAreDropped() {
        TestObserver<Integer> observer = CoSingle.from(Coroutine.<Integer>of(co -> {
                    for (int element : co.each(
                            CoFlowable.toAsyncIterable(Flowable.range(1, 20).hide(), 4, log::add))) {
                        return element;
                    }
                    return 0;
                }))
                .test();
        observer.assertResult(1);
        assertThat(log).containsExactly(2, 3, 4);
    }

    @Test
    void closeOfTheBodyCancelsTheSubscription() {
        PublishProcessor<Integer> source = PublishProcessor.create();
        TestObserver<List<Integer>> observer =
                collected(CoFlowable.toAsyncIterable(source)).test();
        source.onNext(1);
        assertThat(source.hasSubscribers()).isTrue();
        observer.dispose();
        assertThat(source.hasSubscribers()).isFalse();
        observer.assertEmpty();
    }

    @Test
    void whatIsLeftOpenIsCancelledWhenTheBodyEnds() {
        PublishProcessor<Integer> source = PublishProcessor.create();
        CoSingle.from(Coroutine.of(co -> {
                    co.each(CoFlowable.toAsyncIterable(source));
                    log.add(source.hasSubscribers());
                    return "done";
                }))
                .test()
                .assertResult("done");
        assertThat(log).containsExactly(true);
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void signalsAfterTheEndReachTheHooks() {
        HandPublisher<Integer> source = new HandPublisher<>();
        TestObserver<List<Integer>> observer = collected(
                        CoFlowable.toAsyncIterable(Flowable.fromPublisher(source), 4, log::add))
                .test();
        source.subscriber().onNext(1);
        source.subscriber().onComplete();
        observer.assertResult(List.of(1));
        Failure late = new Failure("late");
        source.subscriber().onNext(2);
        source.subscriber().onError(late);
        source.subscriber().onError(new CancellationException("late"));
        source.subscriber().onComplete();
        assertThat(log).containsExactly(2);
        assertThat(undelivered.take()).containsExactly(late);
    }

    @Test
    void moreThanWasRequestedIsKept() {
        HandPublisher<Integer> source = new HandPublisher<>();
        TestObserver<List<Integer>> observer = collected(
                        CoFlowable.toAsyncIterable(Flowable.fromPublisher(source), 1, log::add))
                .test();
        for (int i = 0; i < 10; i++) {
            source.subscriber().onNext(i);
        }
        source.subscriber().onComplete();
        observer.assertResult(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void secondOnSubscribeIsCancelled() {
        HandPublisher<Integer> source = new HandPublisher<>();
        TestObserver<List<Integer>> observer = collected(CoFlowable.toAsyncIterable(Flowable.fromPublisher(source)))
                .test();
        source.subscriber().onSubscribe(new HandPublisher<>(log));
        assertThat(log).containsExactly("cancel");
        source.subscriber().onComplete();
        observer.assertResult(List.of());
    }

    @Test
    void sourceMayBeAnAsyncGeneratorOfAnotherBody() {
        Flowable<Integer> inner = CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
            for (int i = 1; i <= 3; i++) {
                co.yield(i);
            }
        }));
        collected(CoFlowable.toAsyncIterable(inner.map(i -> 10 * i))).test().assertResult(List.of(10, 20, 30));
    }
}
