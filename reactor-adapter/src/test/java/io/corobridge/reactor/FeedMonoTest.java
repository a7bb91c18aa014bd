package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.testkit.Failure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** A generator that consumes a Flux, and whose result is a Mono. */
@Timeout(60)
class FeedMonoTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final TestPublisher<Integer> source = TestPublisher.create();

    /** The average when the elements are over, null when there were none. */
    private Generator<Void, Integer, Double> average() {
        return Generator.of(co -> {
            int count = 0;
            int sum = 0;
            try {
                while (true) {
                    sum += co.yield(null);
                    count++;
                }
            } catch (GeneratorExit e) {
                log.add("exit");
                return count == 0 ? null : (double) sum / count;
            }
        });
    }

    @Test
    void resultIsTheValue() {
        StepVerifier.create(Flux.just(1, 2, 6).as(CoMono.feed(this::average)))
                .expectNext(3.0)
                .verifyComplete();
    }

    @Test
    void nullResultCompletesEmpty() {
        StepVerifier.create(Flux.<Integer>empty().as(CoMono.feed(this::average)))
                .verifyComplete();
    }

    @Test
    void whatItYieldsIsDiscarded() {
        Recording<String> subscriber = new Recording<>(1);
        Flux.just(1, 2)
                .concatWith(Mono.error(new Failure("source")))
                .as(CoMono.feed(() -> Generator.<Integer, Integer, String>of(co -> {
                    try {
                        int element = co.yield(0);
                        while (true) {
                            element = co.yield(10 * element);
                        }
                    } catch (Exception e) {
                        co.yield(-1);
                        return "not reached";
                    } finally {
                        log.add("closed");
                    }
                })))
                .subscribe(subscriber);
        assertThat(subscriber.discarded).containsExactly(10, 20, -1);
        assertThat(subscriber.signals).containsExactly("complete");
        assertThat(log).containsExactly("closed");
    }

    @Test
    void eachSubscriptionFeedsAGeneratorOfItsOwn() {
        StepVerifier.create(Flux.just(1, 2, 6).as(CoMono.feed(this::average)).repeat(1))
                .expectNext(3.0, 3.0)
                .verifyComplete();
    }

    @Test
    void errorIsRaisedInTheGeneratorAsTheSameInstance() {
        Failure failure = new Failure("source");
        StepVerifier.create(Flux.just(1).concatWith(Mono.error(failure)).as(CoMono.feed(this::average)))
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(failure))
                .verify();
    }

    @Test
    void generatorMayReturnInReplyToTheError() {
        StepVerifier.create(Flux.<Integer>error(new Failure("source"))
                        .as(CoMono.feed(() -> Generator.<Void, Integer, String>of(co -> {
                            try {
                                co.yield(null);
                                return "no error";
                            } catch (Exception e) {
                                return "caught " + e.getMessage();
                            }
                        }))))
                .expectNext("caught source")
                .verifyComplete();
    }

    @Test
    void generatorThatYieldsInReplyToTheErrorIsClosedForItsResult() {
        StepVerifier.create(Flux.<Integer>error(new Failure("source"))
                        .as(CoMono.feed(() -> Generator.<String, Integer, String>of(co -> {
                            try {
                                co.yield("first");
                                return "no error";
                            } catch (Exception e) {
                                try {
                                    co.yield("recovered");
                                } catch (GeneratorExit exit) {
                                    return "closed after the recovery";
                                }
                                return "resumed";
                            }
                        }))))
                .expectNext("closed after the recovery")
                .verifyComplete();
    }

    @Test
    void returnBeforeTheEndOfTheSourceCancelsIt() {
        Recording<Integer> subscriber = new Recording<>(1);
        source.flux()
                .as(CoMono.feed(() -> Generator.<Void, Integer, Integer>of(co -> co.yield(null))))
                .subscribe(subscriber);
        source.next(7, 8);
        assertThat(subscriber.signals).containsExactly(7, "complete");
        source.assertCancelled();
    }

    @Test
    void generatorThatReturnsBeforeItsFirstYieldNeedsNoSource() {
        Flux<Integer> never = Flux.<Integer>never().doOnSubscribe(s -> log.add("subscribed"));
        StepVerifier.create(never.as(CoMono.feed(() -> Generator.<Void, Integer, String>of(co -> "known"))))
                .expectNext("known")
                .verifyComplete();
        StepVerifier.create(never.as(CoMono.feed(() -> Generator.<Void, Integer, String>of(co -> {
                    throw new Failure("no");
                }))))
                .expectError(Failure.class)
                .verify();
        assertThat(log).isEmpty();
    }

    @Test
    void whatTheGeneratorRaisesIsTheErrorAndCancelsTheSource() {
        Failure failure = new Failure("generator");
        Recording<Integer> subscriber = new Recording<>(1);
        source.flux()
                .as(CoMono.feed(() -> Generator.<Void, Integer, Integer>of(co -> {
                    co.yield(null);
                    throw failure;
                })))
                .subscribe(subscriber);
        source.next(1);
        assertThat(subscriber.signals).containsExactly(failure);
        source.assertCancelled();
    }

    @Test
    void sourceIsRequestedWithoutBoundWhenThereIsDemand() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        Recording<Double> subscriber = new Recording<>(0);
        Flux.just(1, 2, 6)
                .doOnRequest(requests::add)
                .as(CoMono.feed(this::average))
                .subscribe(subscriber);
        assertThat(requests).isEmpty();
        subscriber.request(1);
        subscriber.request(1);
        assertThat(requests).containsExactly(Long.MAX_VALUE);
        assertThat(subscriber.signals).containsExactly(3.0, "complete");
    }

    @Test
    void resultThatNeedsNoElementsWaitsForDemand() {
        Generator<Void, Integer, String> greeting = Generator.of(co -> {
            try {
                co.yield(null);
                return "element";
            } catch (GeneratorExit e) {
                return "none";
            }
        });
        Recording<String> subscriber = new Recording<>(0);
        Flux.<Integer>empty().as(CoMono.feed(() -> greeting)).subscribe(subscriber);
        assertThat(subscriber.signals).isEmpty();
        subscriber.request(1);
        assertThat(subscriber.signals).containsExactly("none", "complete");
    }

    @Test
    void demandThatIsNotPositiveIsAnErrorCancelsTheSourceAndClosesTheGenerator() {
        Recording<Double> subscriber = new Recording<>(1);
        source.flux().as(CoMono.feed(this::average)).subscribe(subscriber);
        source.next(1);
        subscriber.request(-1);
        subscriber.request(-1);
        assertThat(subscriber.signals).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(log).containsExactly("exit");
        source.assertCancelled();
    }
}
