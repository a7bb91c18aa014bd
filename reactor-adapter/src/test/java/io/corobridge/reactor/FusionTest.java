package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.StopIteration;
import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.EvenSubscriber;
import io.corobridge.testkit.Failure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** A generator as a Flux, fused and not, what fused and conditional neighbours see, and sources that need no subscription. */
@Timeout(60)
class FusionTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();

    private Flux<Integer> upTo(int last) {
        return CoFlux.fromGenerator(() -> Generator.<Integer, Void, String>of(co -> {
            try {
                for (int i = 1; i <= last; i++) {
                    co.yield(i);
                }
                return "ignored";
            } catch (GeneratorExit e) {
                log.add("exit");
                throw e;
            }
        }));
    }

    private static Flux<Integer> failing(Throwable failure) {
        return CoFlux.fromGenerator(() -> Generator.<Integer, Void, Void>of(co -> {
            co.yield(1);
            throw sneaky(failure);
        }));
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable error) throws X {
        throw (X) error;
    }

    @Test
    void generatorRunsOnDemandAndForEachSubscription() {
        StepVerifier.create(upTo(3).repeat(1)).expectNext(1, 2, 3, 1, 2, 3).verifyComplete();
        StepVerifier.create(upTo(3).hide(), 2)
                .expectNext(1, 2)
                .thenRequest(1)
                .expectNext(3)
                .thenRequest(1)
                .verifyComplete();
        assertThat(log).isEmpty();
    }

    @Test
    void generatorIsPolledWhenFused() {
        StepVerifier.create(upTo(3))
                .expectFusion(Fuseable.SYNC)
                .expectNext(1, 2, 3)
                .verifyComplete();
        StepVerifier.create(upTo(3))
                .expectFusion(Fuseable.ANY, Fuseable.SYNC)
                .expectNext(1, 2, 3)
                .verifyComplete();
        StepVerifier.create(upTo(4).map(i -> 10 * i).filter(i -> i != 20).concatMapIterable(i -> List.of(i, -i)))
                .expectNext(10, -10, 30, -30, 40, -40)
                .verifyComplete();
    }

    @Test
    void fusionThatIsAsynchronousOrCrossesAThreadBarrierIsRefused() {
        StepVerifier.create(upTo(1))
                .expectFusion(Fuseable.ASYNC, Fuseable.NONE)
                .expectNext(1)
                .verifyComplete();
        StepVerifier.create(upTo(1))
                .expectFusion(Fuseable.ANY | Fuseable.THREAD_BARRIER, Fuseable.NONE)
                .expectNext(1)
                .verifyComplete();
        StepVerifier.create(upTo(3).publishOn(Schedulers.immediate()))
                .expectNext(1, 2, 3)
                .verifyComplete();
    }

    @Test
    void errorOfAGeneratorIsTheSameInstanceFusedAndNot() {
        Failure failure = new Failure("checked");
        for (Flux<Integer> flux : List.of(
                failing(failure),
                failing(failure).hide(),
                failing(failure).map(i -> i).concatMapIterable(List::of))) {
            StepVerifier.create(flux)
                    .expectNext(1)
                    .verifyErrorSatisfies(e -> assertThat(e).isSameAs(failure));
        }
    }

    @Test
    void cancelClosesTheGenerator() {
        StepVerifier.create(upTo(3), 1).expectNext(1).thenCancel().verify();
        StepVerifier.create(upTo(3).take(2)).expectNext(1, 2).verifyComplete();
        StepVerifier.create(upTo(3).map(i -> i).take(1)).expectNext(1).verifyComplete();
        assertThat(log).containsExactly("exit", "exit", "exit");
    }

    @Test
    void loopPollsASourceThatCanBeFused() {
        Flux<Integer> fused = Flux.range(1, 3).doOnRequest(n -> log.add("request"));
        assertThat(sum(fused)).isEqualTo(6);
        assertThat(log).isEmpty();
        assertThat(sum(upTo(4).map(i -> 10 * i))).isEqualTo(100);
        assertThat(sum(Flux.range(1, 100).hide())).isEqualTo(5050);
    }

    @Test
    void errorOfAFusedSourceIsRaisedInTheLoop() {
        Failure failure = new Failure("polled");
        StepVerifier.create(CoMono.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(failing(failure))) {
                        sum += each;
                    }
                    return sum;
                })))
                .verifyErrorSatisfies(e -> assertThat(e).isSameAs(failure));
    }

    private static Integer sum(Flux<Integer> source) {
        return CoMono.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(source)) {
                        sum += each;
                    }
                    return sum;
                }))
                .block();
    }

    private static final class Even extends EvenSubscriber implements Fuseable.ConditionalSubscriber<Integer> {}

    @Test
    void elementsThatAConditionalSubscriberHasNoUseForTakeNothingOffTheDemand() {
        List<Flux<Integer>> sources = List.of(
                upTo(9),
                CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    for (int i = 1; i <= 9; i++) {
                        co.yield(i);
                    }
                })),
                Flux.range(1, 9).hide().transform(CoFlux.feed(() -> Bodies.echo(0))));
        for (Flux<Integer> source : sources) {
            new Even().assertThatOddOnesTakeNothingOffTheDemand(source);
        }
    }

    @Test
    void scalarSourceIsTakenWithoutSuspending() {
        Failure failure = new Failure("known");
        Coroutine<String> coroutine = Coroutine.of(co -> {
            String all = co.await(Mono.just("a")) + co.await(Flux.just("b")) + co.await(Mono.empty());
            try {
                co.await(Mono.error(failure));
                return "no error";
            } catch (Throwable e) {
                return all + (e == failure);
            }
        });
        // Stepped by hand: what it would suspend at would be yielded here.
        assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOfSatisfying(
                        StopIteration.class, stop -> assertThat(stop.value()).isEqualTo("abnulltrue"));
    }

    @Test
    void sourceThatCanBeCalledIsCalledWithoutASubscription() {
        Mono<Integer> callable = Mono.fromCallable(() -> {
            log.add("called");
            return 7;
        });
        Failure failure = new Failure("called");
        StepVerifier.create(CoMono.from(Coroutine.<Integer>of(co -> co.await(callable) + co.await(callable))))
                .expectNext(14)
                .verifyComplete();
        assertThat(log).containsExactly("called", "called");
        StepVerifier.create(CoMono.from(Coroutine.<Integer>of(co -> co.await(Mono.fromCallable(() -> {
                    throw failure;
                })))))
                .verifyErrorSatisfies(e -> assertThat(e).isSameAs(failure));
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await(Mono.fromRunnable(() -> log.add("ran"))))))
                .verifyComplete();
        assertThat(log).endsWith("ran");
    }
}
