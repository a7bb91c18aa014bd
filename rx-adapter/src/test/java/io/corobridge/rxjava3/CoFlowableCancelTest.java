package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.LongStep;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancelling an async generator that runs as a Flowable: the step under way is closed first, then the generator. */
@Timeout(60)
class CoFlowableCancelTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<String> log = new CopyOnWriteArrayList<>();

    /** Yields 1, awaits, and awaits again in its clean-up. */
    private AsyncGenerator<Integer, Void> closing(Single<?> awaited, Completable cleanUp) {
        return AsyncGenerator.of(co -> {
            try {
                co.yield(1);
                co.await(CoSingle.awaitable(awaited));
                co.yield(2);
            } catch (GeneratorExit e) {
                log.add("exit");
                throw e;
            } finally {
                co.await(CoCompletable.awaitable(cleanUp));
                log.add("cleaned up");
            }
        });
    }

    @Test
    void betweenElementsRaisesGeneratorExitAtTheYield() {
        AsyncGenerator<Integer, Void> generator = closing(Single.never(), Completable.complete());
        TestSubscriber<Integer> subscriber = CoFlowable.from(generator).test(1);
        subscriber.cancel();
        subscriber.assertValues(1).assertNotComplete();
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    void atAnAwaitDisposesOfWhatIsAwaitedAndDrivesTheCleanUpToItsEnd() {
        SingleSubject<String> awaited = SingleSubject.create();
        CompletableSubject returned = CompletableSubject.create();
        AsyncGenerator<Integer, Void> generator = closing(awaited, returned);
        TestSubscriber<Integer> subscriber = CoFlowable.from(generator).test();
        assertThat(awaited.hasObservers()).isTrue();
        subscriber.cancel();
        assertThat(awaited.hasObservers()).isFalse();
        assertThat(log).containsExactly("exit");
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        returned.onComplete();
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        subscriber.assertValues(1).assertNotComplete();
    }

    @Test
    void disposeOfAnObservableIsTheSame() {
        CompletableSubject returned = CompletableSubject.create();
        AsyncGenerator<Integer, Void> generator = closing(Single.never(), returned);
        TestObserver<Integer> observer = CoObservable.from(generator).test();
        observer.dispose();
        assertThat(log).containsExactly("exit");
        returned.onComplete();
        assertThat(log).containsExactly("exit", "cleaned up");
        observer.assertValues(1).assertNotComplete();
    }

    @Test
    void beforeTheFirstRequestDoesNotEnterTheBody() {
        AsyncGenerator<Integer, Void> generator = closing(Single.never(), Completable.complete());
        TestSubscriber<Integer> subscriber = CoFlowable.from(generator).test(0);
        subscriber.cancel();
        subscriber.request(1);
        assertThat(log).isEmpty();
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        subscriber.assertEmpty();
    }

    @Test
    void inOnSubscribeDoesNotEnterTheBody() {
        AsyncGenerator<Integer, Void> generator = closing(Single.never(), Completable.complete());
        CoFlowable.from(generator).test(1, true).assertEmpty();
        assertThat(log).isEmpty();
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    private TestSubscriber<Integer> cancelledDuringAStep(AsyncGenerator.Body<Integer, Void> rest)
            throws InterruptedException {
        LongStep step = new LongStep();
        TestSubscriber<Integer> subscriber = new TestSubscriber<>();
        Flowable<Integer> flowable = CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
            step.stand();
            try {
                rest.run(co);
            } finally {
                log.add("closed");
            }
        }));
        step.run(() -> flowable.subscribe(subscriber), subscriber::cancel);
        assertThat(log).contains("closed");
        return subscriber.assertEmpty();
    }

    @Test
    void duringAStepLetsItsElementGo() throws InterruptedException {
        cancelledDuringAStep(co -> co.yield(1));
        assertThat(log).containsExactly("closed");
    }

    @Test
    void duringAStepMakesItsErrorUndeliverable() throws InterruptedException {
        Failure failure = new Failure("too late");
        cancelledDuringAStep(co -> {
            throw failure;
        });
        assertThat(undelivered.take()).containsExactly(failure);
    }

    @Test
    void bodyThatNeverSuspendsCanAskForIt() throws InterruptedException {
        cancelledDuringAStep(co -> {
            co.checkCancelled();
            log.add("too far");
        });
        assertThat(log).containsExactly("closed");
    }

    @Test
    void bodyThatYieldsInReplyIsToldThatItMustNot() {
        TestSubscriber<Integer> subscriber = CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                    } catch (GeneratorExit e) {
                        co.yield(2);
                    }
                }))
                .test(1);
        subscriber.cancel();
        subscriber.assertValues(1).assertNotComplete();
        assertThat(undelivered.take())
                .singleElement()
                .isInstanceOfSatisfying(
                        RuntimeError.class, e -> assertThat(e).hasMessage("async generator ignored GeneratorExit"));
    }

    @Test
    void takeCancelsFromInsideOnNext() {
        CoFlowable.from(closing(Single.never(), Completable.complete()))
                .take(1)
                .test()
                .assertResult(1);
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void timeoutClosesTheBody() {
        TestScheduler time = new TestScheduler();
        TestSubscriber<Integer> subscriber = CoFlowable.from(closing(Single.never(), Completable.complete()))
                .timeout(1, TimeUnit.SECONDS, time)
                .test();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        subscriber.assertFailure(TimeoutException.class, 1);
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void losersOfAmbAreClosed() {
        PublishProcessor<Integer> winner = PublishProcessor.create();
        AsyncGenerator<Integer, Void> loser = AsyncGenerator.of(co -> {
            try {
                co.await(CoSingle.awaitable(Single.never()));
            } finally {
                log.add("loser closed");
            }
        });
        TestSubscriber<Integer> subscriber =
                Flowable.ambArray(CoFlowable.from(loser), winner).test();
        winner.onNext(7);
        winner.onComplete();
        subscriber.assertResult(7);
        assertThat(log).containsExactly("loser closed");
    }

    @Test
    void afterTheEndIsANoOp() {
        TestSubscriber<Integer> subscriber = CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> co.yield(1)))
                .test();
        subscriber.cancel();
        subscriber.assertResult(1);
    }

    @Test
    void whatTheCleanUpRaisesIsUndeliverable() {
        Failure failure = new Failure("clean-up failed");
        for (long demand : new long[] {1, 2}) {
            CoFlowable.from(closing(Single.never(), Completable.error(failure)))
                    .test(demand)
                    .cancel();
            assertThat(undelivered.take()).as("demand %d", demand).containsExactly(failure);
        }
    }

    @Test
    void otherIteratorsAreClosedOnceAndWhatThatThrowsIsUndeliverable() {
        IllegalStateException bug = new IllegalStateException("close");
        class Closeable implements AsyncIterator<Integer>, AutoCloseable {
            @Override
            public Awaitable<Integer> anext() {
                return Awaitables.ready(1);
            }

            @Override
            public void close() {
                log.add("closed");
                throw bug;
            }
        }
        CoFlowable.<Integer>from(Closeable::new).take(2).test().assertResult(1, 1);
        assertThat(log).containsExactly("closed");
        assertThat(undelivered.take()).containsExactly(bug);
    }
}
