package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.AsyncGenerator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.TypeError;
import io.corobridge.ValueError;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.HandPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What must not be passed or signalled: a clear error on the right channel, nothing hung and nothing left open. */
@Timeout(60)
class BadInputTest {
    private final List<Object> log = new CopyOnWriteArrayList<>();

    private static Coroutine<Integer> awaiting(Publisher<Integer> source) {
        return Coroutine.of(co -> co.await(source));
    }

    private static Coroutine<List<Integer>> collecting(Publisher<Integer> source) {
        return Coroutine.of(co -> {
            List<Integer> list = new ArrayList<>();
            for (int each : co.each(source, 2)) {
                list.add(each);
            }
            return list;
        });
    }

    private <T> Recording<T> run(Coroutine<T> coroutine) {
        Recording<T> subscriber = new Recording<>(1);
        CoMono.from(coroutine).subscribe(subscriber);
        return subscriber;
    }

    @Test
    void nullThatAnAsyncGeneratorYieldsIsAnErrorAndClosesIt() {
        StepVerifier.create(CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(null);
                    } finally {
                        log.add("closed");
                    }
                })))
                .verifyErrorSatisfies(e ->
                        assertThat(e).isInstanceOf(NullPointerException.class).hasMessageContaining("§2.13"));
        assertThat(log).containsExactly("closed");
    }

    @Test
    void nullElementOfAPublisherFailsTheAwaitTheLoopAndThePublishersCall() {
        HandPublisher<Integer> awaited = new HandPublisher<>(log);
        Recording<Integer> one = run(awaiting(awaited));
        assertThat(catchThrowable(() -> awaited.subscriber().onNext(null))).isInstanceOf(NullPointerException.class);
        HandPublisher<Integer> looped = new HandPublisher<>(log);
        Recording<List<Integer>> two = run(collecting(looped));
        assertThat(catchThrowable(() -> looped.subscriber().onNext(null))).isInstanceOf(NullPointerException.class);
        for (Recording<?> each : List.of(one, two)) {
            assertThat(each.signals)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            NullPointerException.class,
                            e -> assertThat(e)
                                    .hasMessageContaining("onNext(null)")
                                    .hasMessageContaining("§2.13"));
        }
        assertThat(log).containsExactly("request 2", "cancel", "request 2", "cancel");
    }

    @Test
    void nullAwaitableIsATypeErrorAtTheAwait() {
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await((Awaitable<String>) null))))
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(TypeError.class)
                        .hasMessage("object NoneType can't be used in 'await' expression"));
        StepVerifier.create(CoMono.from(Coroutine.of(co -> co.await((Mono<String>) null))))
                .verifyError(TypeError.class);
        StepVerifier.create(CoMono.defer(() -> null))
                .verifyErrorMessage("the function returned null instead of a coroutine");
        StepVerifier.create(CoFlux.fromGenerator(() -> null))
                .verifyErrorMessage("the function returned null instead of a generator");
    }

    @Test
    void monoThatNeverCompletesIsLeftByCancel() {
        Recording<Integer> subscriber = run(awaiting(Mono.<Integer>never().doOnCancel(() -> log.add("cancel"))));
        subscriber.cancel();
        assertThat(log).containsExactly("cancel");
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.dropped).isEmpty();
    }

    @Test
    void secondOnSubscribeIsCancelled() {
        HandPublisher<Integer> awaited = new HandPublisher<>(log);
        Recording<Integer> one = run(awaiting(awaited));
        awaited.subscriber().onSubscribe(awaited);
        HandPublisher<Integer> looped = new HandPublisher<>(log);
        Recording<List<Integer>> two = run(collecting(looped));
        looped.subscriber().onSubscribe(looped);
        assertThat(log).containsExactly("request 2", "cancel", "request 2", "cancel");
        awaited.subscriber().onNext(1);
        awaited.subscriber().onComplete();
        looped.subscriber().onComplete();
        assertThat(one.signals).containsExactly(1, "complete");
        assertThat(two.signals).containsExactly(List.of(), "complete");
    }

    @Test
    void signalsAfterTheEndReachTheHooks() {
        List<Object> dropped = new CopyOnWriteArrayList<>();
        Consumer<Object> next = dropped::add;
        Consumer<Throwable> error = dropped::add;
        Failure late = new Failure("late");
        HandPublisher<Integer> awaited = new HandPublisher<>(log);
        HandPublisher<Integer> looped = new HandPublisher<>(log);
        for (Mono<?> mono : List.of(CoMono.from(awaiting(awaited)), CoMono.from(collecting(looped)))) {
            mono.contextWrite(context ->
                            context.put("reactor.onNextDropped.local", next).put("reactor.onErrorDropped.local", error))
                    .subscribe();
        }
        for (HandPublisher<Integer> each : List.of(awaited, looped)) {
            each.subscriber().onNext(1);
            each.subscriber().onComplete();
            each.subscriber().onNext(2);
            each.subscriber().onError(late);
            each.subscriber().onComplete();
        }
        assertThat(dropped).containsExactly(2, late, 2, late);
    }

    @Test
    void moreThanWasRequestedIsKeptByALoopAndAnErrorOfAnAwait() {
        HandPublisher<Integer> looped = new HandPublisher<>(log);
        Recording<List<Integer>> two = run(Coroutine.of(co -> {
            List<Integer> list = new ArrayList<>();
            for (int each : co.each(looped, 2)) {
                list.add(each);
                if (list.size() == 1) {
                    // Not from the loop: these are in the way before it goes on.
                    for (int i = 2; i <= 600; i++) {
                        looped.subscriber().onNext(i);
                    }
                    looped.subscriber().onComplete();
                }
            }
            return list;
        }));
        looped.subscriber().onNext(1);
        List<Object> all = new ArrayList<>();
        for (int i = 1; i <= 600; i++) {
            all.add(i);
        }
        assertThat(two.signals).containsExactly(all, "complete");
        TestPublisher<Integer> many = TestPublisher.create();
        Recording<Integer> one = run(awaiting(many.flux()));
        many.next(1, 2);
        many.assertCancelled();
        assertThat(one.signals).singleElement().isInstanceOf(ValueError.class);
    }

    @Test
    void objectThatWasSteppedIsAnErrorForItsSubscriber() {
        Coroutine<Integer> stepped = awaiting(Mono.never());
        stepped.send(null);
        StepVerifier.create(CoMono.from(stepped))
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(RuntimeError.class)
                        .hasMessage("cannot reuse already awaited coroutine"));
        stepped.close();
    }

    @Test
    void bodyThatSwallowsGeneratorExitIsTold() {
        Recording<Integer> subscriber = run(Coroutine.of(co -> {
            try {
                return co.<Integer>await(Mono.never());
            } catch (GeneratorExit e) {
                return 7;
            }
        }));
        subscriber.cancel();
        assertThat(subscriber.signals).isEmpty();
        assertThat(subscriber.discarded).containsExactly(7);
        Recording<Integer> generator = new Recording<>(1);
        CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
                    try {
                        co.yield(1);
                    } catch (GeneratorExit e) {
                        co.yield(2);
                    }
                }))
                .subscribe(generator);
        generator.cancel();
        assertThat(generator.signals).containsExactly(1);
        assertThat(generator.dropped)
                .singleElement()
                .isInstanceOfSatisfying(
                        RuntimeError.class, e -> assertThat(e).hasMessage("async generator ignored GeneratorExit"));
    }

    @Test
    void valueThatArrivesBeforeACancelOrAnErrorIsDiscarded() {
        List<Object> discarded = new CopyOnWriteArrayList<>();
        Consumer<Object> discard = discarded::add;
        TestPublisher<Integer> cancelled = TestPublisher.create();
        CoMono.from(awaiting(cancelled.flux()))
                .contextWrite(context -> context.put("reactor.onDiscard.local", discard))
                .onErrorComplete()
                .subscribe();
        cancelled.next(1);
        cancelled.error(new Failure("after its value"));
        assertThat(discarded).containsExactly(1);
        Recording<Integer> subscriber = new Recording<>(1);
        TestPublisher<Integer> waiting = TestPublisher.create();
        CoMono.from(awaiting(waiting.flux())).subscribe(subscriber);
        waiting.next(2);
        subscriber.cancel();
        assertThat(subscriber.discarded).containsExactly(2);
        waiting.assertCancelled();
    }

    @Test
    void cancelThatComesWhileDemandIsMadeIsPassedOnAfterIt() {
        List<Recording<?>> subscriber = new ArrayList<>();
        Publisher<Integer> source = new HandPublisher<>(log) {
            @Override
            public void request(long n) {
                super.request(n);
                subscriber.forEach(Recording::cancel);
                log.add("requested");
            }
        };
        Recording<Integer> run = new Recording<>(1) {
            @Override
            public void onSubscribe(Subscription offered) {
                super.onSubscribe(offered);
                subscriber.add(this);
            }
        };
        CoMono.from(awaiting(source)).subscribe(run);
        assertThat(log).containsExactly("request 2", "requested", "cancel");
    }
}
