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
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.HandPublisher;
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

/** What must not be passed or signalled: a clear error on the right channel, nothing hung and nothing left open. */
@Timeout(60)
class BadInputTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();

    /** Lets the test signal what it likes, whatever is disposed. */
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

    /** What reads a source, and makes that of the element 1. */
    private record Reader(HandPublisher<Integer> source, TestObserver<?> observer, Object ofOne) {
        void assertReadOne() {
            observer.assertNoErrors().assertComplete();
            assertThat(List.<Object>copyOf(observer.values())).containsExactly(ofOne);
        }
    }

    /** Has a source read in one way. */
    private Reader reader(Object ofOne, Function<Flowable<Integer>, TestObserver<?>> reads) {
        HandPublisher<Integer> source = new HandPublisher<>(log);
        return new Reader(source, reads.apply(Flowable.fromPublisher(source)), ofOne);
    }

    /** All that read Flowables. */
    private List<Reader> readers() {
        return List.of(
                reader(1, source -> awaiting(source)),
                reader(List.of(1), source -> collecting(source)),
                reader(List.of(10), source -> feeding(source).toList().test()),
                reader(List.of(10), source -> staged(source).toList().test()));
    }

    /** Signals what must not be signalled by the rules of RxJava, which has no null. */
    @SuppressWarnings("NullAway")
    private static Throwable nullTo(Subscriber<? super Integer> subscriber) {
        return catchThrowable(() -> subscriber.onNext(null));
    }

    @Test
    void nullElementOfAFlowableFailsWhoeverReadsItAndThePublishersCall() {
        for (Reader reader : readers()) {
            log.clear();
            assertThat(nullTo(reader.source.subscriber())).isInstanceOf(NullPointerException.class);
            reader.observer.assertError(error -> error instanceof NullPointerException
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
        for (Reader reader : readers()) {
            Subscriber<? super Integer> subscriber = reader.source.subscriber();
            log.clear();
            subscriber.onSubscribe(reader.source);
            assertThat(log).containsExactly("cancel");
            subscriber.onNext(1);
            subscriber.onComplete();
            reader.assertReadOne();
        }
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
        for (Reader reader : readers()) {
            Subscriber<? super Integer> subscriber = reader.source.subscriber();
            subscriber.onNext(1);
            subscriber.onComplete();
            subscriber.onNext(2);
            subscriber.onComplete();
            subscriber.onError(new CancellationException("late"));
            assertThat(undelivered.take()).isEmpty();
            subscriber.onError(late);
            assertThat(undelivered.take()).containsExactly(late);
            reader.assertReadOne();
        }
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
        HandPublisher<Integer> awaited = new HandPublisher<>(log);
        TestObserver<Integer> one = awaiting(Flowable.fromPublisher(awaited));
        awaited.subscriber().onNext(1);
        one.assertEmpty();
        awaited.subscriber().onNext(2);
        one.assertFailure(ValueError.class);
        assertThat(log).containsExactly("request 2", "cancel");
        awaited.subscriber().onNext(3);
        awaited.subscriber().onComplete();
        HandPublisher<Integer> looped = new HandPublisher<>(log);
        TestObserver<List<Integer>> two = collecting(Flowable.fromPublisher(looped));
        HandPublisher<Integer> staged = new HandPublisher<>(log);
        TestSubscriber<Integer> three = staged(Flowable.fromPublisher(staged)).test(1);
        for (HandPublisher<Integer> each : List.of(looped, staged)) {
            for (int i = 0; i < 600; i++) {
                each.subscriber().onNext(i);
            }
            each.subscriber().onComplete();
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
        Publisher<Integer> source = new HandPublisher<>(log) {
            @Override
            public void request(long n) {
                super.request(n);
                run.forEach(Disposable::dispose);
                log.add("requested");
            }
        };
        CoSingle.from(Coroutine.<Integer>of(co -> co.await(Flowable.fromPublisher(source))))
                .doOnSubscribe(run::add)
                .test();
        assertThat(log).containsExactly("request 2", "requested", "cancel");
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
