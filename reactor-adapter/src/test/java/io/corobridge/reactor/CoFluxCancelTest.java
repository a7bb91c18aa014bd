package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.LongStep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** Cancelling an async generator that runs as a Flux: the step under way is closed first, then the generator. */
@Timeout(60)
class CoFluxCancelTest {
    private final List<String> log = new CopyOnWriteArrayList<>();

    /** Yields 1, awaits, and awaits again in its clean-up. */
    private AsyncGenerator<Integer, Void> closing(Mono<?> awaited, Mono<?> cleanUp) {
        return AsyncGenerator.of(co -> {
            try {
                co.yield(1);
                co.await(awaited);
                co.yield(2);
            } catch (GeneratorExit e) {
                log.add("exit");
                throw e;
            } finally {
                co.await(cleanUp);
                log.add("cleaned up");
            }
        });
    }

    @Test
    void betweenElementsRaisesGeneratorExitAtTheYield() {
        AsyncGenerator<Integer, Void> generator = closing(Mono.never(), Mono.empty());
        StepVerifier.create(CoFlux.from(generator), 1)
                .expectNext(1)
                .thenCancel()
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    void atAnAwaitCancelsWhatIsAwaitedAndDrivesTheCleanUpToItsEnd() {
        PublisherProbe<String> awaited = PublisherProbe.of(Mono.never());
        Sinks.One<String> returned = Sinks.one();
        Recording<Integer> subscriber = Recording.unbounded();
        AsyncGenerator<Integer, Void> generator = closing(awaited.mono(), returned.asMono());
        CoFlux.from(generator).subscribe(subscriber);
        subscriber.cancel();
        awaited.assertWasCancelled();
        assertThat(log).containsExactly("exit");
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        returned.tryEmitEmpty().orThrow();
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        assertThat(subscriber.signals).containsExactly(1);
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void cleanUpOfAGeneratorAtItsYieldIsDrivenToItsEnd() {
        Sinks.One<String> returned = Sinks.one();
        Recording<Integer> subscriber = new Recording<>(1);
        CoFlux.from(closing(Mono.never(), returned.asMono())).subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        returned.tryEmitEmpty().orThrow();
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void beforeTheFirstRequestDoesNotEnterTheBody() {
        AsyncGenerator<Integer, Void> generator = closing(Mono.never(), Mono.empty());
        Recording<Integer> subscriber = new Recording<>(0);
        CoFlux.from(generator).subscribe(subscriber);
        subscriber.cancel();
        subscriber.request(1);
        assertThat(log).isEmpty();
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void inOnSubscribeDoesNotEnterTheBody() {
        AsyncGenerator<Integer, Void> generator = closing(Mono.never(), Mono.empty());
        Recording<Integer> subscriber = Recording.impatient();
        CoFlux.from(generator).subscribe(subscriber);
        assertThat(log).isEmpty();
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    void duringAStepDiscardsItsElement() throws InterruptedException {
        LongStep step = new LongStep();
        Recording<Integer> subscriber = Recording.unbounded();
        Flux<Integer> flux = CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            step.stand();
            try {
                co.yield(1);
            } finally {
                log.add("closed");
            }
        }));
        step.run(() -> flux.subscribe(subscriber), subscriber::cancel);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(1);
        assertThat(log).containsExactly("closed");
    }

    @Test
    void duringAStepDropsItsError() throws InterruptedException {
        Failure failure = new Failure("too late");
        LongStep step = new LongStep();
        Recording<Integer> subscriber = Recording.unbounded();
        Flux<Integer> flux = CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            step.stand();
            throw failure;
        }));
        step.run(() -> flux.subscribe(subscriber), subscriber::cancel);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).containsExactly(failure);
    }

    @Test
    void bodyThatNeverSuspendsCanAskForTheCancel() throws InterruptedException {
        LongStep step = new LongStep();
        Recording<Integer> subscriber = Recording.unbounded();
        Flux<Integer> flux = CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            co.checkCancelled();
            step.stand();
            co.checkCancelled();
            log.add("too far");
        }));
        step.run(() -> flux.subscribe(subscriber), subscriber::cancel);
        assertThat(log).isEmpty();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void elementThatABodyYieldsInReplyIsDiscardedAndItIsToldThatItMustNot() {
        Recording<Integer> subscriber = Recording.unbounded();
        CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.await(Mono.never());
                    } catch (GeneratorExit e) {
                        co.yield(1);
                    } finally {
                        log.add("closed");
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(1);
        assertThat(log).containsExactly("closed");

        Recording<Integer> second = new Recording<>(1);
        CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                    } catch (GeneratorExit e) {
                        co.yield(2);
                    }
                }))
                .subscribe(second);
        second.cancel();
        assertThat(second.dropped)
                .singleElement()
                .isInstanceOfSatisfying(
                        RuntimeError.class, e -> assertThat(e).hasMessage("async generator ignored GeneratorExit"));
    }

    @Test
    void takeCancelsFromInsideOnNext() {
        StepVerifier.create(CoFlux.from(closing(Mono.never(), Mono.empty())).take(1))
                .expectNext(1)
                .expectComplete()
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void losersOfFirstAreClosed() {
        StepVerifier.create(Flux.firstWithSignal(Flux.just(7), CoFlux.from(closing(Mono.never(), Mono.empty()))))
                .expectNext(7)
                .verifyComplete();
        Sinks.One<Integer> winner = Sinks.one();
        AsyncGenerator<Integer, Void> loser = AsyncGenerator.of(co -> {
            try {
                co.await(Mono.never());
            } finally {
                log.add("loser closed");
            }
        });
        StepVerifier.create(Flux.firstWithSignal(CoFlux.from(loser), winner.asMono()))
                .expectSubscription()
                .then(() -> winner.tryEmitValue(7).orThrow())
                .expectNext(7)
                .verifyComplete();
        assertThat(log).containsExactly("loser closed");
    }

    @Test
    void afterTheEndIsANoOp() {
        Recording<Integer> subscriber = Recording.unbounded();
        CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> co.yield(1))).subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).containsExactly(1, "complete");
        assertThat(subscriber.dropped).isEmpty();
        assertThat(subscriber.discarded).isEmpty();
    }

    @Test
    void whatTheCleanUpRaisesIsDropped() {
        Failure failure = new Failure("clean-up failed");
        for (long demand : new long[] {1, 2}) {
            Recording<Integer> subscriber = new Recording<>(demand);
            CoFlux.from(closing(Mono.never(), Mono.error(failure))).subscribe(subscriber);
            subscriber.cancel();
            assertThat(subscriber.signals).containsExactly(1);
            assertThat(subscriber.dropped).as("demand %d", demand).containsExactly(failure);
        }
    }

    @Test
    void errorOfTheSubscriberClosesTheBodyAndGoesToTheDroppedHook() {
        IllegalStateException bug = new IllegalStateException("the subscriber's");
        Recording<Integer> subscriber = Recording.throwing(5, bug);
        CoFlux.from(closing(Mono.empty(), Mono.empty())).subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly(1);
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(subscriber.dropped).containsExactly(bug);
    }

    @Test
    void errorCallbackThatThrowsKeepsNothingOpen() {
        IllegalStateException bug = new IllegalStateException("the subscriber's");
        Recording<Integer> subscriber = new Recording<>(1) {
            @Override
            public void onError(Throwable error) {
                super.onError(error);
                throw bug;
            }
        };
        CoFlux.from(closing(Mono.never(), Mono.empty())).subscribe(subscriber);
        Throwable thrown = catchThrowable(() -> subscriber.request(-1));
        assertThat(thrown).isSameAs(bug);
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void dropHookThatThrowsKeepsNothingOpen() {
        IllegalStateException bug = new IllegalStateException("the hook's");
        Closeable iterator = new Closeable();
        Recording<Integer> subscriber = new Recording<>(1) {
            @Override
            public reactor.util.context.Context currentContext() {
                return super.currentContext()
                        .put("reactor.onErrorDropped.local", (java.util.function.Consumer<Throwable>) error -> {
                            throw bug;
                        });
            }

            @Override
            public void onNext(Integer element) {
                throw new IllegalStateException("the subscriber's");
            }
        };
        Throwable thrown =
                catchThrowable(() -> CoFlux.<Integer>from(() -> iterator).subscribe(subscriber));
        assertThat(thrown).isSameAs(bug);
        assertThat(iterator.closed).isEqualTo(1);
    }

    @Test
    void otherIteratorsAreClosedOnce() {
        Closeable iterator = new Closeable();
        StepVerifier.create(CoFlux.<Integer>from(() -> iterator).take(2))
                .expectNext(1, 1)
                .verifyComplete();
        assertThat(iterator.closed).isEqualTo(1);
    }

    @Test
    void whatClosingAnIteratorThrowsIsDropped() {
        AssertionError bug = new AssertionError("close");
        Closeable iterator = new Closeable() {
            @Override
            public void close() {
                super.close();
                throw bug;
            }
        };
        Recording<Integer> subscriber = new Recording<>(1);
        CoFlux.<Integer>from(() -> iterator).subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.dropped).containsExactly(bug);
        assertThat(iterator.closed).isEqualTo(1);
    }

    /** Has an element for every step. */
    private static class Closeable implements AsyncIterator<Integer>, AutoCloseable {
        int closed;

        @Override
        public Awaitable<Integer> anext() {
            return Awaitables.ready(1);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
