package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.AsyncGenerator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.RuntimeError;
import io.corobridge.TypeError;
import io.corobridge.ValueError;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Observer;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.ProtocolViolationException;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What must not be passed or signalled: a clear error on the right channel, nothing hung and nothing left open. */
@Timeout(60)
class BadInputTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();

    /** Lets the test signal what it likes, whatever is requested or cancelled. */
    private final class Broken extends Flowable<Integer> implements Subscription {
        private Subscriber<? super Integer> subscriber = new TestSubscriber<>();

        @Override
        protected void subscribeActual(Subscriber<? super Integer> actual) {
            subscriber = actual;
            actual.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            log.add("request " + n);
        }

        @Override
        public void cancel() {
            log.add("cancel");
        }
    }

    /** The same as an Observable. */
    private final class BrokenObservable extends Observable<Integer> {
        private Observer<? super Integer> observer = new TestObserver<>();

        @Override
        protected void subscribeActual(Observer<? super Integer> actual) {
            observer = actual;
            actual.onSubscribe(disposable());
        }

        Disposable disposable() {
            return Disposable.fromRunnable(() -> log.add("dispose"));
        }
    }

    private static TestObserver<Integer> awaiting(Publisher<Integer> source) {
        return CoMaybe.from(Coroutine.<Integer>of(co -> co.await(source))).test();
    }

    private static TestObserver<Integer> awaiting(Awaitable<Integer> source) {
        return CoMaybe.from(Coroutine.<Integer>of(co -> co.await(source))).test();
    }

    private static TestObserver<List<Integer>> collecting(Publisher<Integer> source) {
        return CoSingle.from(Coroutine.<List<Integer>>of(co -> {
                    List<Integer> list = new ArrayList<>();
                    for (int each : co.each(source, 2)) {
                        list.add(each);
                    }
                    return list;
                }))
                .test();
    }

    private TestObserver<List<Integer>> collecting(BrokenObservable source) {
        return CoSingle.from(Coroutine.<List<Integer>>of(co -> {
                    List<Integer> list = new ArrayList<>();
                    for (int each : co.each(CoObservable.toAsyncIterable(source, Overflow.buffer(4)))) {
                        list.add(each);
                    }
                    return list;
                }))
                .test();
    }

    /** Replies with the tenfold. */
    private Flowable<Integer> feeding(Flowable<Integer> source) {
        return source.compose(CoFlowable.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
            try {
                int element = co.yield(0);
                while (true) {
                    element = co.yield(10 * element);
                }
            } finally {
                log.add("closed");
            }
        })));
    }

    private static Flowable<Integer> staged(Flowable<Integer> source) {
        return source.compose(CoFlowable.stage(2, (co, elements) -> {
            for (int each : co.each(elements)) {
                co.yield(10 * each);
            }
        }));
    }

    /** Signals what must not be signalled by the rules of RxJava, which has no null. */
    @SuppressWarnings("NullAway")
    private static Throwable nullTo(Subscriber<? super Integer> subscriber) {
        return catchThrowable(() -> subscriber.onNext(null));
    }

    @Test
    void nullElementOfAFlowableFailsWhoeverReadsItAndThePublishersCall() {
        List<Function<Flowable<Integer>, TestObserver<?>>> readers = List.of(
                source -> awaiting(source),
                source -> collecting(source),
                source -> feeding(source).toList().test(),
                source -> staged(source).toList().test());
        for (Function<Flowable<Integer>, TestObserver<?>> reader : readers) {
            log.clear();
            Broken source = new Broken();
            TestObserver<?> observer = reader.apply(source);
            assertThat(nullTo(source.subscriber)).isInstanceOf(NullPointerException.class);
            observer.assertError(error -> error instanceof NullPointerException
                    && error.getMessage().contains("onNext(null)")
                    && error.getMessage().contains("§2.13"));
            assertThat(log).contains("cancel");
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullElementOfAnObservableFailsTheAwaitAndTheLoop() {
        BrokenObservable awaited = new BrokenObservable();
        TestObserver<Integer> one = awaiting(CoObservable.awaitable(awaited));
        catchThrowable(() -> awaited.observer.onNext(null));
        BrokenObservable looped = new BrokenObservable();
        TestObserver<List<Integer>> two = collecting(looped);
        catchThrowable(() -> looped.observer.onNext(null));
        one.assertFailure(NullPointerException.class);
        two.assertFailure(NullPointerException.class);
        assertThat(log).containsExactly("dispose", "dispose");
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullAwaitableIsATypeErrorAtTheAwait() {
        awaiting((Awaitable<Integer>) null).assertFailure(TypeError.class);
        awaiting((Flowable<Integer>) null).assertFailure(TypeError.class);
        assertThat(catchThrowable(() -> CoSingle.awaitable(null))).isInstanceOf(NullPointerException.class);
    }

    @Test
    void sourceThatNeverCompletesIsLeftByDispose() {
        List<TestObserver<?>> observers = List.of(
                awaiting(CoSingle.awaitable(Single.<Integer>never().doOnDispose(() -> log.add("single")))),
                awaiting(Flowable.<Integer>never().doOnCancel(() -> log.add("flowable"))),
                collecting(Flowable.<Integer>never().doOnCancel(() -> log.add("loop"))));
        observers.forEach(TestObserver::dispose);
        assertThat(log).containsExactly("single", "flowable", "loop");
        observers.forEach(TestObserver::assertEmpty);
    }

    @Test
    void secondSubscriptionOfAFlowableIsCancelledAndTheFirstGoesOn() {
        Broken awaited = new Broken();
        TestObserver<Integer> one = awaiting(awaited);
        Broken looped = new Broken();
        TestObserver<List<Integer>> two = collecting(looped);
        Broken fed = new Broken();
        TestObserver<List<Integer>> three = feeding(fed).toList().test();
        Broken staged = new Broken();
        TestObserver<List<Integer>> four = staged(staged).toList().test();
        for (Broken each : List.of(awaited, looped, fed, staged)) {
            log.clear();
            each.subscriber.onSubscribe(each);
            assertThat(log).containsExactly("cancel");
            each.subscriber.onNext(1);
            each.subscriber.onComplete();
        }
        one.assertResult(1);
        two.assertResult(List.of(1));
        three.assertResult(List.of(10));
        four.assertResult(List.of(10));
    }

    @Test
    void secondSubscriptionOfAnObservableIsDisposedAndReported() {
        BrokenObservable awaited = new BrokenObservable();
        TestObserver<Integer> one = awaiting(CoObservable.awaitable(awaited));
        BrokenObservable looped = new BrokenObservable();
        TestObserver<List<Integer>> two = collecting(looped);
        for (BrokenObservable each : List.of(awaited, looped)) {
            log.clear();
            each.observer.onSubscribe(each.disposable());
            assertThat(log).containsExactly("dispose");
            each.observer.onNext(1);
            each.observer.onComplete();
        }
        one.assertResult(1);
        two.assertResult(List.of(1));
        assertThat(undelivered.take()).hasSize(2).allMatch(ProtocolViolationException.class::isInstance);
    }

    @Test
    void signalsAfterTheEndReachNobodyButErrorsAreUndeliverable() {
        Failure late = new Failure("late");
        Broken awaited = new Broken();
        TestObserver<Integer> one = awaiting(awaited);
        Broken looped = new Broken();
        TestObserver<List<Integer>> two = collecting(looped);
        Broken fed = new Broken();
        TestObserver<List<Integer>> three = feeding(fed).toList().test();
        Broken staged = new Broken();
        TestObserver<List<Integer>> four = staged(staged).toList().test();
        for (Broken each : List.of(awaited, looped, fed, staged)) {
            each.subscriber.onNext(1);
            each.subscriber.onComplete();
            each.subscriber.onNext(2);
            each.subscriber.onComplete();
            each.subscriber.onError(new CancellationException("late"));
            assertThat(undelivered.take()).isEmpty();
            each.subscriber.onError(late);
            assertThat(undelivered.take()).containsExactly(late);
        }
        one.assertResult(1);
        two.assertResult(List.of(1));
        three.assertResult(List.of(10));
        four.assertResult(List.of(10));
    }

    @Test
    void signalsAfterTheEndOfAnObservableLikewise() {
        Failure late = new Failure("late");
        BrokenObservable awaited = new BrokenObservable();
        TestObserver<Integer> one = awaiting(CoObservable.awaitable(awaited));
        BrokenObservable looped = new BrokenObservable();
        TestObserver<List<Integer>> two = collecting(looped);
        for (BrokenObservable each : List.of(awaited, looped)) {
            each.observer.onNext(1);
            each.observer.onComplete();
            each.observer.onNext(2);
            each.observer.onComplete();
            each.observer.onError(late);
            assertThat(undelivered.take()).containsExactly(late);
        }
        one.assertResult(1);
        two.assertResult(List.of(1));
    }

    @Test
    void moreThanWasRequestedIsKeptByALoopOrStageAndAnErrorOfAnAwait() {
        Broken awaited = new Broken();
        TestObserver<Integer> one = awaiting(awaited);
        awaited.subscriber.onNext(1);
        one.assertEmpty();
        awaited.subscriber.onNext(2);
        one.assertFailure(ValueError.class);
        assertThat(log).containsExactly("request 2", "cancel");
        awaited.subscriber.onNext(3);
        awaited.subscriber.onComplete();
        Broken looped = new Broken();
        TestObserver<List<Integer>> two = collecting(looped);
        Broken staged = new Broken();
        TestSubscriber<Integer> three = staged(staged).test(1);
        for (Broken each : List.of(looped, staged)) {
            for (int i = 0; i < 600; i++) {
                each.subscriber.onNext(i);
            }
            each.subscriber.onComplete();
        }
        List<Integer> all = IntStream.range(0, 600).boxed().toList();
        two.assertResult(all);
        three.assertValues(0).assertNotComplete().request(1000);
        assertThat(three.values()).isEqualTo(all.stream().map(i -> 10 * i).toList());
        three.assertComplete();
    }

    @Test
    void objectThatWasSteppedIsAnErrorForItsObserver() {
        Coroutine<Integer> stepped = Coroutine.of(co -> co.await(Flowable.<Integer>never()));
        stepped.send(null);
        CoSingle.from(stepped)
                .test()
                .assertError(Errors.of(RuntimeError.class, "cannot reuse already awaited coroutine"));
        stepped.close();
    }

    @Test
    void cancelThatComesWhileDemandIsMadeIsPassedOnAfterIt() {
        List<Disposable> run = new ArrayList<>();
        Flowable<Integer> source = new Flowable<>() {
            @Override
            protected void subscribeActual(Subscriber<? super Integer> actual) {
                actual.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {
                        log.add("request");
                        run.forEach(Disposable::dispose);
                        log.add("requested");
                    }

                    @Override
                    public void cancel() {
                        log.add("cancel");
                    }
                });
            }
        };
        CoSingle.from(Coroutine.<Integer>of(co -> co.await(source)))
                .doOnSubscribe(run::add)
                .test();
        assertThat(log).containsExactly("request", "requested", "cancel");
    }

    @Test
    void bodyThatBlocksOnAThreadOfAComputationIsToldByRxJava() {
        RxJavaPlugins.setFailOnNonBlockingScheduler(true);
        Coroutine<String> beforeItsFirstAwait = Coroutine.of(co -> blocking());
        Coroutine<String> afterAnAwait = Coroutine.of(co -> {
            co.await(CoSchedulers.on(Schedulers.computation()));
            return blocking();
        });
        for (Coroutine<String> each : List.of(beforeItsFirstAwait, afterAnAwait)) {
            CoSingle.from(each, Schedulers.computation())
                    .test()
                    .awaitDone(60, TimeUnit.SECONDS)
                    .assertFailure(IllegalStateException.class);
        }
        CoFlowable.from(
                        AsyncGenerator.<String, Void>of(co -> {
                            co.yield("first");
                            co.yield(blocking());
                        }),
                        Schedulers.computation())
                .test()
                .awaitDone(60, TimeUnit.SECONDS)
                .assertFailure(IllegalStateException.class, "first");
    }

    /** Nothing that might be ready before it is waited for. */
    private static String blocking() {
        return Single.<String>never().blockingGet();
    }

    @Test
    void adapterItselfNeverBlocks() {
        RxJavaPlugins.setFailOnNonBlockingScheduler(true);
        Flowable<Integer> source = CoFlowable.from(
                AsyncGenerator.<Integer, Void>of(co -> {
                    for (int i = 0; i < 300; i++) {
                        co.yield(co.await(CoSingle.awaitable(Single.just(i).observeOn(Schedulers.computation()))));
                    }
                }),
                Schedulers.computation());
        CoSingle.from(
                        Coroutine.<Integer>of(co -> {
                            int sum = 0;
                            for (int each : co.each(source.observeOn(Schedulers.computation()), 8)) {
                                sum += each;
                            }
                            co.await(CoSchedulers.on(Schedulers.single()));
                            return sum;
                        }),
                        Schedulers.computation())
                .test()
                .awaitDone(60, TimeUnit.SECONDS)
                .assertResult(300 * 299 / 2);
    }
}
