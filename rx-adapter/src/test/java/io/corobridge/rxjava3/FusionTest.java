package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.EvenSubscriber;
import io.corobridge.testkit.Failure;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.operators.ConditionalSubscriber;
import io.reactivex.rxjava3.operators.QueueFuseable;
import io.reactivex.rxjava3.operators.QueueSubscription;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscriber;

/** A generator as a Flowable, fused and not, and what fused and conditional neighbours see. */
@Timeout(60)
class FusionTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();

    private Flowable<Integer> upTo(int last) {
        return CoFlowable.fromGenerator(() -> Generator.<Integer, Void, String>of(co -> {
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

    private Flowable<Integer> failing(Exception failure) {
        return CoFlowable.fromGenerator(() -> Generator.<Integer, Void, Void>of(co -> {
            co.yield(1);
            throw failure;
        }));
    }

    private static QueueSubscription<Integer> queueOf(Flowable<Integer> flowable) {
        Recording<Integer> subscriber = new Recording<>(0);
        flowable.subscribe(subscriber);
        @SuppressWarnings("unchecked")
        QueueSubscription<Integer> queue = (QueueSubscription<Integer>) subscriber.subscription();
        return queue;
    }

    @Test
    void generatorRunsOnDemandAndForEachSubscription() {
        Flowable<Integer> flowable = upTo(3);
        flowable.repeat(2).test().assertResult(1, 2, 3, 1, 2, 3);
        TestSubscriber<Integer> subscriber = flowable.test(2);
        subscriber.assertValues(1, 2).assertNotComplete();
        subscriber.requestMore(1).assertValues(1, 2, 3).assertNotComplete();
        subscriber.requestMore(1).assertResult(1, 2, 3);
        subscriber.cancel();
        assertThat(log).isEmpty();
    }

    @Test
    void errorOfAGeneratorIsTheSameInstance() {
        Failure failure = new Failure("no");
        failing(failure).test().assertValues(1).assertError(Errors.same(failure));
        failing(failure).map(i -> i).concatMapIterable(List::of).test().assertError(Errors.same(failure));
    }

    @Test
    void cancelClosesTheGenerator() {
        TestSubscriber<Integer> subscriber = upTo(3).test(1);
        subscriber.cancel();
        assertThat(log).containsExactly("exit");
        subscriber.request(1);
        subscriber.assertValues(1).assertNotComplete();
        upTo(3).take(2).test().assertResult(1, 2);
        upTo(3).hide().take(2).test().assertResult(1, 2);
        assertThat(log).containsExactly("exit", "exit", "exit");
    }

    @Test
    void nullYieldAndBadRequestAreErrorsThatCloseTheGenerator() {
        Flowable<Integer> nulls = CoFlowable.fromGenerator(() -> Generator.<Integer, Void, Void>of(co -> {
            try {
                co.yield(null);
                return null;
            } finally {
                log.add("closed");
            }
        }));
        nulls.test()
                .assertError(
                        e -> e instanceof NullPointerException && e.getMessage().contains("§2.13"));
        assertThat(log).containsExactly("closed");
        log.clear();
        Recording<Integer> subscriber = new Recording<>(1);
        upTo(3).subscribe(subscriber);
        subscriber.request(0);
        subscriber.request(-1);
        assertThat(subscriber.signals).hasSize(2).startsWith(1);
        assertThat(subscriber.signals.get(1))
                .isInstanceOfSatisfying(Throwable.class, e -> assertThat(e).hasMessageContaining("3.9"));
        assertThat(log).containsExactly("exit");
    }

    @Test
    void brokenFunctionOfAGeneratorIsAnError() {
        CoFlowable.<Integer>fromGenerator(() -> null)
                .test()
                .assertError(
                        Errors.of(NullPointerException.class, "the function returned null instead of a generator"));
    }

    @Test
    void errorOfTheSubscriberClosesTheGeneratorAndIsUndeliverable() {
        IllegalStateException bug = new IllegalStateException("the subscriber's");
        upTo(3).subscribe(new TestSubscriber<Integer>() {
            @Override
            public void onNext(Integer element) {
                throw bug;
            }
        });
        assertThat(undelivered.take()).containsExactly(bug);
        assertThat(log).containsExactly("exit");
    }

    @Test
    void generatorIsPolledWhenFused() throws Throwable {
        QueueSubscription<Integer> queue = queueOf(upTo(2));
        assertThat(queue.requestFusion(QueueFuseable.ASYNC)).isEqualTo(QueueFuseable.NONE);
        assertThat(queue.requestFusion(QueueFuseable.ANY)).isEqualTo(QueueFuseable.SYNC);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(2);
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void fusedGeneratorIsClosedByCancelAndByClear() throws Throwable {
        QueueSubscription<Integer> queue = queueOf(upTo(2));
        assertThat(queue.requestFusion(QueueFuseable.SYNC)).isEqualTo(QueueFuseable.SYNC);
        assertThat(queue.poll()).isEqualTo(1);
        queue.cancel();
        queue.clear();
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(log).containsExactly("exit");
    }

    @Test
    void fusionAcrossAThreadBarrierIsRefused() {
        QueueSubscription<Integer> queue = queueOf(upTo(2));
        assertThat(queue.requestFusion(QueueFuseable.ANY | QueueFuseable.BOUNDARY))
                .isEqualTo(QueueFuseable.NONE);
        TestScheduler scheduler = new TestScheduler();
        TestSubscriber<Integer> subscriber = upTo(3).observeOn(scheduler).test();
        subscriber.assertEmpty();
        scheduler.triggerActions();
        subscriber.assertResult(1, 2, 3);
    }

    @Test
    void operatorsOfRxJavaPollTheGenerator() {
        upTo(3).map(i -> 10 * i)
                .filter(i -> i != 20)
                .concatMapIterable(i -> List.of(i, -i))
                .test()
                .assertResult(10, -10, 30, -30);
    }

    /** Can be fused synchronously, and says what is done with it. */
    private final class Fused extends Flowable<Integer> {
        private final @Nullable RuntimeException failure;
        private int left = 3;

        Fused(@Nullable RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        protected void subscribeActual(Subscriber<? super Integer> actual) {
            actual.onSubscribe(new QueueSubscription<Integer>() {
                @Override
                public int requestFusion(int mode) {
                    return mode & SYNC;
                }

                @Override
                public Integer poll() {
                    log.add("poll");
                    if (left == 0 && failure != null) {
                        throw failure;
                    }
                    return left == 0 ? null : left--;
                }

                @Override
                public boolean isEmpty() {
                    return left == 0;
                }

                @Override
                public void clear() {
                    log.add("clear");
                }

                @Override
                public void request(long n) {
                    log.add("request");
                }

                @Override
                public void cancel() {
                    log.add("cancel");
                }

                @Override
                public boolean offer(Integer value) {
                    return false;
                }

                @Override
                public boolean offer(Integer first, Integer second) {
                    return false;
                }
            });
        }
    }

    private List<Integer> looped(Flowable<Integer> source, int most) {
        List<Integer> seen = new ArrayList<>();
        CoMaybe.from(Coroutine.ofVoid(co -> {
                    for (int each : co.each(CoFlowable.toAsyncIterable(source))) {
                        seen.add(each);
                        if (seen.size() == most) {
                            return;
                        }
                    }
                }))
                .test()
                .assertComplete();
        return seen;
    }

    @Test
    void loopPollsASourceThatCanBeFused() {
        assertThat(looped(new Fused(null), 10)).containsExactly(3, 2, 1);
        assertThat(log).containsExactly("poll", "poll", "poll", "poll");
        log.clear();
        assertThat(looped(new Fused(null), 2)).containsExactly(3, 2);
        assertThat(log).containsExactly("poll", "poll", "cancel");
        log.clear();
        assertThat(looped(upTo(5).map(i -> 10 * i), 2)).containsExactly(10, 20);
        assertThat(log).containsExactly("exit");
    }

    @Test
    void errorOfAFusedSourceIsRaisedInTheLoopAndCancelsIt() {
        IllegalStateException bug = new IllegalStateException("poll");
        CoSingle.from(Coroutine.of(co -> {
                    int sum = 0;
                    try {
                        for (int each : co.each(CoFlowable.toAsyncIterable(new Fused(bug)))) {
                            sum += each;
                        }
                    } catch (IllegalStateException e) {
                        return sum + ", the same: " + (e == bug);
                    }
                    return "no error";
                }))
                .test()
                .assertResult("6, the same: true");
        assertThat(log).containsExactly("poll", "poll", "poll", "poll", "cancel");
    }

    private static final class Even extends EvenSubscriber implements ConditionalSubscriber<Integer> {}

    @Test
    void elementsThatAConditionalSubscriberHasNoUseForTakeNothingOffTheDemand() {
        List<Flowable<Integer>> sources = List.of(
                upTo(9),
                CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
                    for (int i = 1; i <= 9; i++) {
                        co.yield(i);
                    }
                })),
                Flowable.range(1, 9).hide().compose(CoFlowable.feed(() -> Bodies.echo(0))));
        for (Flowable<Integer> source : sources) {
            new Even().assertThatOddOnesTakeNothingOffTheDemand(source);
        }
    }
}
