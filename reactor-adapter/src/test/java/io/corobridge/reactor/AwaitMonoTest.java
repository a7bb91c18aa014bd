package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.TypeError;
import io.corobridge.ValueError;
import io.corobridge.testkit.Failure;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;
import reactor.test.publisher.TestPublisher;

/** A Mono, and a Flux of at most one element, awaited in a body. */
@Timeout(60)
class AwaitMonoTest {
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void valueIsTheResult() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(Mono.just("a")) + co.await(Flux.just("b")))))
                .expectNext("ab")
                .verifyComplete();
    }

    @Test
    void emptyIsNull() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> "got " + co.await(Mono.empty()))))
                .expectNext("got null")
                .verifyComplete();
    }

    @Test
    void emptyIsAnErrorForAwaitSingle() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.awaitSingle(Mono.just("value")))))
                .expectNext("value")
                .verifyComplete();
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.awaitSingle(Mono.<String>empty()))))
                .expectError(NoSuchElementException.class)
                .verify();
    }

    @Test
    void errorIsRaisedAtTheAwaitAsTheSameInstance() {
        Failure failure = new Failure("no");
        StepVerifier.create(CoMono.from(Coroutine.of(co -> {
                    try {
                        return co.await(Mono.<String>error(failure), Failure.class);
                    } catch (Failure e) {
                        return "caught the same: " + (e == failure);
                    }
                })))
                .expectNext("caught the same: true")
                .verifyComplete();
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(Mono.<String>error(failure)))))
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(failure).hasNoCause())
                .verify();
    }

    @Test
    void checkedErrorOfAThrowingSupplierIsNotWrapped() {
        IOException failure = new IOException("disk");
        StepVerifier.create(CoMono.from(Coroutine.of(co -> {
                    try {
                        return co.await(
                                Mono.fromCallable(() -> {
                                    throw failure;
                                }),
                                IOException.class);
                    } catch (IOException e) {
                        return e;
                    }
                })))
                .expectNext(failure)
                .verifyComplete();
    }

    @Test
    void waitsForTheCompletionNotJustForTheValue() {
        TestPublisher<String> source = TestPublisher.create();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(source.flux()))).subscribe(subscriber);
        source.next("value");
        assertThat(subscriber.signals).isEmpty();
        source.assertNotCancelled();
        source.complete();
        assertThat(subscriber.signals).containsExactly("value", "complete");
        source.assertNotCancelled();
    }

    @Test
    void errorAfterTheValueIsRaised() {
        Failure failure = new Failure("commit failed");
        TestPublisher<String> source = TestPublisher.create();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(source.flux()))).subscribe(subscriber);
        source.next("value").error(failure);
        assertThat(subscriber.signals).containsExactly(failure);
    }

    @Test
    void secondValueIsAnErrorAndCancelsTheSource() {
        TestPublisher<String> source = TestPublisher.create();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> {
                    try {
                        return co.await(source.flux());
                    } catch (ValueError e) {
                        log.add("raised");
                        throw e;
                    }
                }))
                .subscribe(subscriber);
        source.next("one");
        source.next("two");
        assertThat(log).containsExactly("raised");
        source.assertCancelled();
        assertThat(subscriber.signals).singleElement().isInstanceOf(ValueError.class);
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(Flux.range(1, 3)))))
                .expectErrorSatisfies(
                        e -> assertThat(e).isInstanceOf(ValueError.class).hasMessageContaining("co.each"))
                .verify();
    }

    @Test
    void isSubscribedWhenItIsAwaitedAndOnceForEachAwait() {
        AtomicInteger subscriptions = new AtomicInteger();
        Mono<Integer> mono = Mono.fromSupplier(subscriptions::incrementAndGet);
        StepVerifier.create(CoMono.from(Coroutine.of(co -> {
                    int before = subscriptions.get();
                    return before + " " + co.await(mono) + " " + co.await(mono);
                })))
                .expectNext("0 1 2")
                .verifyComplete();
    }

    @Test
    void neverIsCancelledWithTheBody() {
        PublisherProbe<String> never = PublisherProbe.of(Mono.never());
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(never.mono()))).subscribe(subscriber);
        never.assertWasNotCancelled();
        subscriber.cancel();
        never.assertWasCancelled();
    }

    @Test
    void isCancelledWhenTheBodyIsClosedOrRaisedInByHand() {
        for (boolean close : new boolean[] {true, false}) {
            TestPublisher<String> source = TestPublisher.create();
            Recording<String> subscriber = new Recording<>(1);
            Coroutine<String> inner = Coroutine.of(co -> co.await(source.flux()));
            CoMono.from(Coroutine.<String>of(co -> {
                        try {
                            return co.await(inner);
                        } finally {
                            log.add("outer ended");
                        }
                    }))
                    .subscribe(subscriber);
            source.assertSubscribers(1);
            if (close) {
                inner.close();
            } else {
                try {
                    inner.raise(new IllegalStateException("from outside"));
                } catch (IllegalStateException expected) {
                    log.add(expected.getMessage());
                }
            }
            source.assertCancelled();
            subscriber.cancel();
        }
        assertThat(log).containsExactly("outer ended", "from outside", "outer ended");
    }

    @Test
    void manyReadyMonosUseNoStack() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> {
                    int sum = 0;
                    for (int i = 0; i < 20_000; i++) {
                        sum += co.awaitSingle(Mono.just(1));
                    }
                    return sum;
                })))
                .expectNext(20_000)
                .verifyComplete();
    }

    @Test
    void stagesOfAnotherThreadResumeTheBodyThere() throws InterruptedException {
        Sinks.One<String> first = Sinks.one();
        Sinks.One<String> second = Sinks.one();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(first.asMono()) + co.await(second.asMono())))
                .subscribe(subscriber);
        for (Sinks.One<String> sink : List.of(first, second)) {
            Thread thread = new Thread(() -> sink.tryEmitValue("x").orThrow());
            thread.start();
            thread.join();
        }
        assertThat(subscriber.signals).containsExactly("xx", "complete");
    }

    @Test
    void cancelledFutureIsRaisedAndIsNotOurOwnCancel() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> {
                    try {
                        return co.await(future);
                    } finally {
                        log.add("clean-up");
                        co.await(Mono.empty());
                        log.add("goes on");
                    }
                }))
                .subscribe(subscriber);
        future.cancel(false);
        assertThat(subscriber.signals).singleElement().isInstanceOf(CancellationException.class);
        assertThat(log).containsExactly("clean-up", "goes on");
    }

    @Test
    void futureIsCancelledWithTheBody() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(future))).subscribe(subscriber);
        subscriber.cancel();
        assertThat(future).isCancelled();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void nullIsATypeError() {
        Mono<String> none = null;
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(none))))
                .expectError(TypeError.class)
                .verify();
    }

    @Test
    void sourceThatThrowsAtSubscribeIsRaised() {
        IllegalStateException bug = new IllegalStateException("subscribe");
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await((org.reactivestreams.Publisher<String>) s -> {
                    throw bug;
                }))))
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(bug))
                .verify();
    }

    @Test
    void cancelOfTheSourceThatThrowsDoesNotKeepTheBodyOpen() {
        Recording<String> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.<String>of(co -> {
                    try {
                        return co.await(Awaitables.<String>create(completion -> completion.onCancel(() -> {
                            throw new IllegalStateException("cancel fails");
                        })));
                    } finally {
                        log.add("closed");
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).containsExactly("closed");
    }
}
