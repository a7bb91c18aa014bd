package io.corobridge.rxjava3;

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
import io.corobridge.GeneratorState;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.operators.QueueFuseable;
import io.reactivex.rxjava3.operators.QueueSubscription;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;

/**
 * An outcome, a dispose and a request that come at the same time from two threads: whatever comes first, signals come one at a time,
 * each body is closed once, and no subscription is left. Nothing goes to the handler of undeliverable errors.
 */
@Timeout(300)
class RaceTest {
    private static final int ROUNDS = 2_000;

    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    private final Random random = new Random(20261121);
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

    /** Notices two signals at once, and signals after the last one. */
    private static final class Watching<T> extends TestSubscriber<T> {
        private final AtomicInteger inside = new AtomicInteger();
        private volatile boolean over;
        private volatile boolean broken;

        Watching(long demand) {
            super(demand);
        }

        private void enter(boolean last) {
            if (inside.getAndIncrement() != 0 || over) {
                broken = true;
            }
            over = last;
        }

        @Override
        public void onNext(T element) {
            enter(false);
            super.onNext(element);
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable error) {
            enter(true);
            super.onError(error);
            inside.decrementAndGet();
        }

        @Override
        public void onComplete() {
            enter(true);
            super.onComplete();
            inside.decrementAndGet();
        }
    }

    @Test
    void ofACoroutineThatAwaitsASingle() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SingleSubject<String> source = SingleSubject.create();
            AtomicInteger cleaned = new AtomicInteger();
            AtomicInteger returned = new AtomicInteger();
            List<String> dropped = new CopyOnWriteArrayList<>();
            Coroutine<String> coroutine = Coroutine.of(co -> {
                try {
                    String value = co.await(CoSingle.awaitable(source, dropped::add));
                    returned.incrementAndGet();
                    return value;
                } finally {
                    cleaned.incrementAndGet();
                }
            });
            TestObserver<String> observer = CoSingle.from(coroutine).test();
            race.run(ahead(), () -> source.onSuccess("value"), observer::dispose);

