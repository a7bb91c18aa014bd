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
import io.corobridge.GeneratorExit;
import io.corobridge.GeneratorState;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.MaybeSource;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.operators.QueueFuseable;
import io.reactivex.rxjava3.operators.QueueSubscription;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
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
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * An outcome, a dispose and a request that come at the same time from two or three threads: whatever comes first, signals come one at a
 * time, each body is closed once, and no subscription is left. Nothing goes to the handler of undeliverable errors but an error of the
 * source that came too late.
 *
 * <table>
 * <caption>What meets what</caption>
 * <tr><th><th>outcome, cancel<th>outcome, request<th>request, cancel<th>all three
 * <tr><td>a coroutine as a Maybe<td>yes<td colspan=2>it has no demand<td>with the end of what its clean-up awaits
 * <tr><td>an async generator as a Flowable<td>yes<td>yes, also bad ones<td>yes<td>yes
 * <tr><td>a generator as a Flowable<td>its step is the request<td>two requests<td>yes<td>two requests and a cancel
 * <tr><td>the same, polled<td>yes<td colspan=3>it is not requested
 * <tr><td>an awaited Single, Maybe or Completable<td>yes, and its onSubscribe<td colspan=3>it has no demand
 * <tr><td>an awaited Flowable<td>yes, and its onSubscribe<td colspan=3>it requests once, while it subscribes
 * <tr><td>a loop over a Flowable<td>yes<td>its refill<td>its refill<td>with what the body awaits between elements
 * <tr><td>a loop over an Observable<td>yes<td>the loop's steps<td colspan=2>yes
 * <tr><td>a stage<td>yes<td>yes<td>as an async generator<td>yes
 * <tr><td>a generator that is fed<td>yes<td>yes, also bad ones<td>as an async generator<td>yes
 * <tr><td>its result<td>yes<td colspan=3>its demand has no bound
 * </table>
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

    /** A clean-up that awaits what another thread completes. */
    @Test
    void ofACoroutine() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SingleSubject<String> source = SingleSubject.create();
            CompletableSubject flushed = CompletableSubject.create();
            AtomicInteger cleaned = new AtomicInteger();
            AtomicInteger returned = new AtomicInteger();
            Coroutine<String> coroutine = Coroutine.of(co -> {
                String value;
                try {
                    value = co.await(CoSingle.awaitable(source));
                } finally {
                    // A cancel that comes only now is delivered here.
                    try {
                        co.await(CoCompletable.awaitable(flushed));
                    } finally {
                        cleaned.incrementAndGet();
                    }
                }
                returned.incrementAndGet();
                return value;
            });
            TestObserver<String> observer = CoMaybe.from(coroutine).test();
            race.run(ahead(), () -> source.onSuccess("value"), observer::dispose, flushed::onComplete);

            assertThat(observer.values().size()).as("round %d", round).isLessThanOrEqualTo(returned.get());
            observer.assertNoErrors();
            assertThat(source.hasObservers() || flushed.hasObservers()).isFalse();
            assertThat(cleaned).hasValue(1);
            assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        }
    }

    /** Subscribed to later, by the thread that signals. */
    private static final class Late extends Flowable<Integer> {
        private final AtomicInteger cancels = new AtomicInteger();
        private Subscriber<? super Integer> subscriber;

        @Override
        protected void subscribeActual(Subscriber<? super Integer> actual) {
            subscriber = actual;
        }

        void begin() {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {
                    cancels.incrementAndGet();
                }
            });
        }
    }

    @Test
    void ofAnAwaitedFlowable() throws Exception {
        Failure failure = new Failure("source");
        for (int round = 0; round < ROUNDS; round++) {
            Late source = new Late();
            AtomicInteger returned = new AtomicInteger();
            AtomicInteger closed = new AtomicInteger();
            TestObserver<Integer> observer = CoSingle.from(Coroutine.<Integer>of(co -> {
                        try {
                            int value = co.awaitSingle(source);
                            returned.incrementAndGet();
                            return value;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .test();
            boolean fails = random.nextInt(4) == 0;
            race.run(
                    ahead(),
                    () -> {
                        source.begin();
                        source.subscriber.onNext(7);
                        if (fails) {
                            source.subscriber.onError(failure);
                        } else {
                            source.subscriber.onComplete();
                        }
                    },
                    observer::dispose);

            List<Throwable> late = undelivered.take();
            assertThat(late)
                    .as("round %d", round)
                    .hasSizeLessThanOrEqualTo(fails ? 1 : 0)
                    .allMatch(failure::equals);
            assertThat(observer.values().size()).as("round %d", round).isLessThanOrEqualTo(returned.get());
            // Cancelled where the body was not resumed with an outcome.
            assertThat(source.cancels.get() + returned.get()).isLessThanOrEqualTo(1);
            assertThat(closed).hasValue(1);
        }
    }

    /** Its onSubscribe and its outcome come late. */
    @Test
    void ofAnAwaitedMaybe() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicReference<MaybeObserver<? super String>> subscribed = new AtomicReference<>();
            MaybeSource<String> source = subscribed::set;
            List<String> dropped = new CopyOnWriteArrayList<>();
            AtomicInteger returned = new AtomicInteger();
            AtomicInteger closed = new AtomicInteger();
            TestObserver<String> observer = CoMaybe.from(Coroutine.<String>of(co -> {
                        try {
                            String value = co.await(CoMaybe.awaitable(source, dropped::add));
                            returned.incrementAndGet();
                            return value;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .test();
            Disposable given = Disposable.empty();
            race.run(
                    ahead(),
                    () -> {
                        subscribed.get().onSubscribe(given);
                        subscribed.get().onSuccess("value");
                    },
                    observer::dispose);

            assertThat(observer.values().size()).as("round %d", round).isLessThanOrEqualTo(returned.get());
            // The body has it or the dropper: a value that was there before the cancel is delivered first.
            assertThat(dropped.size() + returned.get()).as("round %d", round).isEqualTo(1);
            assertThat(given.isDisposed()).isEqualTo(returned.get() == 0);
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void ofAnAsyncGenerator() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Gate gate = new Gate();
            CompletableSubject flushed = CompletableSubject.create();
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
                        co.await(CoCompletable.awaitable(flushed));
                    } finally {
                        cleaned.incrementAndGet();
                    }
                }
            });
            Race.Watching<Integer> subscriber = new Race.Watching<>(random.nextInt(4));
            CoFlowable.from(generator).subscribe(subscriber);
            // Sometimes the body has to be resumed by the other thread's request.
            subscriber.request(1);
            Runnable opens = () -> {
                gate.open();
                gate.open();
            };
            switch (random.nextInt(6)) {
                case 0 -> race.run(ahead(), opens, subscriber::cancel);
                case 1 -> race.run(ahead(), opens, () -> subscriber.request(2));
                case 2 -> race.run(ahead(), opens, subscriber::requestNothing);
                case 3 -> race.run(ahead(), opens, subscriber::cancel, () -> subscriber.request(2));
                case 4 -> race.run(ahead(), opens, subscriber::cancel, flushed::onComplete);
                default -> {
                    gate.open();
                    race.run(ahead(), () -> subscriber.request(2), subscriber::cancel);
                }
            }
            subscriber.cancel();
            flushed.onComplete();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            List<Integer> seen = subscriber.values();
            assertThat(seen).as("round %d", round).isEqualTo(yielded.subList(0, seen.size()));
            // At most one element was in the way when the cancel came.
            assertThat(yielded.size() - seen.size()).isLessThanOrEqualTo(1);
            assertThat(cleaned).hasValue(1);
            assertThat(flushed.hasObservers()).isFalse();
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
            Race.Watching<Integer> subscriber = new Race.Watching<>(1);
            CoFlowable.fromGenerator(() -> generator).subscribe(subscriber);
            switch (random.nextInt(4)) {
                case 0 -> race.run(ahead(), () -> subscriber.request(3), subscriber::cancel);
                case 1 -> race.run(ahead(), () -> subscriber.request(1), () -> subscriber.request(2));
                case 2 ->
                    race.run(ahead(), () -> subscriber.request(3), subscriber::cancel, () -> subscriber.request(2));
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
    void ofALoop() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Late source = new Late();
            List<Integer> seen = new CopyOnWriteArrayList<>();
            List<Integer> dropped = new CopyOnWriteArrayList<>();
            AtomicInteger closed = new AtomicInteger();
            Gate gate = new Gate();
            // Its ring has two slots, so that the third element has to wait elsewhere.
            TestObserver<Integer> observer = CoSingle.from(Coroutine.<Integer>of(co -> {
                        try {
                            for (int each : co.each(CoFlowable.toAsyncIterable(source, 1, dropped::add))) {
                                seen.add(each);
                                if (each == 2) {
                                    co.await(gate);
                                }
                            }
                            return 9;
                        } finally {
                            closed.incrementAndGet();
                        }
                    }))
                    .test();
            source.begin();
            Runnable emits = () -> {
                for (int i = 1; i <= 4; i++) {
                    source.subscriber.onNext(i);
                }
                source.subscriber.onComplete();
            };
            if (random.nextBoolean()) {
                race.run(ahead(), emits, observer::dispose);
            } else {
                race.run(ahead(), emits, observer::dispose, gate::open);
            }

            List<Integer> all = new ArrayList<>(seen);
            all.addAll(dropped);
            assertThat(all).as("round %d", round).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(seen).isSorted();
            observer.assertNoErrors();
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void ofAStage() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PublishProcessor<Integer> source = PublishProcessor.create();
            AtomicInteger closed = new AtomicInteger();
            Race.Watching<Integer> subscriber = new Race.Watching<>(1 + random.nextInt(4));
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
            switch (random.nextInt(3)) {
                case 0 -> race.run(ahead(), emits, subscriber::cancel);
                case 1 -> race.run(ahead(), emits, () -> subscriber.request(2));
                default -> race.run(ahead(), emits, subscriber::cancel, () -> subscriber.request(2));
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
            Runnable opens = () -> {
                gate.open();
                gate.open();
            };
            switch (random.nextInt(3)) {
                case 0 -> race.run(ahead(), emits, observer::dispose);
                case 1 -> race.run(ahead(), emits, opens);
                default -> race.run(ahead(), emits, observer::dispose, opens);
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
            List<Integer> sent = new CopyOnWriteArrayList<>();
            List<Object> told = new CopyOnWriteArrayList<>();
            Race.Watching<Integer> subscriber = new Race.Watching<>(random.nextBoolean() ? 2 : 9);
            source.onBackpressureBuffer()
                    .compose(CoFlowable.feed(() -> replying(sent, closed), told::add))
                    .subscribe(subscriber);
            Runnable emits = () -> {
                for (int i = 1; i <= 3; i++) {
                    source.onNext(i);
                }
                source.onComplete();
            };
            switch (random.nextInt(4)) {
                case 0 -> race.run(ahead(), emits, subscriber::cancel);
                case 1 -> race.run(ahead(), emits, subscriber::requestNothing);
                case 2 -> race.run(ahead(), emits, () -> subscriber.request(2));
                default -> race.run(ahead(), emits, subscriber::cancel, () -> subscriber.request(2));
            }
            subscriber.cancel();

            assertThat(subscriber.broken).as("round %d", round).isFalse();
            assertThat(subscriber.values())
                    .isEqualTo(List.of(100, 200, 300)
                            .subList(0, subscriber.values().size()));
            // At most one reply was in the way when the cancel came.
            assertThat(sent.size() - subscriber.values().size())
                    .as("round %d", round)
                    .isBetween(0, 1);
            assertThat(told).hasSizeLessThanOrEqualTo(1);
            assertThat(source.hasSubscribers()).isFalse();
            assertThat(closed).hasValue(1);
        }
    }

    @Test
    void ofTheResultOfAGeneratorThatIsFed() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PublishProcessor<Integer> source = PublishProcessor.create();
            AtomicInteger closed = new AtomicInteger();
            List<Integer> sent = new CopyOnWriteArrayList<>();
            TestObserver<Integer> observer = source.to(CoMaybe.<Integer, Integer>feed(() -> replying(sent, closed)))
                    .test();
            race.run(
                    ahead(),
                    () -> {
                        source.onNext(1);
                        source.onComplete();
                    },
                    observer::dispose);

            assertThat(observer.values()).as("round %d", round).isSubsetOf(7);
            assertThat(sent).isSubsetOf(1);
            assertThat(source.hasSubscribers()).isFalse();
            assertThat(closed).hasValue(1);
        }
    }

    /** Replies to each element with its hundredfold; returns 7. */
    private static Generator<Integer, Integer, Integer> replying(List<Integer> sent, AtomicInteger closed) {
        return Generator.of(co -> {
            try {
                int element = co.yield(0);
                while (true) {
                    sent.add(element);
                    element = co.yield(100 * element);
                }
            } catch (GeneratorExit e) {
                return 7;
            } finally {
                closed.incrementAndGet();
            }
        });
    }
}
