package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** A coroutine as a Mono: how it runs, and what becomes of its result. */
@Timeout(60)
class CoMonoTest {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void resultIsTheValue() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> "value")))
                .expectNext("value")
                .verifyComplete();
    }

    @Test
    void nullResultCompletesEmptyWithoutDemand() {
        StepVerifier.create(CoMono.from(Coroutine.<String>of(co -> null)), 0).verifyComplete();
        StepVerifier.create(CoMono.from(Coroutine.ofVoid(co -> log.add("ran")))).verifyComplete();
        assertThat(log).containsExactly("ran");
    }

    @Test
    void resultWaitsForDemand() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> log.add("ran"))), 0)
                .expectSubscription()
                .then(() -> assertThat(log).containsExactly("ran"))
                .thenRequest(1)
                .expectNext(true)
                .verifyComplete();
    }

    @Test
    void demandThatIsNotPositiveIsAnErrorAndClosesTheBody() {
        Recording<String> subscriber = new Recording<>(0);
        CoMono.from(Coroutine.of(co -> {
                    try {
                        return co.await(Mono.<String>never());
                    } finally {
                        log.add("closed");
                    }
                }))
                .subscribe(subscriber);
        subscriber.request(-1);
        subscriber.request(0);
        assertThat(subscriber.signals).singleElement().satisfies(CoMonoTest::isBadRequest);
        assertThat(log).containsExactly("closed");
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void demandThatIsNotPositiveIsAnErrorWhileTheResultWaitsToo() {
        Recording<String> subscriber = new Recording<>(0);
        CoMono.from(Coroutine.of(co -> "value")).subscribe(subscriber);
        subscriber.request(0);
        assertThat(subscriber.signals).singleElement().satisfies(CoMonoTest::isBadRequest);
        assertThat(subscriber.discarded).containsExactly("value");
    }

    @Test
    void demandThatIsNotPositiveIsIgnoredAfterTheEndAndAfterACancel() {
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> "value")).subscribe(subscriber);
        subscriber.request(-1);
        assertThat(subscriber.signals).containsExactly("value", "complete");
        assertThat(subscriber.dropped).isEmpty();

        Recording<String> cancelled = new Recording<>(0);
        CoMono.from(Coroutine.of(co -> "value")).subscribe(cancelled);
        cancelled.cancel();
        cancelled.request(-1);
        assertThat(cancelled.signals).isEmpty();
        assertThat(cancelled.dropped).isEmpty();
    }

    private static void isBadRequest(Object signal) {
        assertThat(signal)
                .isInstanceOfSatisfying(
                        IllegalArgumentException.class, e -> assertThat(e).hasMessageContaining("3.9"));
    }

    @Test
    void errorIsTheSameInstanceAndNeedsNoDemand() {
        Failure failure = new Failure("no");
        StepVerifier.create(
                        CoMono.from(Coroutine.of(co -> {
                            throw failure;
                        })),
                        0)
                .expectErrorSatisfies(e -> {
                    assertThat(e).isSameAs(failure).hasNoCause();
                    assertThat(e.getSuppressed()).isEmpty();
                })
                .verify();
    }

    @Test
    void cancellationThatTheBodyRaisesItselfIsAnError() {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        CancelledError own = new CancelledError("mine");
        GeneratorExit exit = new GeneratorExit();
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(cancelled))))
                .expectError(CancellationException.class)
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
        for (Error error : List.of(own, exit)) {
            StepVerifier.create(CoMono.from(Coroutine.of(co -> {
                        throw error;
                    })))
                    .expectErrorSatisfies(e -> assertThat(e).isSameAs(error))
                    .verifyThenAssertThat()
                    .hasNotDroppedErrors();
        }
    }

    @Test
    void isColdAndTheFirstSubscriptionRunsTheObjectItself() {
        Coroutine<Integer> coroutine = Coroutine.of(co -> runs.incrementAndGet());
        Mono<Integer> mono = CoMono.from(coroutine);
        assertThat(runs).hasValue(0);
        StepVerifier.create(mono).expectNext(1).verifyComplete();
        assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOf(RuntimeError.class)
                .hasMessage("cannot reuse already awaited coroutine");
    }

    @Test
    void eachLaterSubscriptionRunsANewObjectWithTheSameBody() {
        Mono<Integer> mono = CoMono.from(Coroutine.of(co -> runs.incrementAndGet()));
        StepVerifier.create(mono.repeat(2)).expectNext(1, 2, 3).verifyComplete();
        StepVerifier.create(mono).expectNext(4).verifyComplete();
    }

    @Test
    void retryRunsTheBodyAgain() {
        Mono<String> mono = CoMono.from(Coroutine.of(co -> {
            int run = runs.incrementAndGet();
            if (run < 3) {
                throw new Failure("run " + run);
            }
            return "run " + run;
        }));
        StepVerifier.create(mono.retry(5)).expectNext("run 3").verifyComplete();
    }

    @Test
    void objectThatWasSteppedBeforeIsAnError() {
        Coroutine<String> stepped = Coroutine.of(co -> co.await(Mono.<String>never()));
        stepped.send(null);
        Coroutine<String> closed = Coroutine.of(co -> "value");
        closed.close();
        Coroutine<String> steppedLater = Coroutine.of(co -> co.await(Mono.<String>never()));
        Mono<String> mono = CoMono.from(steppedLater);
        steppedLater.send(null);
        for (Mono<String> refused : List.of(CoMono.from(stepped), CoMono.from(closed), mono, mono)) {
            StepVerifier.create(refused)
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(RuntimeError.class)
                            .hasMessage("cannot reuse already awaited coroutine"))
                    .verify();
        }
        stepped.close();
        steppedLater.close();
    }

    @Test
    void deferMakesACoroutineForEachSubscription() {
        Mono<Integer> mono = CoMono.defer(() -> {
            int made = runs.incrementAndGet();
            return Coroutine.of(co -> made);
        });
        assertThat(runs).hasValue(0);
        StepVerifier.create(mono.repeat(1)).expectNext(1, 2).verifyComplete();
    }

    @Test
    void whatTheFunctionOfDeferThrowsIsAnError() {
        IllegalStateException failure = new IllegalStateException("no coroutine");
        StepVerifier.create(CoMono.<String>defer(() -> {
                    throw failure;
                }))
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(failure))
                .verify();
        StepVerifier.create(CoMono.<String>defer(() -> null))
                .expectErrorMessage("the function returned null instead of a coroutine")
                .verify();
    }

    @Test
    void steppedObjectFromDeferIsAnError() {
        Coroutine<String> one = Coroutine.of(co -> "value");
        Mono<String> mono = CoMono.defer(() -> one);
        StepVerifier.create(mono).expectNext("value").verifyComplete();
        StepVerifier.create(mono).expectError(RuntimeError.class).verify();
    }

    @Test
    void valueIsSignalledOnTheSubscribingThreadAfterTheBodyHasLeftItsStack() {
        Coroutine<String> coroutine = Coroutine.of(co -> "value");
        Thread subscribes = Thread.currentThread();
        Mono<String> mono = CoMono.from(coroutine)
                .doOnNext(value -> log.add(
                        coroutine.state() + " on the subscribing thread: " + (Thread.currentThread() == subscribes)));
        StepVerifier.create(mono).expectNext("value").verifyComplete();
        assertThat(log).containsExactly("CLOSED on the subscribing thread: true");
    }

    @Test
    void laterStepsRunOnTheThreadThatCompletesWhatIsAwaited() throws InterruptedException {
        Sinks.One<String> sink = Sinks.one();
        Mono<String> mono = CoMono.from(Coroutine.of(co -> co.await(sink.asMono())));
        List<String> threads = new CopyOnWriteArrayList<>();
        mono.subscribe(
                value -> threads.add(value + " on " + Thread.currentThread().getName()));
        Thread completes = new Thread(() -> sink.tryEmitValue("value").orThrow(), "completes");
        completes.start();
        completes.join();
        assertThat(threads).containsExactly("value on completes");
    }

    @Test
    void errorOfTheSubscriberGoesToTheDroppedHook() {
        IllegalStateException bug = new IllegalStateException("the subscriber's");
        Recording<String> subscriber = Recording.throwing(1, bug);
        CoMono.from(Coroutine.of(co -> "value")).subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly("value");
        assertThat(subscriber.dropped).containsExactly(bug);
    }

    @Test
    void runCanBeScanned() {
        Scannable mono = Scannable.from(CoMono.from(Coroutine.of(co -> "value")));
        assertThat(mono.name()).isEqualTo("coroutine");
    }
}
