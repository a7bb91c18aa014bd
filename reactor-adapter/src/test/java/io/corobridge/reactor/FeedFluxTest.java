package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.Generators;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** An operator written as a generator: send for each element, raise for the error, close for the completion. */
@Timeout(60)
class FeedFluxTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final TestPublisher<Integer> source = TestPublisher.create();

    /** Running totals; answers an error with -1, and returns the last total. */
    private Generator<Integer, Integer, Integer> totals() {
        return Generator.of(co -> {
            int total = 0;
            try {
                int element = co.yield(0);
                while (true) {
                    total += element;
                    try {
                        element = co.yield(total);
                    } catch (IllegalStateException e) {
                        log.add(e);
                        co.yield(-1);
                    }
                }
            } catch (GeneratorExit e) {
                log.add("exit");
                return total;
            }
        });
    }

    /** Has a generator fed with the source. */
    private <R> Recording<Integer> feed(long demand, Supplier<Generator<Integer, Integer, R>> function) {
        Recording<Integer> subscriber = new Recording<>(demand);
        source.flux().transform(CoFlux.feed(function)).subscribe(subscriber);
        return subscriber;
    }

    @Test
    void eachElementIsSentAndTheReplyGoesDownstream() {
        StepVerifier.create(Flux.just(1, 2, 3).transform(CoFlux.feed(this::totals)))
                .expectNext(1, 3, 6)
                .verifyComplete();
        assertThat(log).containsExactly("exit");
    }

    @Test
    void completionClosesTheGeneratorAndItsResultHasAnAccessor() {
        StepVerifier.create(
                        Flux.just(1, 2).transform(CoFlux.feed(this::totals, result -> log.add("returned " + result))))
                .expectNext(1, 3)
                .expectComplete()
                .verify();
        assertThat(log).containsExactly("exit", "returned 3");
        log.clear();
        StepVerifier.create(Flux.<Integer>empty()
                        .transform(CoFlux.feed(this::totals, result -> log.add("returned " + result))))
                .verifyComplete();
        assertThat(log).containsExactly("exit", "returned 0");
    }

    @Test
    void accessorThatThrowsIsAnError() {
        IllegalArgumentException bug = new IllegalArgumentException("accessor");
        StepVerifier.create(Flux.just(1).transform(CoFlux.feed(this::totals, result -> {
                    throw bug;
                })))
                .expectNext(1)
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(bug))
                .verify();
    }

    @Test
    void eachSubscriptionFeedsAGeneratorOfItsOwnFromItsFirstYield() {
        AtomicInteger made = new AtomicInteger();
        Flux<Integer> flux = Flux.just(1, 2).transform(CoFlux.feed(() -> {
            made.incrementAndGet();
            return totals();
        }));
        assertThat(made).hasValue(0);
        StepVerifier.create(flux.repeat(1)).expectNext(1, 3, 1, 3).verifyComplete();
        assertThat(made).hasValue(2);
    }

    @Test
    void generatorMayBePrimedAlready() {
        Supplier<Generator<Integer, Integer, Integer>> primed = Generators.primed(this::totals);
        StepVerifier.create(Flux.just(1, 2).transform(CoFlux.feed(primed)))
                .expectNext(1, 3)
                .verifyComplete();
    }

    @Test
    void errorIsRaisedInTheGeneratorAsTheSameInstance() {
        Failure failure = new Failure("source");
        StepVerifier.create(Flux.just(1)
                        .concatWith(Mono.error(failure))
                        .transform(CoFlux.feed(this::totals, result -> log.add("returned " + result))))
                .expectNext(1)
                .expectErrorSatisfies(e -> assertThat(e).isSameAs(failure).hasNoCause())
                .verifyThenAssertThat()
                .hasNotDroppedErrors();
        assertThat(log).isEmpty();
    }

    @Test
    void generatorMayReturnInReplyToTheError() {
        StepVerifier.create(Flux.just(1)
                        .concatWith(Mono.error(new Failure("source")))
                        .transform(CoFlux.feed(
                                () -> Generator.<Integer, Integer, String>of(co -> {
                                    try {
                                        co.yield(co.yield(0));
                                        return "no error";
                                    } catch (Exception e) {
                                        return "caught " + e.getMessage();
                                    }
                                }),
                                log::add)))
                .expectNext(1)
                .verifyComplete();
        assertThat(log).containsExactly("caught source");
    }

    @Test
    void yieldInReplyToTheErrorIsTheLastElement() {
        IllegalStateException failure = new IllegalStateException("source");
        StepVerifier.create(Flux.just(1)
                        .concatWith(Mono.error(failure))
                        .transform(CoFlux.feed(this::totals, result -> log.add("returned " + result))))
                .expectNext(1, -1)
                .verifyComplete();
        assertThat(log).containsExactly(failure, "exit", "returned 1");
    }

    @Test
    void nullElementIsRaisedInTheGeneratorAndThrownAtThePublisher() {
        TestPublisher<Integer> broken = TestPublisher.createNoncompliant(TestPublisher.Violation.ALLOW_NULL);
        Recording<Integer> subscriber = new Recording<>(9);
        broken.flux().transform(CoFlux.feed(this::totals)).subscribe(subscriber);
        broken.next(1);
        assertThatThrownBy(() -> broken.next((Integer) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("onNext(null)");
        assertThat(subscriber.signals).hasSize(2).startsWith(1).last().isInstanceOf(NullPointerException.class);
        broken.assertCancelled();
    }

    @Test
    void lastElementAfterTheErrorWaitsForDemand() {
        Recording<Integer> subscriber = feed(1, this::totals);
        source.next(1);
        source.error(new IllegalStateException("source"));
        assertThat(subscriber.signals).containsExactly(1);
        subscriber.request(1);
        assertThat(subscriber.signals).containsExactly(1, -1, "complete");
    }

    @Test
    void lastElementThatWaitsIsDiscardedByACancel() {
        Recording<Integer> subscriber = feed(1, this::totals);
        source.next(1);
        source.error(new IllegalStateException("source"));
        subscriber.cancel();
        subscriber.request(1);
        assertThat(subscriber.signals).containsExactly(1);
        assertThat(subscriber.discarded).containsExactly(-1);
    }

    @Test
    void cleanUpThatRaisesAfterTheRecoveryIsTheErrorAndTheReplyIsDiscarded() {
        Failure failure = new Failure("clean-up");
        Recording<Integer> subscriber = Recording.unbounded();
        Flux.<Integer>error(new Failure("source"))
                .transform(CoFlux.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    try {
                        co.yield(0);
                        return null;
                    } catch (Exception e) {
                        try {
                            co.yield(7);
                            return null;
                        } finally {
                            fail(failure);
                        }
                    }
                })))
                .subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly(failure);
        assertThat(subscriber.discarded).containsExactly(7);
    }

    private static void fail(Failure failure) throws Failure {
        throw failure;
    }

    @Test
    void whatTheGeneratorRaisesIsTheErrorAndCancelsTheSource() {
        Failure failure = new Failure("generator");
        Recording<Integer> subscriber = feed(
                Long.MAX_VALUE,
                () -> Generator.<Integer, Integer, Void>of(co -> {
                    co.yield(0);
                    throw failure;
                }));
        source.next(1);
        assertThat(subscriber.signals).containsExactly(failure);
        source.assertCancelled();
    }

    @Test
    void returnBeforeTheEndOfTheSourceCompletesAndCancelsIt() {
        Recording<Integer> subscriber = Recording.unbounded();
        source.flux()
                .transform(CoFlux.feed(
                        () -> Generator.<Integer, Integer, String>of(co -> {
                            co.yield(co.yield(0));
                            return "enough";
                        }),
                        log::add))
                .subscribe(subscriber);
        source.next(1, 2);
        assertThat(subscriber.signals).containsExactly(1, "complete");
        assertThat(log).containsExactly("enough");
        source.assertCancelled();
    }

    @Test
    void generatorThatReturnsBeforeItsFirstYieldNeedsNoSource() {
        Flux<Integer> never = Flux.<Integer>never().doOnSubscribe(s -> log.add("subscribed"));
        StepVerifier.create(never.transform(
                        CoFlux.feed(() -> Generator.<Integer, Integer, String>of(co -> "nothing to do"), log::add)))
                .verifyComplete();
        assertThat(log).containsExactly("nothing to do");
    }

    @Test
    void functionThatFailsIsAnErrorWithoutASubscription() {
        IllegalArgumentException bug = new IllegalArgumentException("function");
        Flux<Integer> never = Flux.<Integer>never().doOnSubscribe(s -> log.add("subscribed"));
        Supplier<Generator<Integer, Integer, Void>> throwing = () -> {
            throw bug;
        };
        Supplier<Generator<Integer, Integer, Void>> raising = () -> Generator.of(co -> {
            throw bug;
        });
        for (Supplier<Generator<Integer, Integer, Void>> function : List.of(throwing, raising)) {
            StepVerifier.create(never.transform(CoFlux.feed(function)))
                    .expectErrorSatisfies(e -> assertThat(e).isSameAs(bug))
                    .verify();
        }
        StepVerifier.create(never.transform(CoFlux.<Integer, Integer>feed(() -> null)))
                .expectErrorMessage("the function returned null instead of a generator")
                .verify();
        assertThat(log).isEmpty();
    }

    @Test
    void generatorThatHasEndedIsAnErrorNotAnEmptyResult() {
        Generator<Integer, Integer, Integer> one = totals();
        Flux<Integer> flux = Flux.just(1).transform(CoFlux.feed(() -> one));
        StepVerifier.create(flux).expectNext(1).verifyComplete();
        StepVerifier.create(flux).expectError(RuntimeError.class).verify();
    }

    @Test
    void nullReplyIsAnErrorThatNamesTheRuleAndClosesTheGenerator() {
        Recording<Integer> subscriber = feed(
                Long.MAX_VALUE,
                () -> Generator.<Integer, Integer, Void>of(co -> {
                    try {
                        co.yield(0);
                        co.yield(null);
                    } finally {
                        log.add("closed");
                    }
                    return null;
                }));
        source.next(1);
        assertThat(subscriber.signals)
                .singleElement()
                .isInstanceOfSatisfying(
                        NullPointerException.class, e -> assertThat(e).hasMessageContaining("§2.13"));
        assertThat(log).containsExactly("closed");
        source.assertCancelled();
    }

    @Test
    void generatorThatYieldsInReplyToTheCompletionIsAnError() {
        StepVerifier.create(Flux.just(1)
                        .transform(CoFlux.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                            while (true) {
                                try {
                                    co.yield(1);
                                } catch (GeneratorExit e) {
                                    log.add("ignored");
                                    co.yield(2);
                                    return null;
                                }
                            }
                        }))))
                .expectNext(1)
                .expectErrorSatisfies(e ->
                        assertThat(e).isInstanceOf(RuntimeError.class).hasMessage("generator ignored GeneratorExit"))
                .verify();
    }

    @Test
    void demandGoesToTheSourceAsItIs() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        Recording<Integer> subscriber = new Recording<>(2);
        Flux.range(1, 10)
                .doOnRequest(requests::add)
                .transform(CoFlux.feed(this::totals))
                .subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly(1, 3);
        subscriber.request(1);
        assertThat(subscriber.signals).containsExactly(1, 3, 6);
        assertThat(requests).containsExactly(2L, 1L);
    }

    @Test
    void demandFromInsideOnNextIsMet() {
        Recording<Integer> subscriber = new Recording<>(1) {
            @Override
            public void onNext(Integer element) {
                request(1);
                super.onNext(element);
            }
        };
        Flux.range(1, 4).transform(CoFlux.feed(this::totals)).subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly(1, 3, 6, 10, "complete");
    }

    @Test
    void demandThatIsNotPositiveIsAnErrorCancelsTheSourceAndClosesTheGenerator() {
        Recording<Integer> subscriber = feed(2, this::totals);
        source.next(1);
        subscriber.request(0);
        subscriber.request(-1);
        source.next(2);
        assertThat(subscriber.signals).hasSize(2).startsWith(1);
        assertThat(subscriber.signals.get(1))
                .isInstanceOfSatisfying(
                        IllegalArgumentException.class, e -> assertThat(e).hasMessageContaining("3.9"));
        source.assertCancelled();
        assertThat(log).containsExactly("exit");
    }

    @Test
    void demandThatIsNotPositiveInsideOnNextIsSignalledAfterIt() {
        Recording<Integer> subscriber = new Recording<>(5) {
            @Override
            public void onNext(Integer element) {
                request(-1);
                super.onNext(element);
            }
        };
        Flux.range(1, 4).transform(CoFlux.feed(this::totals)).subscribe(subscriber);
        assertThat(subscriber.signals).hasSize(2).startsWith(1);
        assertThat(subscriber.signals.get(1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(log).containsExactly("exit");
    }

    @Test
    void signalsAfterTheEndGoToTheHooks() {
        TestPublisher<Integer> broken = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(broken.flux().transform(CoFlux.feed(this::totals)))
                .then(broken::complete)
                .then(() -> broken.next(1))
                .then(() -> broken.error(new Failure("late")))
                .then(broken::complete)
                .expectComplete()
                .verifyThenAssertThat()
                .hasDropped(1)
                .hasDroppedErrorWithMessage("late");
    }

    @Test
    void errorOfTheSubscriberClosesTheGeneratorAndGoesToTheDroppedHook() {
        IllegalArgumentException bug = new IllegalArgumentException("the subscriber's");
        Recording<Integer> subscriber = Recording.throwing(5, bug);
        source.flux().transform(CoFlux.feed(this::totals)).subscribe(subscriber);
        source.next(1);
        assertThat(subscriber.signals).containsExactly(1);
        assertThat(subscriber.dropped).containsExactly(bug);
        assertThat(log).containsExactly("exit");
        source.assertCancelled();
    }

    @Test
    void fatalErrorOfTheGeneratorIsThrownWhenTheSourceIsCancelled() {
        LinkageError fatal = new NoClassDefFoundError("test");
        Recording<Integer> subscriber = feed(
                Long.MAX_VALUE,
                () -> Generator.<Integer, Integer, Void>of(co -> {
                    co.yield(0);
                    throw fatal;
                }));
        assertThat(catchThrowable(() -> source.next(1))).isSameAs(fatal);
        source.assertCancelled();
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void fatalErrorOfTheSubscriberIsThrownWhenTheGeneratorIsClosed() {
        LinkageError fatal = new NoClassDefFoundError("test");
        Recording<Integer> subscriber = new Recording<>(5) {
            @Override
            public void onNext(Integer element) {
                throw fatal;
            }
        };
        source.flux().transform(CoFlux.feed(this::totals)).subscribe(subscriber);
        assertThat(catchThrowable(() -> source.next(1))).isSameAs(fatal);
        source.assertCancelled();
        assertThat(log).containsExactly("exit");
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void operatorKnowsItsSource() {
        Flux<Integer> range = Flux.range(1, 2);
        Scannable feed = Scannable.from(range.transform(CoFlux.feed(this::totals)));
        assertThat(feed.scan(Scannable.Attr.PARENT)).isSameAs(range);
    }
}
