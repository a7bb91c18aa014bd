package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Completion;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.GeneratorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * An outcome, a cancel and a request that come at the same time from two or three threads: whatever comes first, each value reaches the
 * subscriber or the discard hook, once, signals come one at a time, and the body is closed once.
 *
 * <table>
 * <caption>What meets what</caption>
 * <tr><th><th>outcome, cancel<th>outcome, request<th>request, cancel<th>all three
 * <tr><td>a coroutine as a Mono<td>yes<td>yes<td>yes<td>yes
 * <tr><td>an async generator as a Flux<td>yes<td>yes, also bad ones<td>yes<td>yes
 * <tr><td>a generator as a Flux<td>its step is the request<td>two requests<td>yes<td>two requests and a cancel
 * <tr><td>an awaited Mono<td>yes, and its onSubscribe<td colspan=3>it requests once, while it subscribes
 * <tr><td>a loop over a Flux<td>yes<td>its refill<td>its refill<td>yes
 * <tr><td>a stage<td>yes<td>yes<td colspan=2>as an async generator
 * <tr><td>a generator that is fed<td>yes<td>yes, also bad ones<td colspan=2>as the coroutine's result
 * <tr><td>its result<td>yes<td>yes<td>yes<td>as the coroutine's result
 * </table>
 *
 * <p>The orders that two cores do not come upon are gone through by the model checker of the core's tests ({@code -Pmodel}).
 */
@Timeout(300)
class RaceTest {
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(20241109);
    private final Race race = new Race();

    @AfterEach
    void stopThreads() {
        race.close();
    }

    private int ahead() {
        return random.nextInt(600) - 300;
    }

    /** Awaited again and again; opened by hand. */
    private static final class Gate implements Awaitable<Object> {
        private final AtomicReference<Completion<Object>> waiting = new AtomicReference<>();

        @Override
        public AwaitIterator<Object> awaitIterator() {
            return Awaitables.<Object>create(waiting::set).awaitIterator();
        }

        void open() {
            Completion<Object> completion = waiting.getAndSet(null);
            if (completion != null) {
                completion.complete("open");
            }
        }
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
            Race.Watching<String> subscriber = new Race.Watching<>(requested ? 1 : 0);
            CoMono.from(coroutine).subscribe(subscriber);
            switch (random.nextInt(4)) {
                case 0 -> race.run(ahead(), gate::open, subscriber::cancel);
                case 1 -> race.run(ahead(), gate::open, () -> subscriber.request(1));
                case 2 -> race.run(ahead(), gate::open, subscriber::cancel, () -> subscriber.request(1));
                default -> {
                    boolean opened = random.nextBoolean();
                    if (opened) {
                        gate.open();
                    }
                    race.run(ahead(), () -> subscriber.request(1), subscriber::cancel);
                }
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
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
    void ofAnAsyncGenerator() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gate gate = new Gate();
            AtomicInteger cleaned = new AtomicInteger();
            List<Object> yielded = new CopyOnWriteArrayList<>();
            AsyncGenerator<Integer, Void> generator = AsyncGenerator.of(co -> {
                try {
                    for (int i = 0; i < 4; i++) {
                        if (i % 2 == 0) {
                            co.await(gate);
                        }
                        yielded.add(i);
                        co.yield(i);
                    }
                } finally {
                    try {
                        co.await(Awaitables.create(completion -> completion.complete("flushed")));
                    } finally {
                        cleaned.incrementAndGet();
                    }
                }
            });
            Race.Watching<Integer> subscriber = new Race.Watching<>(random.nextInt(4));
            CoFlux.from(generator).subscribe(subscriber);
            // Sometimes the body has to be resumed by the other thread's request.
            subscriber.request(1);
            Runnable opens = () -> {
                gate.open();
                gate.open();
            };
            switch (random.nextInt(5)) {
                case 0 -> race.run(ahead(), opens, subscriber::cancel);
                case 1 -> race.run(ahead(), opens, () -> subscriber.request(2));
                case 2 -> race.run(ahead(), opens, () -> subscriber.request(0));
                case 3 -> race.run(ahead(), opens, subscriber::cancel, () -> subscriber.request(2));
                default -> {
                    gate.open();
                    race.run(ahead(), () -> subscriber.request(2), subscriber::cancel);
                }
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            List<Object> values = new ArrayList<>(subscriber.signals);
            values.remove("complete");
            values.removeIf(IllegalArgumentException.class::isInstance);
            assertThat(values).as("round %d", round).isEqualTo(yielded.subList(0, values.size()));
            values.addAll(subscriber.discarded);
            assertThat(values).as("round %d", round).isEqualTo(yielded);
            assertThat(subscriber.dropped).isEmpty();
            assertThat(cleaned).hasValue(1);
            assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        }
    }