            assertThat(observer.values().size()).as("round %d", round).isLessThanOrEqualTo(returned.get());
            assertThat(dropped.size() + returned.get()).as("round %d", round).isLessThanOrEqualTo(1);
            assertThat(source.hasObservers()).isFalse();
            assertThat(cleaned).hasValue(1);
            assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        }
    }

    @Test
    void ofAnAsyncGenerator() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gate gate = new Gate();
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
                    cleaned.incrementAndGet();
                }
            });
            Watching<Integer> subscriber = new Watching<>(1 + random.nextInt(3));
            CoFlowable.from(generator).subscribe(subscriber);
            Runnable opens = () -> {
                gate.open();
                gate.open();
            };
            switch (random.nextInt(3)) {
                case 0 -> race.run(ahead(), opens, subscriber::cancel);
                case 1 -> race.run(ahead(), opens, () -> subscriber.request(2));
                default -> {
                    gate.open();
                    race.run(ahead(), () -> subscriber.request(2), subscriber::cancel);
                }
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            List<Integer> seen = subscriber.values();
            assertThat(seen).as("round %d", round).isEqualTo(yielded.subList(0, seen.size()));
            assertThat(cleaned).hasValue(1);
            assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
        }
    }

    private static Generator<Integer, Void, Void> counting(AtomicInteger closed) {
        return Generator.of(co -> {
            try {
                for (int i = 0; i < 6; i++) {
                    co.yield(i);
                }
                return null;
            } finally {
                closed.incrementAndGet();
            }
        });
    }

    @Test
    void ofAGenerator() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger closed = new AtomicInteger();
            Generator<Integer, Void, Void> generator = counting(closed);
            Watching<Integer> subscriber = new Watching<>(1);
            CoFlowable.fromGenerator(() -> generator).subscribe(subscriber);
            switch (random.nextInt(3)) {
                case 0 -> race.run(ahead(), () -> subscriber.request(3), subscriber::cancel);
                case 1 -> race.run(ahead(), () -> subscriber.request(1), () -> subscriber.request(2));
                default -> race.run(ahead(), () -> subscriber.request(Long.MAX_VALUE), () -> subscriber.request(2));
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            assertThat(subscriber.values())
                    .isEqualTo(List.of(0, 1, 2, 3, 4, 5)
                            .subList(0, subscriber.values().size()));
            assertThat(closed).hasValue(1);
            assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
        }
    }

    @Test
    void ofAGeneratorThatIsPolled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger closed = new AtomicInteger();
            Generator<Integer, Void, Void> generator = counting(closed);
            AtomicReference<QueueSubscription<Integer>> queue = new AtomicReference<>();
            CoFlowable.fromGenerator(() -> generator).subscribe(new TestSubscriber<Integer>() {
                @Override
                @SuppressWarnings("unchecked")
                public void onSubscribe(Subscription offered) {
                    queue.set((QueueSubscription<Integer>) offered);
                }
            });
            queue.get().requestFusion(QueueFuseable.SYNC);
            List<Integer> seen = new ArrayList<>();
            race.run(
                    ahead(),
                    () -> {
                        try {
                            for (Integer next = queue.get().poll();
                                    next != null;
                                    next = queue.get().poll()) {
                                seen.add(next);
                            }
                        } catch (Throwable error) {
                            throw new AssertionError(error);
                        }
                    },
                    queue.get()::cancel);
            assertThat(seen)
                    .as("round %d", round)
                    .isEqualTo(List.of(0, 1, 2, 3, 4, 5).subList(0, seen.size()));
            // It may be that nobody ever entered the body.
            assertThat(closed.get()).isLessThanOrEqualTo(1);
            assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
        }
    }

    @Test
    void ofAStage() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PublishProcessor<Integer> source = PublishProcessor.create();
            AtomicInteger closed = new AtomicInteger();
            Watching<Integer> subscriber = new Watching<>(1 + random.nextInt(4));
            source.compose(CoFlowable.<Integer, Integer>stage(8, (co, elements) -> {
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
                    source.onNext(i);
                }
                if (completes) {
                    source.onComplete();
                }
            };
            if (random.nextBoolean()) {
                race.run(ahead(), emits, subscriber::cancel);
            } else {
                race.run(ahead(), emits, () -> subscriber.request(2));
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            assertThat(subscriber.values())
                    .as("round %d", round)
                    .isEqualTo(
                            List.of(1, 2, 3, 4).subList(0, subscriber.values().size()));
            assertThat(source.hasSubscribers()).isFalse();
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void ofAnObservableThatALoopReads() throws Exception {
        List<Overflow> choices = List.of(Overflow.buffer(16), Overflow.drop(), Overflow.latest());
        for (int round = 0; round < ROUNDS; round++) {
            PublishSubject<Integer> source = PublishSubject.create();
            List<Integer> seen = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Gate gate = new Gate();
            TestObserver<Object> observer = CoMaybe.from(Coroutine.<Object>of(co -> {
                        try {
                            for (int each :
                                    co.each(CoObservable.toAsyncIterable(source, choices.get(random.nextInt(3))))) {
                                seen.add(each);
                                co.await(gate);
                            }
                            return "done";
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .test();
            Runnable emits = () -> {
                for (int i = 1; i <= 4; i++) {
                    source.onNext(i);
                }
            };
            if (random.nextBoolean()) {
                race.run(ahead(), emits, observer::dispose);
            } else {
                race.run(ahead(), emits, () -> {
                    gate.open();
                    gate.open();
                });
            }
            observer.dispose();

            assertThat(seen).as("round %d", round).isSorted().doesNotHaveDuplicates();
            assertThat(source.hasObservers()).isFalse();
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void ofAGeneratorThatIsFed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PublishProcessor<Integer> source = PublishProcessor.create();
            AtomicInteger closed = new AtomicInteger();
            Watching<Integer> subscriber = new Watching<>(9);
            Flowable<Integer> fed = source.compose(CoFlowable.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                try {
                    int element = co.yield(0);
                    while (true) {
                        element = co.yield(100 * element);
                    }
                } finally {
                    closed.incrementAndGet();
                }
            })));
            fed.subscribe(subscriber);
            race.run(
                    ahead(),
                    () -> {
                        for (int i = 1; i <= 3; i++) {
                            source.onNext(i);
                        }
                        source.onComplete();
                    },
                    subscriber::cancel);

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            assertThat(subscriber.values())
                    .isEqualTo(List.of(100, 200, 300)
                            .subList(0, subscriber.values().size()));
            assertThat(source.hasSubscribers()).isFalse();
            assertThat(closed).hasValue(1);
        }
    }
}
