package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.Generator;
import io.corobridge.GeneratorState;
import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Gate;
import io.corobridge.testkit.HandPublisher;
import io.corobridge.testkit.PublisherRaces;
import io.corobridge.testkit.RecordingSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * An outcome, a cancel and a request that come at the same time from two or three threads: whatever comes first, each value reaches the
 * subscriber or the discard hook, once, signals come one at a time, and the body is closed once. What the Rx adapter has too is inherited.
 *
 * <table>
 * <caption>What meets what</caption>
 * <tr><th><th>outcome, cancel<th>outcome, request<th>request, cancel<th>all three
 * <tr><td>a coroutine as a Mono<td>yes<td>yes<td>yes<td>yes
 * <tr><td>an async generator as a Flux<td>yes<td>yes, also bad ones<td>yes<td>yes
 * <tr><td>a generator as a Flux<td>its step is the request<td>two requests<td>yes<td>two requests and a cancel
 * <tr><td>an awaited Flux<td>yes, and its onSubscribe<td colspan=3>it requests once, while it subscribes
 * <tr><td>a loop over a Flux<td>yes<td>its refill<td>its refill<td>yes
 * <tr><td>a stage<td>yes<td>yes<td>as an async generator<td>yes
 * <tr><td>a generator that is fed<td>yes<td>yes, also bad ones<td>as an async generator<td>yes
 * <tr><td>its result<td>yes<td>yes<td>yes<td>as the coroutine's result
 * </table>
 *
 * <p>The orders that two cores do not come upon are gone through by the model checker of the core's tests ({@code -Pmodel}).
 */
class RaceTest extends PublisherRaces {
    @Override
    protected Recording<Integer> subscriber(long demand) {
        return new Recording<>(demand);
    }

    @Override
    protected Flux<Integer> own(Publisher<Integer> source) {
        return Flux.from(source);
    }

    @Override
    protected Flux<Integer> from(AsyncGenerator<Integer, Void> generator) {
        return CoFlux.from(generator);
    }

    @Override
    protected Flux<Integer> fromGenerator(Supplier<Generator<Integer, Void, Void>> function) {
        return CoFlux.fromGenerator(function);
    }

    @Override
    protected Flux<Integer> stage(Publisher<Integer> source, int prefetch, Stage body) {
        return own(source).transform(CoFlux.stage(prefetch, (co, elements) -> body.run(co, elements)));
    }

    @Override
    protected Flux<Integer> feed(
            Publisher<Integer> source,
            Supplier<Generator<Integer, Integer, Integer>> function,
            Consumer<Object> onReturn) {
        return own(source).transform(CoFlux.feed(function, onReturn));
    }

    @Override
    protected AsyncIterable<Integer> elements(
            Publisher<Integer> source, int prefetch, RecordingSubscriber<Integer> subscriber) {
        return CoFlux.toAsyncIterable(own(source), prefetch, CoContext.current());
    }

    @Override
    protected void run(Coroutine<Integer> coroutine, RecordingSubscriber<Integer> subscriber) {
        CoMono.from(coroutine).subscribe(subscriber);
    }

    @Override
    protected boolean tellsOfDiscards() {
        return true;
    }

    @Override
    protected List<Throwable> dropped(RecordingSubscriber<Integer> subscriber) {
        return subscriber.dropped;
    }

    @Test
    void ofACoroutine() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gate gate = new Gate();
            AtomicInteger cleaned = new AtomicInteger();
            AtomicInteger returned = new AtomicInteger();
            Coroutine<String> coroutine = Coroutine.of(co -> {
                try {
                    co.await(gate);
                } finally {
                    // A cancel that comes only now is delivered here.
                    try {
                        co.await(Awaitables.create(completion -> completion.complete("flushed")));
                    } finally {
                        cleaned.incrementAndGet();
                    }
                }
                returned.incrementAndGet();
                return "value";
            });
            boolean requested = random.nextBoolean();
            Recording<String> subscriber = new Recording<>(requested ? 1 : 0);
            CoMono.from(coroutine).subscribe(subscriber);
            switch (random.nextInt(4)) {
                case 0 -> race.run(gate::open, subscriber::cancel);
                case 1 -> race.run(gate::open, () -> subscriber.request(1));
                case 2 -> race.run(gate::open, subscriber::cancel, () -> subscriber.request(1));
                default -> {
                    boolean opened = random.nextBoolean();
                    if (opened) {
                        gate.open();
                    }
                    race.run(() -> subscriber.request(1), subscriber::cancel);
                }
            }
            subscriber.cancel();

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            List<Object> values = new ArrayList<>(subscriber.signals);
            if (values.remove("complete")) {
                assertThat(values).containsExactly("value");
            }
            values.addAll(subscriber.discarded);
            assertThat(values).as("round %d", round).hasSize(returned.get()).allMatch("value"::equals);
            assertThat(subscriber.dropped).isEmpty();
            assertThat(cleaned).hasValue(1);
            assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        }
    }

    @Test
    void ofTheResultOfAGeneratorThatIsFed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> sent = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Generator<Integer, Integer, Integer> generator = Bodies.replying(sent, closed);
            HandPublisher<Integer> source = new HandPublisher<>();
            Recording<Integer> subscriber = new Recording<>(random.nextInt(2));
            Flux.from(source).as(CoMono.<Integer, Integer>feed(() -> generator)).subscribe(subscriber);
            Runnable emits = () -> {
                source.subscriber().onNext(1);
                source.subscriber().onComplete();
            };
            switch (random.nextInt(3)) {
                case 0 -> race.run(emits, subscriber::cancel);
                case 1 -> race.run(emits, () -> subscriber.request(1));
                default -> {
                    emits.run();
                    race.run(() -> subscriber.request(1), subscriber::cancel);
                }
            }
            subscriber.cancel();

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
            assertThat(closed).hasValue(1);
            List<Object> seen = new ArrayList<>(subscriber.signals);
            seen.remove("complete");
            seen.addAll(subscriber.discarded);
            // The element was sent, and its reply discarded, or it was discarded itself.
            Object first = sent.isEmpty() ? 1 : 100;
            assertThat(seen).as("round %d", round).containsExactlyInAnyOrder(first, 7);
            assertThat(subscriber.dropped).isEmpty();
        }
    }
}
