package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.Generators;
import io.corobridge.RuntimeError;
import io.corobridge.testkit.Failure;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Generators that are fed: send for onNext, raise for onError, close for onComplete. */
@Timeout(60)
class FeedTest {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final List<Object> log = new CopyOnWriteArrayList<>();

    /** Replies to each element with the total so far, to an error with -1; returns the total. */
    private Generator<Integer, Integer, Integer> totals() {
        return Generator.of(co -> {
            int total = 0;
            try {
                int element = co.yield(0);
                while (true) {
                    total += element;
                    element = co.yield(total);
                }
            } catch (IllegalStateException e) {
                log.add(e);
                try {
                    co.yield(-1);
                } catch (GeneratorExit exit) {
                    log.add("exit");
                }
                return total;
            } catch (GeneratorExit e) {
                log.add("exit");
                return total;
            }
        });
    }

    @Test
    void elementsAreSentAndRepliesGoDownstream() {
        Flowable.just(1, 2, 3)
                .compose(CoFlowable.feed(this::totals, result -> log.add("returned " + result)))
                .test()
                .assertResult(1, 3, 6);
        assertThat(log).containsExactly("exit", "returned 6");
        Observable.just(1, 2, 3).compose(CoObservable.feed(this::totals)).test().assertResult(1, 3, 6);
    }

    @Test
    void resultIsTheValueOfASingleOrMaybe() {
        Flowable.just(1, 2, 3).to(CoSingle.feed(this::totals)).test().assertResult(6);
        Flowable.just(1, 2, 3).to(CoMaybe.feed(this::totals)).test().assertResult(6);
    }

    @Test
    void nullResultIsAnErrorOfASingleAndEmptyForAMaybe() {
        Supplier<Generator<Void, Integer, Integer>> nothing = () -> Generator.of(co -> {
            co.yield(null);
            return null;
        });
        Flowable.just(1)
                .to(CoSingle.feed(nothing))
                .test()
                .assertError(Errors.of(
                        NullPointerException.class,
                        "the generator returned null: a Single has a value, a Maybe may be empty"));
        Flowable.just(1).to(CoMaybe.feed(nothing)).test().assertResult();
    }

    @Test
    void generatorMayBePrimedAlready() {
        Flowable.just(1, 2)
                .compose(CoFlowable.feed(Generators.primed(this::totals)))
                .repeat(2)
                .test()
                .assertResult(1, 3, 1, 3);
    }

    @Test
    void errorIsRaisedInTheGeneratorAsTheSameInstance() {
        Failure failure = new Failure("source");
        Flowable<Integer> source = Flowable.just(1).concatWith(Flowable.error(failure));
        source.compose(CoFlowable.feed(this::totals)).test().assertValues(1).assertError(Errors.same(failure));
        source.to(CoSingle.feed(this::totals)).test().assertError(Errors.same(failure));
        source.toObservable()
                .compose(CoObservable.feed(this::totals))
                .test()
                .assertValues(1)
                .assertError(Errors.same(failure));
    }

    @Test
    void yieldInReplyToTheErrorIsTheLastElementAndWaitsForDemand() {
        IllegalStateException failure = new IllegalStateException("source");
        TestSubscriber<Integer> subscriber = Flowable.just(1)
                .concatWith(Flowable.error(failure))
                .compose(CoFlowable.feed(this::totals, result -> log.add("returned " + result)))
                .test(1);
        subscriber.assertValues(1).assertNotComplete();
        subscriber.request(1);
        subscriber.assertResult(1, -1);
        assertThat(log).containsExactly(failure, "exit", "returned 1");
        Flowable.<Integer>error(failure).to(CoSingle.feed(this::totals)).test().assertResult(0);
    }

