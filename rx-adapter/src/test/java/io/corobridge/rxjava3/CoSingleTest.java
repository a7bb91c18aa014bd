package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.CompositeException;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A coroutine as a Single, a Maybe and a Completable: how it runs, and what becomes of its result. */
@Timeout(60)
class CoSingleTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    /** The three kinds, each as a Maybe. */
    private static <T> List<Function<Coroutine<T>, Maybe<T>>> kinds() {
        return List.of(
                coroutine -> CoSingle.from(coroutine).toMaybe(),
                coroutine -> CoMaybe.from(coroutine),
                coroutine -> CoCompletable.from(coroutine).toMaybe());
    }

    @Test
    void resultIsTheValue() {
        CoSingle.from(Coroutine.of(co -> "value")).test().assertResult("value");
        CoMaybe.from(Coroutine.of(co -> "value")).test().assertResult("value");
        CoCompletable.from(Coroutine.of(co -> "value")).test().assertResult();
    }

    @Test
    void nullResultIsAnErrorOfASingleThatSaysSo() {
        CoSingle.from(Coroutine.<String>of(co -> null))
                .test()
                .assertError(Errors.of(
                        NullPointerException.class,
                        "the coroutine returned null: a Single has a value, a Maybe may be empty"));
    }

    @Test
    void nullResultCompletesAMaybeAndACompletable() {
        CoMaybe.from(Coroutine.<String>of(co -> null)).test().assertResult();
        CoCompletable.from(Coroutine.ofVoid(co -> log.add("ran"))).test().assertResult();
        assertThat(log).containsExactly("ran");
    }

    @Test
    void errorIsTheSameInstance() {
        for (Function<Coroutine<Object>, Maybe<Object>> kind : CoSingleTest.<Object>kinds()) {
            Failure failure = new Failure("no");
            kind.apply(Coroutine.of(co -> {
                        throw failure;
                    }))
                    .test()
                    .assertError(Errors.same(failure));
        }
    }

    @Test
    void cancellationThatTheBodyRaisesItselfIsAnErrorAndNeverUndeliverable() {
        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        for (Function<Coroutine<Object>, Maybe<Object>> kind : CoSingleTest.<Object>kinds()) {
            kind.apply(Coroutine.of(co -> co.await(cancelled))).test().assertError(CancellationException.class);
            for (Error error : List.of(new CancelledError("mine"), new GeneratorExit())) {
                kind.apply(Coroutine.of(co -> {
                            throw error;
                        }))
                        .test()
                        .assertError(e -> e == error);
            }
        }
    }

    @Test
    void isColdAndTheFirstSubscriptionRunsTheObjectItself() {
        Coroutine<Integer> coroutine = Coroutine.of(co -> runs.incrementAndGet());
        Single<Integer> single = CoSingle.from(coroutine);
        assertThat(runs).hasValue(0);
        single.test().assertResult(1);
        assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOf(RuntimeError.class)
                .hasMessage("cannot reuse already awaited coroutine");
    }

    @Test
    void eachLaterSubscriptionRunsANewObjectWithTheSameBody() {
        Single<Integer> single = CoSingle.from(Coroutine.of(co -> runs.incrementAndGet()));
        single.repeat(3).test().assertResult(1, 2, 3);
        single.test().assertResult(4);
        Maybe<Integer> maybe = CoMaybe.from(Coroutine.of(co -> runs.incrementAndGet()));
        maybe.repeat(2).test().assertResult(5, 6);
        Completable completable = CoCompletable.from(Coroutine.of(co -> runs.incrementAndGet()));
        completable.repeat(2).test().assertResult();
        assertThat(runs).hasValue(8);
    }

    @Test
    void retryRunsTheBodyAgain() {
        Single<String> single = CoSingle.from(Coroutine.of(co -> {
            int run = runs.incrementAndGet();
            if (run < 3) {
                throw new Failure("run " + run);
            }
            return "run " + run;
        }));
        single.retry(5).test().assertResult("run 3");
    }

    @Test
    void objectThatWasSteppedBeforeIsAnError() {
        for (Function<Coroutine<Object>, Maybe<Object>> kind : CoSingleTest.<Object>kinds()) {
            Coroutine<Object> stepped = Coroutine.of(co -> co.await(CoSingle.awaitable(Single.never())));
            stepped.send(null);
            Coroutine<Object> steppedLater = Coroutine.of(co -> co.await(CoSingle.awaitable(Single.never())));
            Maybe<Object> later = kind.apply(steppedLater);
            steppedLater.send(null);
            for (Maybe<Object> refused : List.of(kind.apply(stepped), later, later)) {
                refused.test().assertError(Errors.of(RuntimeError.class, "cannot reuse already awaited coroutine"));
            }
            stepped.close();
            steppedLater.close();
        }
    }

    @Test
    void deferMakesACoroutineForEachSubscription() {
        Single<Integer> single = CoSingle.defer(() -> {
            int made = runs.incrementAndGet();
            return Coroutine.of(co -> made);
        });
        assertThat(runs).hasValue(0);
        single.repeat(2).test().assertResult(1, 2);
        CoMaybe.defer(() -> Coroutine.of(co -> runs.get())).test().assertResult(2);
        CoCompletable.defer(() -> Coroutine.of(co -> runs.get())).test().assertResult();
    }

    @Test
    void whatTheFunctionOfDeferThrowsIsAnError() {
        IllegalStateException failure = new IllegalStateException("no coroutine");
        CoSingle.<String>defer(() -> {
                    throw failure;
                })
                .test()
                .assertError(e -> e == failure);
        CoMaybe.<String>defer(() -> null)
                .test()
                .assertError(
                        Errors.of(NullPointerException.class, "the function returned null instead of a coroutine"));
        CoCompletable.defer(() -> null).test().assertError(NullPointerException.class);
    }

    @Test
    void valueIsSignalledOnTheSubscribingThreadAfterTheBodyHasLeftItsStack() {
        Coroutine<String> coroutine = Coroutine.of(co -> "value");
        Thread subscribes = Thread.currentThread();
        CoSingle.from(coroutine)
                .doOnSuccess(value -> log.add(
                        coroutine.state() + " on the subscribing thread: " + (Thread.currentThread() == subscribes)))
                .test()
                .assertResult("value");
        assertThat(log).containsExactly("CLOSED on the subscribing thread: true");
    }

    @Test
    void laterStepsRunOnTheThreadThatCompletesWhatIsAwaited() throws InterruptedException {
        SingleSubject<String> subject = SingleSubject.create();
        TestObserver<String> observer = CoSingle.from(Coroutine.<String>of(co -> co.await(CoSingle.awaitable(subject))))
                .doOnSuccess(
                        value -> log.add(value + " on " + Thread.currentThread().getName()))
                .test();
        Thread completes = new Thread(() -> subject.onSuccess("value"), "completes");
        completes.start();
        completes.join();
        observer.assertResult("value");
        assertThat(log).containsExactly("value on completes");
    }

    @Test
    void runIsDisposedAtItsEnd() {
        SingleSubject<String> subject = SingleSubject.create();
        Disposable disposable = CoSingle.from(Coroutine.<String>of(co -> co.await(CoSingle.awaitable(subject))))
                .subscribe(value -> log.add(value));
        assertThat(disposable.isDisposed()).isFalse();
        subject.onSuccess("value");
        assertThat(disposable.isDisposed()).isTrue();
        assertThat(log).containsExactly("value");
    }

    /** Throws whatever it is told. */
    private record Throwing(RuntimeException bug) implements SingleObserver<Object> {
        @Override
        public void onSubscribe(Disposable disposable) {}

        @Override
        public void onSuccess(Object value) {
            throw bug;
        }

        @Override
        public void onError(Throwable error) {
            throw bug;
        }
    }

    @Test
    void errorOfTheObserverIsUndeliverable() {
        IllegalStateException bug = new IllegalStateException("the observer's");
        CoSingle.<Object>from(Coroutine.of(co -> "value")).subscribe(new Throwing(bug));
        assertThat(undelivered.take()).containsExactly(bug);
    }

    @Test
    void errorOfTheObserverThatIsToldAnErrorIsUndeliverableWithIt() {
        IllegalStateException bug = new IllegalStateException("the observer's");
        Failure failure = new Failure("the body's");
        CoSingle.<Object>from(Coroutine.of(co -> {
                    throw failure;
                }))
                .subscribe(new Throwing(bug));
        assertThat(undelivered.take())
                .singleElement()
                .isInstanceOfSatisfying(
                        CompositeException.class,
                        both -> assertThat(both.getExceptions()).containsExactly(failure, bug));
    }

    @Test
    void fatalErrorIsThrownAsInRxJava() {
        LinkageError fatal = new NoClassDefFoundError("test");
        Single<String> single = CoSingle.from(Coroutine.of(co -> {
            throw fatal;
        }));
        TestObserver<String> observer = new TestObserver<>();
        assertThat(catchThrowable(() -> single.subscribe(observer))).isSameAs(fatal);
        observer.assertEmpty();
    }
}
