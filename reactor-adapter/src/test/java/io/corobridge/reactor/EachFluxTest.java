package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Coroutine;
import io.corobridge.Each;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** A Flux that a body loops over: prefetch, how the loop ends, and what becomes of the subscription. */
@Timeout(60)
class EachFluxTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();

    private static Coroutine<List<Integer>> collect(Publisher<Integer> source) {
        return Coroutine.of(co -> {
            List<Integer> list = new ArrayList<>();
            for (int each : co.each(source)) {
                list.add(each);
            }
            return list;
        });
    }

    @Test
    void loopGetsEveryElementInOrder() {
        StepVerifier.create(CoMono.from(collect(Flux.range(0, 1_000))))
                .expectNext(IntStream.range(0, 1_000).boxed().toList())
                .verifyComplete();
        StepVerifier.create(CoMono.from(collect(Flux.empty())))
                .expectNext(List.of())
                .verifyComplete();
    }

    @Test
    void loopWaitsForElementsOfAnotherThread() throws InterruptedException {
        Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
        Recording<List<Integer>> subscriber = new Recording<>(1);
        CoMono.from(collect(sink.asFlux())).subscribe(subscriber);
        Thread emits = new Thread(() -> {
            sink.tryEmitNext(1).orThrow();
            sink.tryEmitNext(2).orThrow();
            sink.tryEmitComplete().orThrow();
        });
        emits.start();
        emits.join();
        assertThat(subscriber.signals).containsExactly(List.of(1, 2), "complete");
    }

    @Test
    void prefetchIsRequestedAtOnceAndRefilledAtThreeQuarters() {
        TestPublisher<Integer> source = TestPublisher.create();
        List<Long> requests = new CopyOnWriteArrayList<>();
        Flux<Integer> flux = source.flux().doOnRequest(requests::add);
        CoMono.from(Coroutine.ofVoid(co -> {
                    for (int each : co.each(flux, 8)) {
                        log.add(each);
                    }
                }))
                .subscribe(new Recording<>(1));
        assertThat(requests).containsExactly(8L);
        for (int i = 1; i <= 5; i++) {
            source.next(i);
        }
        assertThat(requests).containsExactly(8L);
        source.next(6);
        assertThat(requests).containsExactly(8L, 6L);
        for (int i = 7; i <= 12; i++) {
            source.next(i);
        }
        assertThat(requests).containsExactly(8L, 6L, 6L);
        assertThat(log).hasSize(12);
    }

    @Test
    void prefetchIsSixtyFourWhenNotGivenAndMayBeOneOrUnbounded() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        Flux<Integer> never = Flux.<Integer>never().doOnRequest(requests::add);
        for (int prefetch : new int[] {64, 1, Integer.MAX_VALUE}) {
            CoMono.from(Coroutine.ofVoid(co -> {
                        Each<Integer> each = prefetch == 64 ? co.each(never) : co.each(never, prefetch);
                        log.add(each.hasNext());
                    }))
                    .subscribe();
        }
        assertThat(requests).containsExactly(64L, 1L, Long.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> CoFlux.toAsyncIterable(never, 0, Context.empty()));
    }

    @Test
    void prefetchOfOneRequestsOneByOne() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        StepVerifier.create(CoMono.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(Flux.range(1, 3).hide().doOnRequest(requests::add), 1)) {
                        sum += each;
                    }
                    return sum;
                })))
                .expectNext(6)
                .verifyComplete();
        // The source completes with its third element.
        assertThat(requests).containsExactly(1L, 1L, 1L);
    }

    @Test
    void errorIsRaisedInTheLoopAfterTheElementsAsTheSameInstance() {
        Failure failure = new Failure("no");
        StepVerifier.create(CoMono.from(Coroutine.<String>of(co -> {
                    int sum = 0;
                    try {
                        for (int each : co.each(Flux.just(1, 2).concatWith(Mono.error(failure)))) {
                            sum += each;
                        }
                        return "no error";
                    } catch (Throwable e) {
                        return sum + " and the same: " + (e == failure);
                    }
                })))
                .expectNext("3 and the same: true")
                .verifyComplete();
    }

    @Test
    void cancellationExceptionOfTheSourceIsAnErrorLikeAnyOther() {
        CancellationException cancelled = new CancellationException("the source's");
        StepVerifier.create(CoMono.from(collect(Flux.error(cancelled))))
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(cancelled))
                .verify();
    }

    @Test
    void closingTheLoopCancelsTheSubscription() {
        TestPublisher<Integer> source = TestPublisher.create();
        Sinks.One<String> later = Sinks.one();
        CoMono.from(Coroutine.ofVoid(co -> {
                    try (Each<Integer> each = co.each(source.flux())) {
                        for (int element : each) {
                            log.add(element);
                            break;
                        }
                    }
                    log.add("left");
                    co.await(later.asMono());
                }))
                .subscribe();
        source.assertNotCancelled();
        source.next(1);
        source.assertCancelled();
        assertThat(log).containsExactly(1, "left");
    }

    @Test
    void breakLeavesTheSubscriptionOpenUntilTheBodyEnds() {
        TestPublisher<Integer> source = TestPublisher.create();
        Sinks.One<String> later = Sinks.one();
        CoMono.from(Coroutine.ofVoid(co -> {
                    for (int element : co.each(source.flux())) {
                        log.add(element);
                        break;
                    }
                    co.await(later.asMono());
                    log.add("ends");
                }))
                .subscribe();
        source.next(1);
        source.assertNotCancelled();
        later.tryEmitEmpty().orThrow();
        source.assertCancelled();
        assertThat(log).containsExactly(1, "ends");
    }

    @Test
    void cancelOfTheBodyCancelsTheSubscriptionAfterItsCleanUp() {
        Sinks.One<String> returned = Sinks.one();
        Recording<Object> subscriber = new Recording<>(1);
        Flux<Integer> source = Flux.<Integer>never().doOnCancel(() -> log.add("source cancelled"));
        CoMono.from(Coroutine.ofVoid(co -> {
                    try {
                        for (int element : co.each(source)) {
                            log.add(element);
                        }
                    } finally {
                        log.add("exit");
                        co.await(returned.asMono());
                        log.add("cleaned up");
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        returned.tryEmitEmpty().orThrow();
        assertThat(log).containsExactly("exit", "cleaned up", "source cancelled");
    }

    @Test
    void raisingBodyCancelsTheSubscription() {
        TestPublisher<Integer> source = TestPublisher.create();
        Failure failure = new Failure("body");
        Recording<Object> subscriber = new Recording<>(1);
        CoMono.from(Coroutine.ofVoid(co -> {
                    for (int element : co.each(source.flux())) {
                        throw failure;
                    }
                }))
                .subscribe(subscriber);
        source.next(1);
        source.assertCancelled();
        assertThat(subscriber.signals).containsExactly(failure);
    }

    @Test
    void loopInAnAsyncGeneratorPassesDemandOn() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        Flux<Integer> source = Flux.range(1, 100).hide().doOnRequest(requests::add);
        Flux<Integer> doubled = CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            for (int each : co.each(source, 4)) {
                log.add(each);
                co.yield(2 * each);
            }
        }));
        StepVerifier.create(doubled, 2)
                .expectNext(2, 4)
                .then(() -> assertThat(log).containsExactly(1, 2))
                .then(() -> assertThat(requests).containsExactly(4L))
                .thenRequest(1)
                .expectNext(6)
                .then(() -> assertThat(requests).containsExactly(4L, 3L))
                .thenCancel()
                .verify();
    }

    @Test
    void eachIterationSubscribesAnew() {
        AsyncIterable<Integer> iterable = CoFlux.toAsyncIterable(Flux.defer(() -> {
            log.add("subscribed");
            return Flux.just(1, 2);
        }));
        assertThat(log).isEmpty();
        StepVerifier.create(CoMono.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(iterable)) {
                        sum += each;
                    }
                    for (int each : co.each(iterable)) {
                        sum += each;
                    }
                    return sum;
                })))
                .expectNext(6)
                .verifyComplete();
        assertThat(log).containsExactly("subscribed", "subscribed");
    }

    @Test
    void elementsFetchedAndNotConsumedGoToTheDiscardHook() {
        Consumer<Object> discard = element -> log.add("discarded " + element);
        AsyncIterable<Integer> iterable =
                CoFlux.toAsyncIterable(Flux.range(1, 100).hide(), 4, Context.of("reactor.onDiscard.local", discard));
        StepVerifier.create(CoMono.from(Coroutine.<Integer>of(co -> {
                    try (Each<Integer> each = co.each(iterable)) {
                        return each.next();
                    }
                })))
                .expectNext(1)
                .verifyComplete();
        assertThat(log).containsExactly("discarded 2", "discarded 3", "discarded 4");
    }

    @Test
    void elementsThatArriveAfterTheCloseGoToTheDiscardHookAndErrorsToTheDroppedHook() {
        Consumer<Object> discard = element -> log.add("discarded " + element);
        Consumer<Throwable> drop = error -> log.add("dropped " + error.getMessage());
        Context context = Context.of("reactor.onDiscard.local", discard, "reactor.onErrorDropped.local", drop);
        TestPublisher<Integer> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        AsyncIterable<Integer> iterable = CoFlux.toAsyncIterable(source.flux(), 4, context);
        CoMono.from(Coroutine.ofVoid(co -> co.each(iterable).close())).subscribe();
        source.assertCancelled();
        source.next(1);
        source.error(new Failure("late"));
        assertThat(log).containsExactly("discarded 1", "dropped late");
    }

    @Test
    void contextThatIsGivenReachesTheSource() {
        Flux<Integer> source = Flux.deferContextual(context -> Flux.just(context.<Integer>get("start"), 2));
        AsyncIterable<Integer> iterable = CoFlux.toAsyncIterable(source, 4, Context.of("start", 1));
        StepVerifier.create(CoFlux.from(iterable)).expectNext(1, 2).verifyComplete();
    }

    @Test
    void secondStepWhileOneWaitsIsAnError() {
        AsyncIterator<Integer> iterator =
                CoFlux.<Integer>toAsyncIterable(Flux.never()).aiter();
        Recording<Integer> first = new Recording<>(1);
        Recording<Integer> second = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(iterator.anext()))).subscribe(first);
        CoMono.from(Coroutine.of(co -> co.await(iterator.anext()))).subscribe(second);
        assertThat(second.signals)
                .singleElement()
                .isInstanceOfSatisfying(RuntimeError.class, e -> assertThat(e).hasMessageContaining("already waiting"));
        assertThat(first.signals).isEmpty();
    }

    @Test
    void stepThatIsGivenUpLeavesTheElementForTheNext() {
        Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
        AsyncIterator<Integer> iterator = CoFlux.toAsyncIterable(sink.asFlux()).aiter();
        Recording<Integer> first = new Recording<>(1);
        CoMono.from(Coroutine.of(co -> co.await(iterator.anext()))).subscribe(first);
        first.cancel();
        sink.tryEmitNext(1).orThrow();
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(iterator.anext()))))
                .expectNext(1)
                .verifyComplete();
        assertThat(first.signals).isEmpty();
        assertThat(first.discarded).isEmpty();
    }
}