    @Test
    void whatTheGeneratorRaisesIsTheErrorAndCancelsTheSource() {
        Failure failure = new Failure("generator");
        PublishProcessor<Integer> source = PublishProcessor.create();
        Supplier<Generator<Integer, Integer, Integer>> raising = () -> Generator.of(co -> {
            co.yield(0);
            throw failure;
        });
        TestSubscriber<Integer> subscriber =
                source.compose(CoFlowable.feed(raising)).test();
        TestObserver<Integer> observer = source.to(CoSingle.feed(raising)).test();
        source.onNext(1);
        subscriber.assertError(Errors.same(failure));
        observer.assertError(Errors.same(failure));
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void returnBeforeTheEndOfTheSourceCompletesAndCancelsIt() {
        PublishProcessor<Integer> source = PublishProcessor.create();
        Supplier<Generator<Integer, Integer, String>> one = () -> Generator.of(co -> {
            co.yield(co.yield(0));
            return "enough";
        });
        TestSubscriber<Integer> subscriber =
                source.compose(CoFlowable.feed(one, log::add)).test();
        TestObserver<String> observer = source.to(CoMaybe.feed(one)).test();
        source.onNext(1);
        source.onNext(2);
        subscriber.assertResult(1);
        observer.assertResult("enough");
        assertThat(log).containsExactly("enough");
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void generatorThatEndsBeforeItsFirstYieldNeedsNoSource() {
        Flowable<Integer> source = Flowable.<Integer>never().doOnSubscribe(s -> log.add("subscribed"));
        Failure failure = new Failure("at once");
        source.compose(CoFlowable.feed(() -> Generator.<Integer, Integer, String>of(co -> "nothing to do"), log::add))
                .test()
                .assertResult();
        source.to(CoSingle.feed(() -> Generator.<Integer, Integer, String>of(co -> "nothing to do")))
                .test()
                .assertResult("nothing to do");
        source.to(CoMaybe.feed(() -> Generator.<Integer, Integer, String>of(co -> {
                    throw failure;
                })))
                .test()
                .assertError(Errors.same(failure));
        assertThat(log).containsExactly("nothing to do");
    }

    @Test
    void brokenFunctionIsAnErrorWithoutASubscription() {
        Flowable<Integer> source = Flowable.<Integer>never().doOnSubscribe(s -> log.add("subscribed"));
        Generator<Integer, Integer, Integer> ended = totals();
        ended.close();
        source.compose(CoFlowable.<Integer, Integer>feed(() -> null))
                .test()
                .assertError(
                        Errors.of(NullPointerException.class, "the function returned null instead of a generator"));
        source.compose(CoFlowable.<Integer, Integer>feed(() -> ended)).test().assertError(RuntimeError.class);
        source.to(CoMaybe.<Integer, Integer>feed(() -> ended)).test().assertError(RuntimeError.class);
        assertThat(log).isEmpty();
    }

    @Test
    void nullReplyIsAnErrorThatNamesTheRuleAndClosesTheGenerator() {
        PublishProcessor<Integer> source = PublishProcessor.create();
        TestSubscriber<Integer> subscriber = source.compose(CoFlowable.<Integer, Integer>feed(
                        () -> Generator.<Integer, Integer, Void>of(co -> {
                            try {
                                co.yield(0);
                                co.yield(null);
                            } finally {
                                log.add("closed");
                            }
                            return null;
                        })))
                .test();
        source.onNext(1);
        subscriber.assertError(
                e -> e instanceof NullPointerException && e.getMessage().contains("§2.13"));
        assertThat(log).containsExactly("closed");
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void generatorThatYieldsInReplyToTheCompletionIsAnError() {
        Flowable.just(1)
                .compose(CoFlowable.<Integer, Integer>feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    while (true) {
                        try {
                            co.yield(1);
                        } catch (GeneratorExit e) {
                            co.yield(2);
                            return null;
                        }
                    }
                })))
                .test()
                .assertValues(1)
                .assertError(Errors.of(RuntimeError.class, "generator ignored GeneratorExit"));
    }

    @Test
    void demandGoesToTheSourceAsItIs() {
        List<Long> requests = new CopyOnWriteArrayList<>();
        TestSubscriber<Integer> subscriber = Flowable.range(1, 10)
                .hide()
                .doOnRequest(requests::add)
                .compose(CoFlowable.feed(this::totals))
                .test(2);
        subscriber.assertValues(1, 3);
        subscriber.requestMore(1).assertValues(1, 3, 6);
        assertThat(requests).containsExactly(2L, 1L);
        subscriber.cancel();
    }

    @Test
    void cancelClosesTheGeneratorAndCancelsTheSource() {
        PublishProcessor<Integer> source = PublishProcessor.create();
        TestSubscriber<Integer> subscriber =
                source.compose(CoFlowable.feed(this::totals)).test();
        TestObserver<Integer> single = source.to(CoSingle.feed(this::totals)).test();
        TestObserver<Integer> observable =
                source.toObservable().compose(CoObservable.feed(this::totals)).test();
        source.onNext(1);
        subscriber.cancel();
        single.dispose();
        observable.dispose();
        assertThat(source.hasSubscribers()).isFalse();
        assertThat(log).containsExactly("exit", "exit", "exit");
    }

    @Test
    void whatTheGeneratorRaisesWhenItIsClosedByACancelIsUndeliverable() {
        Failure failure = new Failure("clean-up");
        Flowable.<Integer>never()
                .compose(CoFlowable.<Integer, Integer>feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    try {
                        co.yield(0);
                        return null;
                    } catch (GeneratorExit e) {
                        throw failure;
                    }
                })))
                .test()
                .cancel();
        assertThat(undelivered.take()).containsExactly(failure);
    }

    @Test
    void errorOfTheSubscriberClosesTheGeneratorAndIsUndeliverable() {
        IllegalArgumentException bug = new IllegalArgumentException("the subscriber's");
        PublishProcessor<Integer> source = PublishProcessor.create();
        TestSubscriber<Integer> subscriber = new TestSubscriber<>() {
            @Override
            public void onNext(Integer element) {
                throw bug;
            }
        };
        source.compose(CoFlowable.feed(this::totals)).subscribe(subscriber);
        source.onNext(1);
        assertThat(undelivered.take()).containsExactly(bug);
        assertThat(log).containsExactly("exit");
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void whatOnReturnThrowsIsTheError() {
        IllegalArgumentException bug = new IllegalArgumentException("onReturn");
        Flowable.just(1)
                .compose(CoFlowable.feed(this::totals, result -> {
                    throw bug;
                }))
                .test()
                .assertValues(1)
                .assertError(Errors.same(bug));
    }

    @Test
    void fatalErrorOfTheGeneratorIsThrownWhenTheSourceIsCancelled() {
        LinkageError fatal = new NoClassDefFoundError("test");
        PublishProcessor<Integer> source = PublishProcessor.create();
        source.compose(CoFlowable.<Integer, Integer>feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    co.yield(0);
                    throw fatal;
                })))
                .test();
        assertThat(catchThrowable(() -> source.onNext(1))).isSameAs(fatal);
        assertThat(source.hasSubscribers()).isFalse();
    }

    @Test
    void operatorsAfterItDoNotCare() {
        Single<Integer> last =
                Flowable.range(1, 100).compose(CoFlowable.feed(this::totals)).lastOrError();
        last.test().assertResult(5050);
        Maybe<Integer> none =
                Flowable.<Integer>empty().compose(CoFlowable.feed(this::totals)).lastElement();
        none.test().assertResult();
    }
}
