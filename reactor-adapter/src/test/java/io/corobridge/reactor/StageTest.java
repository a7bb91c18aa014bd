package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.corobridge.Each;
import io.corobridge.GeneratorExit;
import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.LongStep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** An operator written as the body of an async generator. */
@Timeout(60)
class StageTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final TestPublisher<Integer> source = TestPublisher.create();

    private static final CoFlux.Stage<Integer, Integer> PAIRS = Bodies::sumPairs;

    /** Has a body read the source. */
    private Recording<Integer> stage(CoFlux.Stage<Integer, Integer> body) {
        Recording<Integer> subscriber = Recording.unbounded();
        source.flux().transform(CoFlux.stage(body)).subscribe(subscriber);
        return subscriber;
    }

    @Test
    void bodyReadsTheSourceAndYieldsDownstream() {
        StepVerifier.create(Flux.range(1, 5).transform(CoFlux.stage(PAIRS)))
                .expectNext(3, 7, 5)
                .verifyComplete();
        StepVerifier.create(Flux.<Integer>empty().transform(CoFlux.stage(PAIRS)))
                .verifyComplete();
    }

    @Test
    void eachSubscriptionRunsTheBodyAnew() {
        AtomicInteger runs = new AtomicInteger();
        Flux<Integer> flux = Flux.just(1, 2).transform(CoFlux.stage((co, source) -> {
            int run = runs.incrementAndGet();
            for (int each : co.each(source)) {
                co.yield(10 * run + each);
            }
            if (run == 1) {
                throw new Failure("first run");
            }
        }));
        assertThat(runs).hasValue(0);
        StepVerifier.create(flux.retry(1)).expectNext(11, 12, 21, 22).verifyComplete();
    }

    @Test
    void demandResumesTheBodyAndTheSourceIsReadAheadByThePrefetch() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        Flux<Integer> flux = Flux.range(1, 100)
                .hide()
                .doOnRequest(requests::add)
                .transform(CoFlux.stage(4, PAIRS))
                .doOnNext(log::add);
        StepVerifier.create(flux, 0)
                .expectSubscription()
                .then(() -> assertThat(requests).isEmpty())
                .thenRequest(1)
                .expectNext(3)
                .then(() -> assertThat(requests).containsExactly(4L))
                .thenRequest(1)
                .expectNext(7)
                .then(() -> assertThat(requests).containsExactly(4L, 3L))
                .thenCancel()
                .verify();
        assertThat(log).containsExactly(3, 7);
        assertThat(((Flux<?>) Flux.range(1, 2).transform(CoFlux.stage(4, PAIRS))).getPrefetch())
                .isEqualTo(4);
    }

    @Test
    void contextOfTheSubscriberReachesTheSource() {
        Flux<String> flux = Flux.deferContextual(context -> Flux.just(context.<String>get("user"), "2"))
                .transform(CoFlux.<String, String>stage((co, source) -> {
                    for (String each : co.each(source)) {
                        co.yield(each);
                    }
                }))
                .contextWrite(context -> context.put("user", "ada"));
        StepVerifier.create(flux).expectNext("ada", "2").verifyComplete();
    }

    @Test
    void errorOfTheSourceIsRaisedAtTheLoopAndMayBeCaught() {
        Failure failure = new Failure("source");
        Flux<String> flux = Flux.just(1).concatWith(Mono.error(failure)).transform(CoFlux.stage((co, source) -> {
            try {
                for (int each : co.each(source)) {
                    co.yield("got " + each);
                }
            } catch (Exception e) {
                co.yield("recovered from the same: " + (e == failure));
                co.yield("and goes on");
            }
        }));
        StepVerifier.create(flux)
                .expectNext("got 1", "recovered from the same: true", "and goes on")
                .verifyComplete();
        StepVerifier.create(Flux.<Integer>error(failure).transform(CoFlux.stage(PAIRS)))
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(failure).hasNoCause())
                .verify();
    }

    @Test
    void whatTheBodyRaisesIsTheErrorAndCancelsTheSource() {
        Failure failure = new Failure("body");
        Recording<Integer> subscriber = stage((co, elements) -> {
            for (int each : co.each(elements)) {
                throw failure;
            }
        });
        source.next(1);
        assertThat(subscriber.signals).containsExactly(failure);
        source.assertCancelled();
    }

    @Test
    void returnBeforeTheEndOfTheSourceCancelsIt() {
        Recording<Integer> subscriber = stage((co, elements) -> {
            for (int each : co.each(elements)) {
                co.yield(each);
                return;
            }
        });
        source.next(1);
        assertThat(subscriber.signals).containsExactly(1, "complete");
        source.assertCancelled();
    }

    @Test
    void cancelClosesTheBodyAndThenTheSource() {
        Sinks.One<String> returned = Sinks.one();
        Recording<Integer> subscriber = Recording.unbounded();
        Flux.<Integer>never()
                .doOnCancel(() -> log.add("source cancelled"))
                .transform(CoFlux.<Integer, Integer>stage((co, source) -> {
                    try {
                        for (int each : co.each(source)) {
                            co.yield(each);
                        }
                    } catch (GeneratorExit e) {
                        log.add("exit");
                        co.await(returned.asMono());
                        log.add("cleaned up");
                        throw e;
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        returned.tryEmitEmpty().orThrow();
        assertThat(log).containsExactly("exit", "cleaned up", "source cancelled");
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void cancelAtTheYieldClosesTheBodyThereAndDiscardsWhatWasFetched() {
        Recording<Integer> subscriber = new Recording<>(1);
        Flux.range(1, 10)
                .hide()
                .doOnCancel(() -> log.add("source cancelled"))
                .transform(CoFlux.<Integer, Integer>stage(4, (co, source) -> {
                    try {
                        for (int each : co.each(source)) {
                            co.yield(each);
                        }
                    } finally {
                        log.add("exit");
                    }
                }))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).containsExactly("exit", "source cancelled");
        assertThat(subscriber.signals).containsExactly(1);
        assertThat(subscriber.discarded).containsExactly(2, 3, 4);
    }

    @Test
    void cancelBeforeDemandNeverSubscribesToTheSource() {
        Recording<Integer> subscriber = new Recording<>(0);
        Flux.range(1, 10)
                .doOnSubscribe(s -> log.add("subscribed"))
                .transform(CoFlux.stage(PAIRS))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).isEmpty();
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void cancelDuringAStepOnTheThreadOfTheSource() throws InterruptedException {
        LongStep step = new LongStep();
        Recording<Integer> subscriber = Recording.unbounded();
        source.flux()
                .transform(CoFlux.<Integer, Integer>stage(4, (co, elements) -> {
                    try {
                        for (int each : co.each(elements)) {
                            step.stand();
                            co.yield(each);
                        }
                    } finally {
                        log.add("exit");
                    }
                }))
                .subscribe(subscriber);
        step.run(() -> source.next(1), subscriber::cancel);
        source.assertCancelled();
        assertThat(log).containsExactly("exit");
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(1);
    }

    @Test
    void bodyMayLeaveTheSourceAndReadItAgain() {
        AtomicInteger subscriptions = new AtomicInteger();
        Flux<Integer> flux = Flux.defer(() -> Flux.range(10 * subscriptions.incrementAndGet(), 5))
                .transform(CoFlux.stage((co, source) -> {
                    for (int i = 0; i < 2; i++) {
                        try (Each<Integer> each = co.each(source)) {
                            co.yield(each.next());
                        }
                    }
                }));
        StepVerifier.create(flux).expectNext(10, 20).verifyComplete();
    }

    @Test
    void nullElementIsAnErrorAndCancelsTheSource() {
        Recording<Integer> subscriber = stage((co, elements) -> {
            for (int each : co.each(elements)) {
                co.yield(null);
            }
        });
        source.next(1);
        assertThat(subscriber.signals).singleElement().isInstanceOf(NullPointerException.class);
        source.assertCancelled();
    }

    @Test
    void badArgumentsAreRefusedWhenTheOperatorIsMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> CoFlux.stage(0, PAIRS));
        assertThatNullPointerException().isThrownBy(() -> CoFlux.stage(null));
    }

    @Test
    void operatorKnowsItsSource() {
        Flux<Integer> range = Flux.range(1, 2);
        Scannable stage = Scannable.from(range.transform(CoFlux.stage(PAIRS)));
        assertThat(stage.scan(Scannable.Attr.PARENT)).isSameAs(range);
    }
}
