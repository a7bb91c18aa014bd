package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.GeneratorExit;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.LongStep;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Disposing of a coroutine that runs as a Single, Maybe or Completable: the awaited close. */
@Timeout(60)
class DisposeTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<String> log = new CopyOnWriteArrayList<>();

    /** Awaits something that never comes, and the end of its clean-up. */
    private Coroutine<String> closing(Single<?> awaited, Completable cleanUp) {
        return Coroutine.of(co -> {
            try {
                co.await(CoSingle.awaitable(awaited));
                return "result";
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
    void raisesGeneratorExitAtTheAwaitAndDisposesOfWhatIsAwaited() {
        for (int kind = 0; kind < 3; kind++) {
            log.clear();
            SingleSubject<String> awaited = SingleSubject.create();
            Coroutine<String> coroutine = closing(awaited, Completable.complete());
            TestObserver<String> observer = switch (kind) {
                case 0 -> CoSingle.from(coroutine).test();
                case 1 -> CoMaybe.from(coroutine).test();
                default -> CoCompletable.from(coroutine).<String>toMaybe().test();
            };
            assertThat(awaited.hasObservers()).isTrue();
            observer.dispose();
            observer.assertEmpty();
            assertThat(awaited.hasObservers()).isFalse();
            assertThat(log).containsExactly("exit", "cleaned up");
            assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        }
    }

    @Test
    void cleanUpThatAwaitsIsDrivenToItsEndWhileDisposeReturnsAtOnce() {
        CompletableSubject returned = CompletableSubject.create();
        Coroutine<String> coroutine = closing(Single.never(), returned);
        TestObserver<String> observer = CoSingle.from(coroutine).test();
        observer.dispose();
        assertThat(log).containsExactly("exit");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
        returned.onComplete();
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        observer.assertEmpty();
    }

    @Test
    void secondDisposeDoesNotDisturbTheCleanUp() {
        CompletableSubject returned = CompletableSubject.create();
        Disposable run = CoSingle.from(closing(Single.never(), returned)).subscribe();
        run.dispose();
        run.dispose();
        assertThat(run.isDisposed()).isTrue();
        assertThat(log).containsExactly("exit");
        returned.onComplete();
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void timeoutClosesTheBodyAndItsCleanUpTakesTheTimeItNeeds() {
        TestScheduler time = new TestScheduler();
        TestObserver<String> observer = CoSingle.from(
                        closing(Single.never(), Completable.timer(5, TimeUnit.SECONDS, time)))
                .timeout(10, TimeUnit.SECONDS, time)
                .test();
        time.advanceTimeBy(9_999, TimeUnit.MILLISECONDS);
        assertThat(log).isEmpty();
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        assertThat(log).containsExactly("exit");
        observer.assertFailure(TimeoutException.class);
        time.advanceTimeBy(4_999, TimeUnit.MILLISECONDS);
        assertThat(log).containsExactly("exit");
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void losersOfAmbAreClosed() {
        SingleSubject<String> winner = SingleSubject.create();
        TestObserver<String> observer = Single.ambArray(
                        CoSingle.from(closing(Single.never(), Completable.complete())),
                        CoSingle.from(Coroutine.<String>of(co -> co.await(CoSingle.awaitable(winner)))),
                        CoSingle.from(closing(Single.never(), Completable.complete())))
                .test();
        winner.onSuccess("won");
        observer.assertResult("won");
        assertThat(log).containsExactly("exit", "cleaned up", "exit", "cleaned up");
    }

    @Test
    void beforeTheStartJustClosesTheObject() {
        Coroutine<String> coroutine = Coroutine.of(co -> {
            log.add("ran");
            return "result";
        });
        TestObserver<String> observer = new TestObserver<>();
        observer.dispose();
        CoSingle.from(coroutine).subscribe(observer);
        assertThat(log).isEmpty();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        observer.assertEmpty();
    }

    /** Subscribes on another thread to a body that waits for {@code cancelled} in its first step, and disposes meanwhile. */
    private TestObserver<String> disposedDuringAStep(Coroutine.Body<String> rest) throws InterruptedException {
        LongStep step = new LongStep();
        TestObserver<String> observer = new TestObserver<>();
        Single<String> single = CoSingle.from(Coroutine.of(co -> {
            step.stand();
            log.add("step goes on");
            return rest.run(co);
        }));
        step.run(() -> single.subscribe(observer), () -> {
            observer.dispose();
            assertThat(log).isEmpty();
        });
        return observer;
    }

    @Test
    void duringAStepIsDeliveredAtTheNextSuspension() throws InterruptedException {
        SingleSubject<String> never = SingleSubject.create();
        disposedDuringAStep(co -> {
                    try {
                        return co.await(CoSingle.awaitable(never.doOnSubscribe(d -> log.add("subscribed"))));
                    } catch (GeneratorExit e) {
                        log.add("exit");
                        throw e;
                    }
                })
                .assertEmpty();
        assertThat(log).containsExactly("step goes on", "exit");
    }

    @Test
    void bodyThatNeverSuspendsCanAskForIt() throws InterruptedException {
        disposedDuringAStep(co -> {
                    co.checkCancelled();
                    log.add("too far");
                    return "result";
                })
                .assertEmpty();
        assertThat(log).containsExactly("step goes on");
    }

    @Test
    void resultAfterItIsLetGo() throws InterruptedException {
        disposedDuringAStep(co -> "too late").assertEmpty();
    }

    @Test
    void errorAfterItIsUndeliverable() throws InterruptedException {
        Failure failure = new Failure("too late");
        disposedDuringAStep(co -> {
                    throw failure;
                })
                .assertEmpty();
        assertThat(undelivered.take()).containsExactly(failure);
    }

    @Test
    void cancellationThatIsRaisedAfterItIsNobodysError() throws InterruptedException {
        disposedDuringAStep(co -> {
                    throw new CancellationException("a library's");
                })
                .assertEmpty();
        assertThat(undelivered.take()).isEmpty();
    }

    @Test
    void resultOfABodyThatSwallowsTheExitIsLetGo() {
        TestObserver<String> observer = CoSingle.from(Coroutine.<String>of(co -> {
                    try {
                        return co.await(CoSingle.awaitable(Single.never()));
                    } catch (GeneratorExit e) {
                        return "all the same";
                    }
                }))
                .test();
        observer.dispose();
        observer.assertEmpty();
    }

    @Test
    void afterTheResultIsANoOp() {
        Coroutine<String> coroutine = Coroutine.of(co -> "value");
        TestObserver<String> observer = new TestObserver<>();
        CoSingle.from(coroutine).doOnSuccess(value -> observer.dispose()).subscribe(observer);
        CoSingle.from(Coroutine.of(co -> "value")).test().assertResult("value").dispose();
        assertThat(undelivered.take()).isEmpty();
    }

    @Test
    void whatTheCleanUpRaisesIsUndeliverable() {
        Failure failure = new Failure("clean-up failed");
        CoSingle.from(closing(Single.never(), Completable.error(failure)))
                .test()
                .dispose();
        assertThat(undelivered.take()).containsExactly(failure);
    }

    @Test
    void cleanUpOfInnerBodiesComesFirst() {
        CompletableSubject returned = CompletableSubject.create();
        Disposable run = CoSingle.from(Coroutine.<String>of(co -> {
                    try {
                        return co.await(Coroutine.<String>of(inner -> {
                            try {
                                return inner.await(CoSingle.awaitable(Single.never()));
                            } finally {
                                inner.await(CoCompletable.awaitable(returned));
                                log.add("inner");
                            }
                        }));
                    } finally {
                        log.add("outer");
                    }
                }))
                .subscribe();
        run.dispose();
        assertThat(log).isEmpty();
        returned.onComplete();
        assertThat(log).containsExactly("inner", "outer");
    }
}
