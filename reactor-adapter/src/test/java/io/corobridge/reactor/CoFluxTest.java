package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.CancelledError;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.TypeError;
import io.corobridge.testkit.Failure;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** An async generator as a Flux: demand, elements and how it ends. */
@Timeout(60)
class CoFluxTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    /** Yields 1, 2 and 3, and writes down how far it got. */
    private AsyncGenerator<Integer, Void> three() {
        return AsyncGenerator.of(co -> {
            for (int i = 1; i <= 3; i++) {
                log.add("yields " + i);
                co.yield(i);
            }
            log.add("returns");
        });
    }

    @Test
    void yieldsAreElementsAndTheReturnIsTheCompletion() {
        StepVerifier.create(CoFlux.from(three())).expectNext(1, 2, 3).verifyComplete();
        StepVerifier.create(CoFlux.from(AsyncGenerator.of(co -> {}))).verifyComplete();
    }

    @Test
    void eachRequestedElementIsOneStepAndNothingRunsAhead() {
        StepVerifier.create(CoFlux.from(three()), 0)
                .expectSubscription()
                .then(() -> assertThat(log).isEmpty())
                .thenRequest(1)
                .expectNext(1)
                .then(() -> assertThat(log).containsExactly("yields 1"))
                .thenRequest(2)
                .expectNext(2, 3)
                .then(() -> assertThat(log).containsExactly("yields 1", "yields 2", "yields 3"))
                .thenRequest(1)
                .expectComplete()
                .verify();
        assertThat(log).endsWith("returns");
    }

    @Test
    void demandFromInsideOnNextIsMet() {
        Recording<Integer> subscriber = new Recording<>(1) {
            @Override
            public void onNext(Integer element) {
                log.add("in " + element);
                request(1);
                log.add("out " + element);
                super.onNext(element);
            }
        };
        CoFlux.from(three()).subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly(1, 2, 3, "complete");
        assertThat(log).containsSubsequence("in 1", "out 1", "yields 2", "in 2", "out 2");
    }

    @Test
    void demandAddsUpAndIsCapped() {
        Recording<Integer> subscriber = new Recording<>(Long.MAX_VALUE - 1) {
            @Override
            public void onNext(Integer element) {
                super.onNext(element);
                request(Long.MAX_VALUE - 1);
            }
        };
        CoFlux.from(three()).subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly(1, 2, 3, "complete");
    }

    @Test
    void unboundedDemandUsesNoStack() {
        AsyncGenerator<Integer, Void> many = AsyncGenerator.of(co -> {
            for (int i = 0; i < 20_000; i++) {
                co.yield(co.await(Mono.just(i)));
            }
        });
        StepVerifier.create(CoFlux.from(many).count()).expectNext(20_000L).verifyComplete();
    }

    @Test
    void elementsComeWhenWhatTheBodyAwaitsIsThere() {
        Sinks.One<String> first = Sinks.one();
        Sinks.One<String> second = Sinks.one();
        AsyncGenerator<String, Void> generator = AsyncGenerator.of(co -> {
            co.yield(co.await(first.asMono()));
            co.yield(co.await(second.asMono()));
        });
        StepVerifier.create(CoFlux.from(generator))
                .expectSubscription()
                .then(() -> first.tryEmitValue("a").orThrow())
                .expectNext("a")
                .then(() -> second.tryEmitValue("b").orThrow())
                .expectNext("b")
                .verifyComplete();
    }

    @Test
    void demandThatIsNotPositiveIsAnErrorAndClosesTheBody() {
        Recording<Integer> subscriber = new Recording<>(1);
        CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                    } finally {
                        log.add("closed");
                    }
                }))
                .subscribe(subscriber);
        subscriber.request(0);
        subscriber.request(-1);
        subscriber.request(1);
        assertThat(subscriber.signals).hasSize(2).startsWith(1);
        assertThat(subscriber.signals.get(1))
                .isInstanceOfSatisfying(
                        IllegalArgumentException.class, e -> assertThat(e).hasMessageContaining("3.9"));
        assertThat(log).containsExactly("closed");
    }

    @Test
    void errorComesAfterTheElementsAsTheSameInstance() {
        Failure failure = new Failure("no");
        AsyncGenerator<Integer, Void> generator = AsyncGenerator.of(co -> {
            co.yield(1);
            throw failure;
        });
        StepVerifier.create(CoFlux.from(generator))
                .expectNext(1)
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(failure).hasNoCause())
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
    }

    @Test
    void nullElementIsAnErrorThatNamesTheRuleAndClosesTheGenerator() {
        AsyncGenerator<Integer, Void> generator = AsyncGenerator.of(co -> {
            try {
                co.yield(1);
                co.yield(null);
                log.add("too far");
            } finally {
                log.add("closed");
            }
        });
        StepVerifier.create(CoFlux.from(generator))
                .expectNext(1)
                .expectErrorSatisfies(e ->
                        assertThat(e).isInstanceOf(NullPointerException.class).hasMessageContaining("§2.13"))
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
        assertThat(log).containsExactly("closed");
    }

    @Test
    void cancellationThatTheBodyRaisesItselfIsAnError() {
        CompletableFuture<Integer> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        StepVerifier.create(CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> co.yield(co.await(cancelled)))))
                .expectError(CancellationException.class)
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
        CancelledError own = new CancelledError("mine");
        StepVerifier.create(CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    throw own;
                })))
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(own))
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
    }

    @Test
    void isColdAndTheFirstSubscriptionRunsTheObjectItself() {
        AsyncGenerator<Integer, Void> generator = three();
        Flux<Integer> flux = CoFlux.from(generator);
        assertThat(log).isEmpty();
        StepVerifier.create(flux).expectNextCount(3).verifyComplete();
        assertThatThrownBy(() -> generator.anext().awaitIterator().next()).isInstanceOf(StopAsyncIteration.class);
    }

    @Test
    void retryAndRepeatRunNewObjectsWithTheSameBody() {
        Flux<Integer> flux = CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            int run = runs.incrementAndGet();
            co.yield(run);
            if (run == 1) {
                throw new Failure("first");
            }
        }));
        StepVerifier.create(flux.retry(1).repeat(1)).expectNext(1, 2, 3).verifyComplete();
    }

    @Test
    void objectThatWasStartedBeforeIsAnError() {
        AsyncGenerator<Integer, Void> started = three();
        step(started);
        AsyncGenerator<Integer, Void> startedLater = three();
        Flux<Integer> flux = CoFlux.from(startedLater);
        step(startedLater);
        for (Flux<Integer> refused : List.of(CoFlux.from(started), flux, flux)) {
            StepVerifier.create(refused)
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(RuntimeError.class)
                            .hasMessage("cannot subscribe to an async generator that has been started"))
                    .verify();
        }
    }

    private static void step(AsyncGenerator<Integer, Void> generator) {
        assertThatThrownBy(() -> generator.anext().awaitIterator().next())
                .isInstanceOfSatisfying(
                        StopIteration.class, stop -> assertThat(stop.value()).isEqualTo(1));
    }

    @Test
    void otherIterablesAreBegunAnewForEachSubscription() {
        AsyncIterable<Integer> iterable = () -> {
            runs.incrementAndGet();
            return three();
        };
        StepVerifier.create(CoFlux.from(iterable).repeat(1))
                .expectNext(1, 2, 3, 1, 2, 3)
                .verifyComplete();
        assertThat(runs).hasValue(2);
    }

    @Test
    void whatAiterAndAnextThrowOrReturnAsNullIsAnError() {
        IllegalStateException bug = new IllegalStateException("bug");
        AsyncIterable<Integer> throwing = () -> {
            throw bug;
        };
        AsyncIterator<Integer> throwingStep = () -> {
            throw bug;
        };
        for (AsyncIterable<Integer> broken : List.of(throwing, throwingStep)) {
            StepVerifier.create(CoFlux.from(broken))
                    .expectErrorSatisfies(e -> assertThat(e).isSameAs(bug))
                    .verify();
        }
        StepVerifier.create(CoFlux.<Integer>from(() -> null))
                .expectErrorSatisfies(
                        e -> assertThat(e)
                                .isExactlyInstanceOf(TypeError.class)
                                .hasMessage(
                                        "'async for' received an object from __aiter__ that does not implement __anext__: NoneType"))
                .verify();
        AsyncIterator<Integer> noStep = () -> null;
        StepVerifier.create(CoFlux.from(noStep))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isExactlyInstanceOf(TypeError.class)
                        .hasMessage("'async for' received an invalid object from __anext__: NoneType"))
                .verify();
    }

    @Test
    void stepsThatNeverWaitAreElementsToo() {
        class Count implements AsyncIterator<Integer> {
            private int next;

            @Override
            public Awaitable<Integer> anext() {
                return ++next <= 3 ? Awaitables.ready(next) : Awaitables.failed(new StopAsyncIteration());
            }
        }
        StepVerifier.create(CoFlux.<Integer>from(Count::new))
                .expectNext(1, 2, 3)
                .verifyComplete();
    }

    @Test
    void runCanBeScanned() {
        assertThat(Scannable.from(CoFlux.from(three())).name()).isEqualTo("asyncIterable");
    }
}
