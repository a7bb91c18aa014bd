package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.GeneratorExit;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.LongStep;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Cancelling a coroutine that runs as a Mono: the awaited close. */
@Timeout(60)
class CoMonoCancelTest {
    private final List<String> log = new CopyOnWriteArrayList<>();

    /** Awaits something that never comes, and the end of its clean-up. */
    private Coroutine<String> closing(Mono<?> awaited, Mono<?> cleanUp) {
        return Coroutine.of(co -> {
            try {
                co.await(awaited);
                return "result";
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
    void raisesGeneratorExitAtTheAwaitAndCancelsWhatIsAwaited() {
        PublisherProbe<String> awaited = PublisherProbe.of(Mono.never());
        Coroutine<String> coroutine = closing(awaited.mono(), Mono.empty());
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(coroutine).subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
        awaited.assertWasCancelled();
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    void cleanUpThatAwaitsIsDrivenToItsEndWhileCancelReturnsAtOnce() {
        Sinks.One<String> returned = Sinks.one();
        Recording<String> subscriber = new Recording<>(1);
        Coroutine<String> coroutine = closing(Mono.never(), returned.asMono());
        CoMono.from(coroutine).subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
        returned.tryEmitEmpty().orThrow();
        assertThat(log).containsExactly("exit", "cleaned up");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void secondCancelDoesNotDisturbTheCleanUp() {
        Sinks.One<String> returned = Sinks.one();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(closing(Mono.never(), returned.asMono())).subscribe(subscriber);
        subscriber.cancel();
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        returned.tryEmitEmpty().orThrow();
        assertThat(log).containsExactly("exit", "cleaned up");
    }

    @Test
    void timeoutClosesTheBodyAndItsCleanUpTakesTheTimeItNeeds() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            Recording<String> subscriber = new Recording<>(1);
            CoMono.from(closing(Mono.never(), Mono.delay(Duration.ofSeconds(5))))
                    .timeout(Duration.ofSeconds(10))
                    .subscribe(subscriber);
            time.advanceTimeBy(Duration.ofMillis(9_999));
            assertThat(log).isEmpty();
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(log).containsExactly("exit");
            assertThat(subscriber.signals).singleElement().isInstanceOf(TimeoutException.class);
            time.advanceTimeBy(Duration.ofMillis(4_999));
            assertThat(log).containsExactly("exit");
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(log).containsExactly("exit", "cleaned up");
            assertThat(subscriber.signals).hasSize(1);
            assertThat(subscriber.dropped).isEmpty();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void losersOfFirstAreClosed() {
        Sinks.One<String> winner = Sinks.one();
        Mono<String> first = Mono.firstWithSignal(
                CoMono.from(closing(Mono.never(), Mono.empty())),
                CoMono.from(Coroutine.of(co -> co.await(winner.asMono()))),
                CoMono.from(closing(Mono.never(), Mono.empty())));
        StepVerifier.create(first)
                .expectSubscription()
                .then(() -> winner.tryEmitValue("won").orThrow())
                .expectNext("won")
                .expectComplete()
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
        assertThat(log).containsExactly("exit", "cleaned up", "exit", "cleaned up");
    }

    @Test
    void cancelBeforeTheStartJustClosesTheObject() {
        Coroutine<String> coroutine = Coroutine.of(co -> {
            log.add("ran");
            return "result";
        });
        Recording<String> subscriber = Recording.impatient();
        CoMono.from(coroutine).subscribe(subscriber);
        assertThat(log).isEmpty();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void cancelDuringAStepIsDeliveredAtTheNextSuspension() throws InterruptedException {
        LongStep step = new LongStep();
        PublisherProbe<String> never = PublisherProbe.of(Mono.never());
        Recording<String> subscriber = new Recording<>(1);
        Mono<String> mono = CoMono.from(Coroutine.of(co -> {
            step.stand();
            log.add("step goes on");
            try {
                return co.await(never.mono());
            } catch (GeneratorExit e) {
                log.add("exit");
                throw e;
            }
        }));
        step.run(() -> mono.subscribe(subscriber), () -> {
            subscriber.cancel();
            assertThat(log).isEmpty();
        });
        assertThat(log).containsExactly("step goes on", "exit");
        never.assertWasNotSubscribed();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void bodyThatNeverSuspendsCanAskForTheCancel() throws InterruptedException {
        LongStep step = new LongStep();
        Recording<String> subscriber = new Recording<>(1);
        Mono<String> mono = CoMono.from(Coroutine.of(co -> {
            co.checkCancelled();
            step.stand();
            co.checkCancelled();
            log.add("too far");
            return "result";
        }));
        step.run(() -> mono.subscribe(subscriber), subscriber::cancel);
        assertThat(log).isEmpty();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void resultAfterTheCancelIsDiscarded() throws InterruptedException {
        LongStep step = new LongStep();
        Recording<String> subscriber = new Recording<>(1);
        Mono<String> mono = CoMono.from(Coroutine.of(co -> {
            step.stand();
            return "too late";
        }));
        step.run(() -> mono.subscribe(subscriber), subscriber::cancel);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly("too late");
    }

    @Test
    void resultOfABodyThatSwallowsTheExitIsDiscarded() {
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> {
                    try {
                        return co.await(Mono.<String>never());
                    } catch (GeneratorExit e) {
                        return "all the same";
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly("all the same");
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void resultThatWaitsForDemandIsDiscarded() {
        Recording<String> subscriber = new Recording<>(0);
        CoMono.from(Coroutine.of(co -> "unwanted")).subscribe(subscriber);
        subscriber.cancel();
        subscriber.cancel();
        subscriber.request(1);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly("unwanted");
    }

    @Test
    void cancelAfterTheResultIsANoOp() {
        Recording<String> subscriber = new Recording<>(1) {
            @Override
            public void onNext(String value) {
                super.onNext(value);
                // As WebFlux does.
                cancel();
            }
        };
        CoMono.from(Coroutine.of(co -> "value")).subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).startsWith("value");
        assertThat(subscriber.discarded).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void whatTheCleanUpRaisesIsDropped() {
        Failure failure = new Failure("clean-up failed");
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(closing(Mono.never(), Mono.error(failure))).subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).containsExactly(failure);
    }

    @Test
    void cleanUpOfInnerBodiesComesFirst() {
        Sinks.One<String> returned = Sinks.one();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.<String>of(co -> {
                    try {
                        return co.await(Coroutine.of(inner -> {
                            try {
                                return inner.await(Mono.<String>never());
                            } finally {
                                inner.await(returned.asMono());
                                log.add("inner");
                            }
                        }));
                    } finally {
                        log.add("outer");
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).isEmpty();
        returned.tryEmitEmpty().orThrow();
        assertThat(log).containsExactly("inner", "outer");
    }
}