    @Test
    void ofAGenerator() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger closed = new AtomicInteger();
            List<Object> yielded = new CopyOnWriteArrayList<>();
            Race.Watching<Integer> subscriber = new Race.Watching<>(0);
            CoFlux.fromGenerator(() -> Generator.<Integer, Void, Void>of(co -> {
                        try {
                            for (int i = 0; i < 4; i++) {
                                yielded.add(i);
                                co.yield(i);
                            }
                            return null;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .subscribe(subscriber);
            Runnable asks = () -> subscriber.request(2);
            switch (random.nextInt(3)) {
                case 0 -> race.run(ahead(), asks, subscriber::cancel);
                case 1 -> race.run(ahead(), asks, asks);
                default -> race.run(ahead(), asks, subscriber::cancel, asks);
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            List<Object> values = new ArrayList<>(subscriber.signals);
            values.remove("complete");
            values.addAll(subscriber.discarded);
            assertThat(values).as("round %d", round).isEqualTo(yielded);
            assertThat(closed).hasValue(yielded.isEmpty() ? 0 : 1);
        }
    }

    /** Signals what the test tells it to, from any thread, whatever is requested or cancelled. */
    private static final class Source extends Flux<Integer> {
        private final AtomicInteger cancels = new AtomicInteger();
        private CoreSubscriber<? super Integer> subscriber;

        @Override
        public void subscribe(CoreSubscriber<? super Integer> actual) {
            subscriber = actual;
            actual.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {
                    cancels.incrementAndGet();
                }
            });
        }
    }

    /** Subscribed to later, by the thread that signals. */
    private static final class Late extends Flux<Integer> {
        private final Source source = new Source();
        private CoreSubscriber<? super Integer> subscriber;

        @Override
        public void subscribe(CoreSubscriber<? super Integer> actual) {
            subscriber = actual;
        }
    }

    @Test
    void ofAnAwaitedMono() throws Exception {
        Failure failure = new Failure("source");
        for (int round = 0; round < ROUNDS; round++) {
            Late late = new Late();
            AtomicInteger returned = new AtomicInteger();
            AtomicInteger closed = new AtomicInteger();
            Race.Watching<Integer> subscriber = new Race.Watching<>(1);
            CoMono.from(Coroutine.<Integer>of(co -> {
                        try {
                            int value = co.awaitSingle(late);
                            returned.incrementAndGet();
                            return value;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .subscribe(subscriber);
            boolean fails = random.nextInt(4) == 0;
            race.run(
                    ahead(),
                    () -> {
                        late.source.subscribe(late.subscriber);
                        late.subscriber.onNext(7);
                        if (fails) {
                            late.subscriber.onError(failure);
                        } else {
                            late.subscriber.onComplete();
                        }
                    },
                    subscriber::cancel);

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            List<Object> values = new ArrayList<>(subscriber.signals);
            values.remove("complete");
            values.addAll(subscriber.discarded);
            values.addAll(subscriber.dropped);
            assertThat(values.remove(failure)).as("round %d: %s", round, values).isEqualTo(fails);
            assertThat(values).as("round %d", round).containsExactly(7);
            // Cancelled where the body was not resumed with an outcome.
            assertThat(late.source.cancels.get() + returned.get()).isLessThanOrEqualTo(1);
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void ofALoop() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Source source = new Source();
            List<Object> seen = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Race.Watching<Integer> subscriber = new Race.Watching<>(0);
            // Its ring has two slots, so that the third element has to wait elsewhere.
            CoMono.from(Coroutine.<Integer>of(co -> {
                        try {
                            for (int each : co.each(CoFlux.toAsyncIterable(source, 1, CoContext.current()))) {
                                seen.add(each);
                            }
                            return 9;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .subscribe(subscriber);
            Runnable emits = () -> {
                for (int i = 1; i <= 4; i++) {
                    source.subscriber.onNext(i);
                }
                source.subscriber.onComplete();
            };
            if (random.nextBoolean()) {
                race.run(ahead(), emits, subscriber::cancel);
            } else {
                race.run(ahead(), emits, subscriber::cancel, () -> subscriber.request(1));
            }

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            List<Object> all = new ArrayList<>(subscriber.discarded);
            all.remove((Object) 9);
            all.addAll(0, seen);
            assertThat(all).as("round %d", round).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(seen).isSorted();
            assertThat(subscriber.dropped).isEmpty();
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void ofAStage() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger closed = new AtomicInteger();
            Source source = new Source();
            Race.Watching<Integer> subscriber = new Race.Watching<>(1 + random.nextInt(4));
            source.transform(CoFlux.<Integer, Integer>stage(8, (co, elements) -> {
                        try {
                            for (int each : co.each(elements)) {
                                co.yield(each);
                            }
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .subscribe(subscriber);
            boolean completes = random.nextBoolean();
            Runnable emits = () -> {
                for (int i = 1; i <= 4; i++) {
                    source.subscriber.onNext(i);
                }
                if (completes) {
                    source.subscriber.onComplete();
                }
            };
            if (random.nextBoolean()) {
                race.run(ahead(), emits, subscriber::cancel);
            } else {
                race.run(ahead(), emits, () -> subscriber.request(2));
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            List<Object> seen = new ArrayList<>(subscriber.signals);
            seen.remove("complete");
            seen.addAll(subscriber.discarded);
            assertThat(seen).as("round %d", round).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(subscriber.dropped).isEmpty();
            assertThat(closed).hasValue(1);
        }
    }

    /** Replies to each element with its hundredfold, to an error with -1; returns 7. */
    private static Generator<Integer, Integer, Integer> replying(List<Object> sent, AtomicInteger closed) {
        return Generator.of(co -> {
            try {
                int element = co.yield(0);
                while (true) {
                    sent.add(element);
                    element = co.yield(100 * element);
                }
            } catch (Exception e) {
                co.yield(-1);
                return 7;
            } catch (GeneratorExit e) {
                return 7;
            } finally {
                closed.incrementAndGet();
            }
        });
    }

    @Test
    void ofAGeneratorThatIsFed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Object> sent = new CopyOnWriteArrayList<>();
            List<Object> told = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Generator<Integer, Integer, Integer> generator = replying(sent, closed);
            Failure failure = new Failure("source");
            boolean fails = random.nextBoolean();
            Source source = new Source();
            // Without demand for the last element, which comes with the source's error.
            Race.Watching<Integer> subscriber = new Race.Watching<>(random.nextBoolean() ? 3 : 9);
            source.transform(CoFlux.feed(() -> generator, told::add)).subscribe(subscriber);
            Runnable emits = () -> {
                for (int i = 1; i <= 3; i++) {
                    source.subscriber.onNext(i);
                }
                if (fails) {
                    source.subscriber.onError(failure);
                } else {
                    source.subscriber.onComplete();
                }
            };
            switch (random.nextInt(3)) {
                case 0 -> race.run(ahead(), emits, subscriber::cancel);
                case 1 -> race.run(ahead(), emits, () -> subscriber.request(-1));
                default -> race.run(ahead(), emits, () -> subscriber.request(1));
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
            assertThat(closed).hasValue(1);
            assertThat(told).hasSizeLessThanOrEqualTo(1);
            List<Object> seen = new ArrayList<>(subscriber.signals);
            seen.addAll(subscriber.discarded);
            for (int i = 1; i <= 3; i++) {
                // An element was sent or discarded; its reply was delivered or discarded.
                assertThat(seen.contains(i))
                        .as("round %d, element %d", round, i)
                        .isNotEqualTo(sent.contains(i));
                assertThat(seen.contains(100 * i))
                        .as("round %d, reply %d", round, i)
                        .isEqualTo(sent.contains(i));
            }
            assertThat(seen).doesNotHaveDuplicates();
            assertThat(subscriber.dropped).isSubsetOf(failure);
        }
    }

    @Test
    void ofTheResultOfAGeneratorThatIsFed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Object> sent = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Generator<Integer, Integer, Integer> generator = replying(sent, closed);
            Source source = new Source();
            Race.Watching<Integer> subscriber = new Race.Watching<>(random.nextInt(2));
            source.as(CoMono.<Integer, Integer>feed(() -> generator)).subscribe(subscriber);
            Runnable emits = () -> {
                source.subscriber.onNext(1);
                source.subscriber.onComplete();
            };
            switch (random.nextInt(3)) {
                case 0 -> race.run(ahead(), emits, subscriber::cancel);
                case 1 -> race.run(ahead(), emits, () -> subscriber.request(1));
                default -> {
                    emits.run();
                    race.run(ahead(), () -> subscriber.request(1), subscriber::cancel);
                }
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
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
