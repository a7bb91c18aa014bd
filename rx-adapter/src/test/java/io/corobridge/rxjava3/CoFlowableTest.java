package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitables;
import io.corobridge.CancelledError;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.TypeError;
import io.corobridge.testkit.Failure;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;

/** An async generator, or another async iterable, as a Flowable and an Observable. */
@Timeout(60)
class CoFlowableTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<String> log = new CopyOnWriteArrayList<>();

    private AsyncGenerator<Integer, Void> upTo(int last) {
        return AsyncGenerator.of(co -> {
            for (int i = 1; i <= last; i++) {
                log.add("makes " + i);
                co.yield(co.await(Awaitables.ready(i)));
            }
            log.add("ends");
        });
    }

    @Test
    void yieldsAreTheElements() {
        CoFlowable.from(upTo(3)).test().assertResult(1, 2, 3);
        CoObservable.from(upTo(3)).test().assertResult(1, 2, 3);
        CoFlowable.from(upTo(0)).test().assertResult();
    }

    @Test
    void bodyRunsOnDemandOnlyAndStandsAtItsYieldBetweenElements() {
        TestSubscriber<Integer> subscriber = CoFlowable.from(upTo(3)).test(0);
        assertThat(log).isEmpty();
        subscriber.request(1);
        assertThat(log).containsExactly("makes 1");
        subscriber.request(2);
        subscriber.assertValues(1, 2, 3).assertNotComplete();
        assertThat(log).containsExactly("makes 1", "makes 2", "makes 3");
        subscriber.request(1);
        subscriber.assertResult(1, 2, 3);
    }

    @Test
    void demandFromInsideOnNextIsMetWithoutStack() {
        int many = 5_000;
        TestSubscriber<Integer> subscriber = new TestSubscriber<>(1) {
            @Override
            public void onNext(Integer element) {
                super.onNext(element);
                request(1);
            }
        };
        CoFlowable.from(upTo(many)).subscribe(subscriber);
        subscriber.assertValueCount(many).assertComplete();
    }

    @Test
    void demandThatIsNotPositiveIsAnErrorAndClosesTheBody() {
        Recording<Integer> subscriber = new Recording<>(1) {
            @Override
            public void onSubscribe(Subscription offered) {
                super.onSubscribe(offered);
                request(0);
                request(-1);
            }
        };
        CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                    } finally {
                        log.add("closed");
                    }
                }))
                .subscribe(subscriber);
        assertThat(subscriber.signals).hasSize(2).startsWith(1);
        assertThat(subscriber.signals.get(1))
                .isInstanceOfSatisfying(
                        IllegalArgumentException.class, e -> assertThat(e).hasMessageContaining("3.9"));
        assertThat(log).containsExactly("closed");
    }

    @Test
    void nullElementIsAnErrorThatNamesTheRuleAndClosesTheBody() {
        CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                        co.yield(null);
                    } finally {
                        log.add("closed");
                    }
                }))
                .test()
                .assertValues(1)
                .assertError(
                        e -> e instanceof NullPointerException && e.getMessage().contains("§2.13"));
        assertThat(log).containsExactly("closed");
    }

    @Test
    void errorIsTheSameInstance() {
        for (Error error : List.of(new AssertionError("no"), new CancelledError("mine"))) {
            AsyncGenerator.Body<Integer, Void> body = co -> {
                co.yield(1);
                throw error;
            };
            CoFlowable.from(AsyncGenerator.of(body)).test().assertValues(1).assertError(Errors.same(error));
            CoObservable.from(AsyncGenerator.of(body)).test().assertValues(1).assertError(Errors.same(error));
        }
    }

    @Test
    void firstSubscriptionRunsTheObjectAndEachLaterOneANewOne() {
        AtomicInteger runs = new AtomicInteger();
        Flowable<Integer> flowable = CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
            int run = runs.incrementAndGet();
            co.yield(run);
            if (run < 3) {
                throw new Failure("run " + run);
            }
        }));
        assertThat(runs).hasValue(0);
        flowable.retry(5).test().assertResult(1, 2, 3);
        flowable.repeat(2).test().assertResult(4, 5);
    }

    @Test
    void generatorThatWasStartedBeforeIsAnError() {
        AsyncGenerator<Integer, Void> generator = upTo(2);
        CoFlowable.from(generator).test().assertResult(1, 2);
        Flowable<Integer> flowable = CoFlowable.from(generator);
        flowable.test()
                .assertError(
                        Errors.of(RuntimeError.class, "cannot subscribe to an async generator that has been started"));
        flowable.test().assertError(RuntimeError.class);
    }

    @Test
    void otherIterablesBeginAnewEachTime() {
        AsyncIterable<Integer> twice = () -> {
            Iterator<Integer> numbers = List.of(1, 2).iterator();
            return () ->
                    numbers.hasNext() ? Awaitables.ready(numbers.next()) : Awaitables.failed(new StopAsyncIteration());
        };
        CoFlowable.from(twice).repeat(2).test().assertResult(1, 2, 1, 2);
    }

    @Test
    void brokenIterablesAreErrors() {
        IllegalStateException bug = new IllegalStateException("aiter");
        CoFlowable.<Integer>from(() -> {
                    throw bug;
                })
                .test(0)
                .assertError(e -> e == bug);
        CoFlowable.<Integer>from(() -> null).test(0).assertError(TypeError.class);
        CoFlowable.<Integer>from(() -> () -> null).test().assertError(TypeError.class);
        CoFlowable.<Integer>from(() -> () -> {
                    throw bug;
                })
                .test()
                .assertError(e -> e == bug);
    }

    @Test
    void elementThatIsAwaitedComesOnTheThreadThatCompletesIt() throws InterruptedException {
        CompletableSubject gate = CompletableSubject.create();
        TestSubscriber<String> subscriber = CoFlowable.from(AsyncGenerator.<String, Void>of(co -> {
                    co.await(CoCompletable.awaitable(gate));
                    co.yield("open");
                }))
                .map(element -> element + " on " + Thread.currentThread().getName())
                .test();
        subscriber.assertEmpty();
        Thread opens = new Thread(gate::onComplete, "opens");
        opens.start();
        opens.join();
        subscriber.assertResult("open on opens");
    }

    @Test
    void fatalErrorIsThrownAsInRxJava() {
        LinkageError fatal = new NoClassDefFoundError("test");
        Flowable<Integer> flowable = CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
            co.yield(1);
            throw fatal;
        }));
        TestSubscriber<Integer> subscriber = new TestSubscriber<>();
        assertThat(catchThrowable(() -> flowable.subscribe(subscriber))).isSameAs(fatal);
        subscriber.assertValues(1).assertNotComplete().assertNoErrors();
    }

    @Test
    void errorOfTheSubscriberClosesTheBodyAndIsUndeliverable() {
        IllegalStateException bug = new IllegalStateException("the subscriber's");
        TestSubscriber<Integer> subscriber = new TestSubscriber<>() {
            @Override
            public void onNext(Integer element) {
                super.onNext(element);
                throw bug;
            }
        };
        CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                        co.yield(2);
                    } finally {
                        co.await(CoCompletable.awaitable(Completable.complete()));
                        log.add("closed");
                    }
                }))
                .subscribe(subscriber);
        subscriber.assertValues(1).assertNotComplete();
        assertThat(log).containsExactly("closed");
        assertThat(undelivered.take()).containsExactly(bug);
    }
}
