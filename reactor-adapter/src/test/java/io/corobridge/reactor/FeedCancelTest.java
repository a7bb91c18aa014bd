package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.GeneratorState;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.LongStep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Cancelling a generator that is fed, at each point of its life and from other threads. */
@Timeout(60)
class FeedCancelTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();
    private final LongStep step = new LongStep();
    private final TestPublisher<Integer> source = TestPublisher.create();
    private final Recording<Integer> subscriber = Recording.unbounded();

    private Generator<Integer, Integer, String> echo() {
        return Generator.of(co -> {
            try {
                int element = co.yield(0);
                while (true) {
                    element = co.yield(element);
                }
            } finally {
                log.add("closed");
            }
        });
    }

    /** Stands in its first step until the test lets it go on. */
    private Generator<Integer, Integer, String> slow(Reply reply) {
        return Generator.of(co -> {
            try {
                int element = co.yield(0);
                step.stand();
                Integer replied = reply.to(element);
                if (replied == null) {
                    return "result";
                }
                co.yield(replied);
                return "resumed";
            } finally {
                log.add("closed");
            }
        });
    }

    private interface Reply {
        Integer to(int element) throws Exception;
    }

    /** Feeds one element on another thread and cancels while the generator works on it. */
    private void cancelDuringTheStep(Reply reply) throws InterruptedException {
        source.flux().transform(CoFlux.feed(() -> slow(reply), log::add)).subscribe(subscriber);
        step.run(() -> source.next(1), () -> {
            subscriber.cancel();
            source.assertCancelled();
            assertThat(log).isEmpty();
        });
        assertThat(log).containsExactly("closed");
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void betweenElementsClosesTheGeneratorAndCancelsTheSource() {
        source.flux().transform(CoFlux.feed(this::echo, log::add)).subscribe(subscriber);
        source.next(1);
        subscriber.cancel();
        subscriber.cancel();
        assertThat(log).containsExactly("closed");
        assertThat(subscriber.signals).containsExactly(1);
        assertThat(subscriber.dropped).isEmpty();
        source.assertCancelled();
    }

    @Test
    void beforeTheFirstElementClosesThePrimedGenerator() {
        source.flux().transform(CoFlux.feed(this::echo)).subscribe(subscriber);
        subscriber.cancel();
        assertThat(log).containsExactly("closed");
        source.assertCancelled();
    }

    @Test
    void inOnSubscribeClosesTheGenerator() {
        Generator<Integer, Integer, String> generator = echo();
        Recording<Integer> impatient = Recording.impatient();
        Flux.just(1, 2).transform(CoFlux.feed(() -> generator)).subscribe(impatient);
        assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
        assertThat(impatient.signals).isEmpty();
    }

    @Test
    void insideOnNextClosesTheGenerator() {
        StepVerifier.create(Flux.range(1, 10).transform(CoFlux.feed(this::echo)).take(2))
                .expectNext(1, 2)
                .verifyComplete();
        assertThat(log).containsExactly("closed");
    }

    @Test
    void duringAStepDiscardsItsReplyAndThenClosesTheGenerator() throws InterruptedException {
        cancelDuringTheStep(element -> 10 * element);
        assertThat(subscriber.discarded).containsExactly(10);
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void duringAStepThatReturnsDiscardsTheResult() throws InterruptedException {
        cancelDuringTheStep(element -> null);
        assertThat(subscriber.discarded).containsExactly("result");
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void duringAStepThatRaisesDropsTheError() throws InterruptedException {
        Failure failure = new Failure("too late");
        cancelDuringTheStep(element -> {
            throw failure;
        });
        assertThat(subscriber.discarded).isEmpty();
        assertThat(subscriber.dropped).containsExactly(failure);
    }

    @Test
    void duringTheStepOfTheSourcesErrorDiscardsTheRecovery() throws InterruptedException {
        source.flux()
                .transform(CoFlux.feed(
                        () -> Generator.<Integer, Integer, String>of(co -> {
                            try {
                                co.yield(0);
                            } catch (Exception e) {
                                step.stand();
                                co.yield(7);
                            }
                            return "result";
                        }),
                        log::add))
                .subscribe(subscriber);
        step.run(() -> source.error(new Failure("source")), subscriber::cancel);
        assertThat(log).isEmpty();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(7);
    }

    @Test
    void duringTheStepOfTheCompletionDiscardsTheResult() throws InterruptedException {
        source.flux()
                .as(CoMono.feed(() -> Generator.<Integer, Integer, Integer>of(co -> {
                    try {
                        return co.yield(0);
                    } catch (GeneratorExit e) {
                        step.stand();
                        return 42;
                    }
                })))
                .subscribe(subscriber);
        step.run(source::complete, subscriber::cancel);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(42);
    }

    @Test
    void resultOfAGeneratorThatReturnsInReplyIsDiscarded() {
        source.flux()
                .as(CoMono.feed(() -> Generator.<Integer, Integer, Integer>of(co -> {
                    try {
                        return co.yield(0);
                    } catch (GeneratorExit e) {
                        return 42;
                    }
                })))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(42);
    }

    @Test
    void elementsAndErrorsOfTheSourceThatComeAfterItGoToTheHooks() {
        Failure failure = new Failure("late");
        TestPublisher<Integer> stubborn =
                TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        stubborn.flux().transform(CoFlux.feed(this::echo)).subscribe(subscriber);
        subscriber.cancel();
        stubborn.next(1);
        stubborn.error(failure);
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(1);
        assertThat(subscriber.dropped).containsExactly(failure);
    }

    @Test
    void whatTheCleanUpRaisesIsDropped() {
        Failure failure = new Failure("clean-up");
        source.flux()
                .transform(CoFlux.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    try {
                        co.yield(0);
                        return null;
                    } catch (GeneratorExit e) {
                        throw failure;
                    }
                })))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.dropped).containsExactly(failure);
    }

    @Test
    void generatorThatYieldsInReplyIsToldThatItMustNot() {
        source.flux()
                .transform(CoFlux.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    try {
                        co.yield(0);
                    } catch (GeneratorExit e) {
                        co.yield(1);
                    }
                    return null;
                })))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.dropped)
                .singleElement()
                .isInstanceOfSatisfying(
                        RuntimeError.class, e -> assertThat(e).hasMessage("generator ignored GeneratorExit"));
        assertThat(subscriber.signals).isEmpty();
    }

    @Test
    void afterTheEndIsANoOp() {
        Flux.just(1)
                .doOnCancel(() -> log.add("source cancelled"))
                .transform(CoFlux.feed(this::echo))
                .subscribe(subscriber);
        subscriber.cancel();
        assertThat(subscriber.signals).containsExactly(1, "complete");
        assertThat(log).containsExactly("closed");
        assertThat(subscriber.dropped).isEmpty();
        assertThat(subscriber.discarded).isEmpty();
    }
}
