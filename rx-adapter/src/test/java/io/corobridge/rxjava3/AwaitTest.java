package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Pending;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import io.corobridge.testing.Steps;
import io.corobridge.testkit.Failure;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.core.SingleSource;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.ProtocolViolationException;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single, Maybe, Completable, Flowable and Observable awaited in a body. */
@Timeout(60)
class AwaitTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();

    private static <T> TestObserver<T> awaiting(Awaitable<? extends T> awaitable) {
        return CoMaybe.from(Coroutine.<T>of(co -> co.await(awaitable))).test();
    }

    @Test
    void valueIsTheResult() {
        awaiting(Single.just("value").to(CoSingle::awaitable)).assertResult("value");
        awaiting(Maybe.just("value").to(CoMaybe::awaitable)).assertResult("value");
        awaiting(Observable.just("value").to(CoObservable::awaitable)).assertResult("value");
        CoMaybe.from(Coroutine.of(co -> co.await(Flowable.just("value"))))
                .test()
                .assertResult("value");
    }

    @Test
    void valueThatComesLaterIsTheResult() {
        SingleSubject<String> single = SingleSubject.create();
        MaybeSubject<String> maybe = MaybeSubject.create();
        CompletableSubject completable = CompletableSubject.create();
        TestObserver<String> observer = CoSingle.from(Coroutine.of(co -> {
                    String first = co.await(CoSingle.awaitable(single));
                    String second = co.await(CoMaybe.awaitable(maybe));
                    return first + second + co.await(CoCompletable.awaitable(completable));
                }))
                .test();
        observer.assertEmpty();
        single.onSuccess("a");
        maybe.onSuccess("b");
        completable.onComplete();
        observer.assertResult("abnull");
    }

    @Test
    void emptyIsNull() {
        MaybeSubject<String> later = MaybeSubject.create();
        CoSingle.from(Coroutine.of(co -> "" + co.await(CoMaybe.awaitable(Maybe.empty()))))
                .test()
                .assertResult("null");
        TestObserver<String> observer = CoSingle.from(Coroutine.of(co -> "" + co.await(CoMaybe.awaitable(later))))
                .test();
        later.onComplete();
        observer.assertResult("null");
        CoSingle.from(Coroutine.of(co -> "" + co.await(CoCompletable.awaitable(Completable.complete()))))
                .test()
                .assertResult("null");
        CoSingle.from(Coroutine.of(co -> "" + co.await(CoObservable.awaitable(Observable.empty()))))
                .test()
                .assertResult("null");
    }

    @Test
    void errorIsRaisedAtTheAwaitAsTheSameInstance() {
        Failure failure = new Failure("source");
        List<Awaitable<?>> failing = List.of(
                CoSingle.awaitable(Single.error(failure)),
                CoMaybe.awaitable(Maybe.error(failure)),
                CoCompletable.awaitable(Completable.error(failure)),
                CoObservable.awaitable(Observable.error(failure)));
        for (Awaitable<?> awaitable : failing) {
            CoSingle.from(Coroutine.of(co -> {
                        try {
                            return "no error: " + co.await(awaitable);
                        } catch (Exception e) {
                            return "the same: " + (e == failure) + ", " + e.getCause();
                        }
                    }))
                    .test()
                    .assertResult("the same: true, null");
            awaiting(awaitable).assertError(e -> e == failure);
        }
    }

    @Test
    void secondElementOfAnObservableIsAnErrorAndDisposesOfIt() {
        PublishSubject<Integer> subject = PublishSubject.create();
        TestObserver<Integer> observer = awaiting(subject.to(CoObservable::awaitable));
        subject.onNext(1);
        observer.assertEmpty();
        subject.onNext(2);
        observer.assertFailure(ValueError.class);
        assertThat(subject.hasObservers()).isFalse();
    }

    @Test
    void eachAwaitSubscribes() {
        AtomicInteger subscriptions = new AtomicInteger();
        Awaitable<Integer> awaitable =
                Single.fromCallable(subscriptions::incrementAndGet).to(CoSingle::awaitable);
        assertThat(subscriptions).hasValue(0);
        CoSingle.from(Coroutine.of(co -> co.await(awaitable) + 10 * co.await(awaitable)))
                .test()
                .assertResult(21);
    }

    @Test
    void manyThatAreReadyNeedNoStack() {
        int many = 20_000;
        CoSingle.from(Coroutine.of(co -> {
                    int sum = 0;
                    for (int i = 0; i < many; i++) {
                        sum += co.await(CoSingle.awaitable(Single.just(1)));
                    }
                    return sum;
                }))
                .test()
                .assertResult(many);
    }

    @Test
    void bodyThatRaisesOrIsClosedThereDisposesOfTheSubscription() {
        SingleSubject<String> single = SingleSubject.create();
        MaybeSubject<String> maybe = MaybeSubject.create();
        CompletableSubject completable = CompletableSubject.create();
        PublishSubject<String> observable = PublishSubject.create();
        List<Awaitable<?>> awaitables = List.of(
                CoSingle.awaitable(single),
                CoMaybe.awaitable(maybe),
                CoCompletable.awaitable(completable),
                CoObservable.awaitable(observable));
        List<TestObserver<Object>> observers = new ArrayList<>();
        for (Awaitable<?> awaitable : awaitables) {
            observers.add(awaiting(awaitable));
        }
        assertThat(List.of(
                        single.hasObservers(),
                        maybe.hasObservers(),
                        completable.hasObservers(),
                        observable.hasObservers()))
                .containsOnly(true);
        observers.forEach(TestObserver::dispose);
        assertThat(List.of(
                        single.hasObservers(),
                        maybe.hasObservers(),
                        completable.hasObservers(),
                        observable.hasObservers()))
                .containsOnly(false);
    }

    @Test
    void scalarSourceIsTakenWithoutSuspending() {
        Awaitable<String> just = Maybe.just("value").to(CoMaybe::awaitable);
        Coroutine<String> coroutine = Coroutine.of(co -> co.await(just) + co.await(CoMaybe.awaitable(Maybe.empty())));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOfSatisfying(
                        StopIteration.class, stop -> assertThat(stop.value()).isEqualTo("valuenull"));
    }

    @Test
    void unitTestCanStepThroughIt() {
        SingleSubject<String> single = SingleSubject.create();
        Coroutine<String> coroutine = Coroutine.of(co -> co.await(CoSingle.awaitable(single)) + "!");
        Steps.of(coroutine).awaits(single).resume("stepped").returns("stepped!");
        assertThat(single.hasObservers()).isFalse();
    }

    /** Signals what a test tells it to, whatever is disposed. */
    private static final class Rude implements SingleSource<String> {
        private SingleObserver<? super String> observer;
        private final Disposable given = Disposable.empty();

        @Override
        public void subscribe(SingleObserver<? super String> actual) {
            observer = actual;
            actual.onSubscribe(given);
        }
    }

    @Test
    void valueThatComesTooLateIsDropped() {
        Rude source = new Rude();
        TestObserver<String> observer = awaiting(CoSingle.awaitable(source, log::add));
        observer.dispose();
        assertThat(source.given.isDisposed()).isTrue();
        source.observer.onSuccess("too late");
        assertThat(log).containsExactly("too late");
    }

    @Test
    void errorThatComesTooLateIsUndeliverableUnlessItSaysThatSomethingWasCancelled() {
        Rude source = new Rude();
        awaiting(CoSingle.awaitable(source)).dispose();
        Failure failure = new Failure("too late");
        source.observer.onError(failure);
        assertThat(undelivered.take()).containsExactly(failure);
        source.observer.onError(new CancellationException());
        assertThat(undelivered.take()).isEmpty();
    }

    @Test
    void secondOutcomeIsIgnoredOrUndeliverable() {
        Rude source = new Rude();
        TestObserver<String> observer = awaiting(CoSingle.awaitable(source, log::add));
        Failure failure = new Failure("second");
        source.observer.onSuccess("first");
        source.observer.onSuccess("second");
        source.observer.onError(failure);
        observer.assertResult("first");
        assertThat(log).containsExactly("second");
        assertThat(undelivered.take()).containsExactly(failure);
    }

    @Test
    void nullOutcomeIsAnErrorThatNamesTheSource() {
        for (boolean value : new boolean[] {true, false}) {
            Rude source = new Rude();
            TestObserver<String> observer = awaiting(CoSingle.awaitable(source));
            if (value) {
                source.observer.onSuccess(null);
            } else {
                source.observer.onError(null);
            }
            observer.assertError(
                    e -> e instanceof NullPointerException && e.getMessage().contains(source.toString()));
        }
    }

    @Test
    void secondOnSubscribeIsDisposedAndReported() {
        Rude source = new Rude();
        TestObserver<String> observer = awaiting(CoSingle.awaitable(source));
        Disposable second = Disposable.empty();
        source.observer.onSubscribe(second);
        assertThat(second.isDisposed()).isTrue();
        assertThat(undelivered.take()).singleElement().isInstanceOf(ProtocolViolationException.class);
        source.observer.onSuccess("value");
        observer.assertResult("value");
    }

    @Test
    void sourceWhoseSubscribeThrowsFailsTheAwait() {
        IllegalStateException bug = new IllegalStateException("subscribe");
        SingleSource<String> source = observer -> {
            throw bug;
        };
        awaiting(CoSingle.awaitable(source)).assertError(e -> e == bug);
    }

    @Test
    void sourceThatNeverSubscribesCanBeGivenUp() {
        SingleSource<String> source = observer -> log.add(observer);
        awaiting(CoSingle.awaitable(source)).dispose();
        Disposable late = Disposable.empty();
        @SuppressWarnings("unchecked")
        SingleObserver<String> observer = (SingleObserver<String>) log.get(0);
        observer.onSubscribe(late);
        assertThat(late.isDisposed()).isTrue();
    }

    @Test
    void nullSourceIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> CoSingle.awaitable(null));
        assertThatNullPointerException().isThrownBy(() -> CoMaybe.awaitable(null));
        assertThatNullPointerException().isThrownBy(() -> CoCompletable.awaitable(null));
        assertThatNullPointerException().isThrownBy(() -> CoObservable.awaitable(null));
    }

    @Test
    void awaitThatWasStartedBeforeIsRefused() {
        Pending<?> pending = (Pending<?>) CoSingle.awaitable(Single.never()).awaitIterator();
        Awaitable<Object> one = () -> {
            @SuppressWarnings("unchecked")
            AwaitIterator<Object> used = (AwaitIterator<Object>) (AwaitIterator<?>) pending;
            return used;
        };
        TestObserver<Object> first = awaiting(one);
        first.assertEmpty();
        awaiting(one).assertError(io.corobridge.RuntimeError.class);
        first.dispose();
    }
}
