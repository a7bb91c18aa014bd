package io.corobridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/**
 * An outcome, a cancel and a request that come at the same time from two or three threads, at what an adapter makes a publisher of and
 * at what reads one: whatever comes first, each element reaches the subscriber or is discarded, once, signals come one at a time, and
 * the body is closed once.
 */
@Timeout(300)
public abstract class PublisherRaces {
    protected static final int ROUNDS = 2_000;

    protected final Random random = new Random(20261121);
    protected final Race race = new Race(random);

    @AfterEach
    public final void stopThreads() {
        race.close();
    }

    /** One that the adapter's library takes for its own. */
    protected abstract RecordingSubscriber<Integer> subscriber(long demand);

    /** The source as a publisher of the adapter's library, with nothing put between it and its subscriber. */
    protected abstract Publisher<Integer> own(Publisher<Integer> source);

    protected abstract Publisher<Integer> from(AsyncGenerator<Integer, Void> generator);

    protected abstract Publisher<Integer> fromGenerator(Supplier<Generator<Integer, Void, Void>> function);

    protected abstract Publisher<Integer> stage(Publisher<Integer> source, int prefetch, Stage body);

    protected abstract Publisher<Integer> feed(
            Publisher<Integer> source,
            Supplier<Generator<Integer, Integer, Integer>> function,
            Consumer<Object> onReturn);

    /** Asked for in a body that loops over it. What is not taken from it is discarded by the subscriber. */
    protected abstract AsyncIterable<Integer> elements(
            Publisher<Integer> source, int prefetch, RecordingSubscriber<Integer> subscriber);

    /** Has a coroutine run whose result and whose cancel are the subscriber's. */
    protected abstract void run(Coroutine<Integer> coroutine, RecordingSubscriber<Integer> subscriber);

    /** Whether the library tells the subscriber of each element that it lets go. */
    protected abstract boolean tellsOfDiscards();

    /** What became of errors that nobody waited for. */
    protected abstract List<Throwable> dropped(RecordingSubscriber<Integer> subscriber);

    /** The body of an operator. */
    protected interface Stage {
        void run(AsyncGeneratorCo<Integer, Void> co, AsyncIterable<Integer> source) throws Exception;
    }

    /**
     * All that a body made was delivered, in order, but for one element that was in the way when the cancel came; that one, and what the
     * body did not take, was discarded. What may come beside these is not looked at.
     */
    private void assertNothingIsLost(
            RecordingSubscriber<Integer> subscriber, List<Integer> made, List<Integer> notTaken, Integer... besides) {
        List<Object> delivered = new ArrayList<>(subscriber.values());
        delivered.removeAll(List.of(besides));
        assertThat(delivered).isEqualTo(made.subList(0, delivered.size()));
        List<Object> others = new ArrayList<>(made.subList(delivered.size(), made.size()));
        assertThat(others).hasSizeLessThanOrEqualTo(1);
        if (tellsOfDiscards()) {
            others.addAll(notTaken);
            List<Object> discarded = new ArrayList<>(subscriber.discarded);
            discarded.removeAll(List.of(besides));
            assertThat(discarded).containsExactlyInAnyOrderElementsOf(others);
        }
    }

    private static void assertOnlyABadRequestIsAnError(RecordingSubscriber<Integer> subscriber, boolean isBad) {
        assertThat(subscriber.errors())
                .hasSizeLessThanOrEqualTo(isBad ? 1 : 0)
                .allSatisfy(error -> assertThat(error).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    public final void ofAnAsyncGenerator() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gate gate = new Gate();
            CompletableFuture<Object> flushed = new CompletableFuture<>();
            AtomicInteger cleaned = new AtomicInteger();
            List<Integer> yielded = new CopyOnWriteArrayList<>();
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
                        // It suspends, so that a cancel that comes only now is delivered here, also when it is
                        // complete.
                        co.await(Awaitables.create(
                                completion -> flushed.whenComplete((value, error) -> completion.complete(value))));
                    } finally {
                        cleaned.incrementAndGet();
                    }
                }
            });
            RecordingSubscriber<Integer> subscriber = subscriber(random.nextInt(4));
            from(generator).subscribe(subscriber);
            // Sometimes the body has to be resumed by the other thread's request.
            subscriber.request(1);
            Runnable opens = () -> {
                gate.open();
                gate.open();
            };
            Runnable flushes = () -> flushed.complete("flushed");
            if (random.nextBoolean()) {
                flushes.run();
            }
            int racing = random.nextInt(6);
            switch (racing) {
                case 0 -> race.run(opens, subscriber::cancel);
                case 1 -> race.run(opens, () -> subscriber.request(2));
                case 2 -> race.run(opens, () -> subscriber.request(0));
                case 3 -> race.run(opens, subscriber::cancel, () -> subscriber.request(2));
                case 4 -> race.run(opens, subscriber::cancel, flushes);
                default -> {
                    gate.open();
                    race.run(() -> subscriber.request(2), subscriber::cancel);
                }
            }
            subscriber.cancel();
            flushes.run();

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            assertNothingIsLost(subscriber, yielded, List.of());
            assertOnlyABadRequestIsAnError(subscriber, racing == 2);
            assertThat(dropped(subscriber)).isEmpty();
            assertThat(cleaned).hasValue(1);
            assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        }
    }

    @Test
    public final void ofAGenerator() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger closed = new AtomicInteger();
            List<Integer> yielded = new CopyOnWriteArrayList<>();
            Generator<Integer, Void, Void> generator = Generator.of(co -> {
                try {
                    for (int i = 0; i < 6; i++) {
                        yielded.add(i);
                        co.yield(i);
                    }
                    return null;
                } finally {
                    closed.incrementAndGet();
                }
            });
            RecordingSubscriber<Integer> subscriber = subscriber(random.nextInt(2));
            fromGenerator(() -> generator).subscribe(subscriber);
            int most = 1 + random.nextInt(3);
            Runnable asks = () -> subscriber.request(most);
            switch (random.nextInt(4)) {
                case 0 -> race.run(asks, subscriber::cancel);
                case 1 -> race.run(asks, () -> subscriber.request(2));
                case 2 -> race.run(asks, subscriber::cancel, () -> subscriber.request(2));
                default -> race.run(() -> subscriber.request(Long.MAX_VALUE), asks);
            }
            subscriber.cancel();

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            assertNothingIsLost(subscriber, yielded, List.of());
            assertThat(subscriber.errors()).isEmpty();
            assertThat(closed).hasValue(yielded.isEmpty() ? 0 : 1);
            assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
        }
    }

    /** Its onSubscribe comes late, from the thread that signals. */
    @Test
    public final void ofAnAwaitedPublisher() throws Exception {
        Failure failure = new Failure("source");
        for (int round = 0; round < ROUNDS; round++) {
            HandPublisher<Integer> source = new HandPublisher<>();
            CompletableFuture<Subscriber<? super Integer>> late = new CompletableFuture<>();
            AtomicInteger returned = new AtomicInteger();
            AtomicInteger closed = new AtomicInteger();
            RecordingSubscriber<Integer> subscriber = subscriber(1);
            run(
                    Coroutine.of(co -> {
                        try {
                            int value = co.awaitSingle(own(late::complete));
                            returned.incrementAndGet();
                            return value;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }),
                    subscriber);
            boolean fails = random.nextInt(4) == 0;
            race.run(
                    () -> {
                        source.subscribe(late.join());
                        source.subscriber().onNext(7);
                        if (fails) {
                            source.subscriber().onError(failure);
                        } else {
                            source.subscriber().onComplete();
                        }
                    },
                    subscriber::cancel);

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            assertNothingIsLost(subscriber, List.of(7), List.of());
            List<Object> errors = new ArrayList<>(subscriber.signals);
            errors.addAll(dropped(subscriber));
            errors.removeAll(List.of(7, "complete"));
            assertThat(errors).as("round %d", round).isEqualTo(fails ? List.of(failure) : List.of());
            // Cancelled where the body was not resumed with an outcome.
            assertThat(source.cancels() + returned.get()).isLessThanOrEqualTo(1);
            assertThat(closed).hasValue(1);
        }
    }

    /** Sometimes its body stands at a gate. */
    @Test
    public final void ofALoop() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            HandPublisher<Integer> source = new HandPublisher<>();
            List<Object> seen = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Gate gate = new Gate();
            boolean stands = random.nextBoolean();
            RecordingSubscriber<Integer> subscriber = subscriber(0);
            // Its ring has two slots, so that the third element has to wait elsewhere.
            run(
                    Coroutine.of(co -> {
                        try {
                            for (int each : co.each(elements(source, 1, subscriber))) {
                                seen.add(each);
                                if (stands && each == 2) {
                                    co.await(gate);
                                }
                            }
                            return 9;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }),
                    subscriber);
            Runnable emits = () -> {
                for (int i = 1; i <= 4; i++) {
                    source.subscriber().onNext(i);
                }
                source.subscriber().onComplete();
            };
            switch (random.nextInt(3)) {
                case 0 -> race.run(emits, subscriber::cancel);
                case 1 -> race.run(emits, subscriber::cancel, gate::open);
                default -> race.run(emits, subscriber::cancel, () -> subscriber.request(1));
            }

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            List<Object> all = new ArrayList<>(subscriber.discarded);
            all.remove((Object) 9);
            all.addAll(0, seen);
            assertThat(all).as("round %d", round).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(seen).isSorted();
            assertThat(subscriber.signals).isSubsetOf(9, "complete");
            assertThat(dropped(subscriber)).isEmpty();
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    public final void ofAStage() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            HandPublisher<Integer> source = new HandPublisher<>();
            List<Integer> taken = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            RecordingSubscriber<Integer> subscriber = subscriber(1 + random.nextInt(4));
            stage(source, 8, (co, elements) -> {
                        try {
                            for (int each : co.each(elements)) {
                                taken.add(each);
                                co.yield(each);
                            }
                        } finally {
                            closed.incrementAndGet();
                        }
                    })
                    .subscribe(subscriber);
            boolean completes = random.nextBoolean();
            Runnable emits = () -> {
                for (int i = 1; i <= 4; i++) {
                    source.subscriber().onNext(i);
                }
                if (completes) {
                    source.subscriber().onComplete();
                }
            };
            switch (random.nextInt(3)) {
                case 0 -> race.run(emits, subscriber::cancel);
                case 1 -> race.run(emits, () -> subscriber.request(2));
                default -> race.run(emits, subscriber::cancel, () -> subscriber.request(2));
            }
            subscriber.cancel();

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            assertThat(taken).isEqualTo(List.of(1, 2, 3, 4).subList(0, taken.size()));
            assertNothingIsLost(subscriber, taken, List.of(1, 2, 3, 4).subList(taken.size(), 4));
            assertThat(subscriber.errors()).isEmpty();
            assertThat(dropped(subscriber)).isEmpty();
            assertThat(source.cancels()).isBetween(completes ? 0 : 1, 1);
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    public final void ofAGeneratorThatIsFed() throws Exception {
        Failure failure = new Failure("source");
        for (int round = 0; round < ROUNDS; round++) {
            HandPublisher<Integer> source = new HandPublisher<>();
            List<Integer> sent = new CopyOnWriteArrayList<>();
            List<Object> told = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Generator<Integer, Integer, Integer> generator = Bodies.replying(sent, closed);
            boolean fails = random.nextBoolean();
            // Without demand for the last element, which comes with the source's error.
            RecordingSubscriber<Integer> subscriber = subscriber(random.nextBoolean() ? 3 : 9);
            feed(source, () -> generator, told::add).subscribe(subscriber);
            Runnable emits = () -> {
                for (int i = 1; i <= 3; i++) {
                    source.subscriber().onNext(i);
                }
                if (fails) {
                    source.subscriber().onError(failure);
                } else {
                    source.subscriber().onComplete();
                }
            };
            int racing = random.nextInt(4);
            switch (racing) {
                case 0 -> race.run(emits, subscriber::cancel);
                case 1 -> race.run(emits, () -> subscriber.request(-1));
                case 2 -> race.run(emits, () -> subscriber.request(1));
                default -> race.run(emits, subscriber::cancel, () -> subscriber.request(1));
            }
            subscriber.cancel();

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
            assertThat(sent).isEqualTo(List.of(1, 2, 3).subList(0, sent.size()));
            List<Integer> replies = sent.stream().map(element -> 100 * element).toList();
            assertNothingIsLost(subscriber, replies, List.of(1, 2, 3).subList(sent.size(), 3), -1, 7);
            assertOnlyABadRequestIsAnError(subscriber, racing == 1);
            List<Object> all = new ArrayList<>(subscriber.values());
            all.addAll(subscriber.discarded);
            assertThat(all).doesNotHaveDuplicates();
            assertThat(told).hasSizeLessThanOrEqualTo(1);
            assertThat(dropped(subscriber)).isSubsetOf(failure);
            assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
            assertThat(closed).hasValue(1);
        }
    }
}
