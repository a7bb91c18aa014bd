package io.corobridge.rxjava3;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.Generator;
import io.corobridge.GeneratorState;
import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Gate;
import io.corobridge.testkit.PublisherRaces;
import io.corobridge.testkit.RecordingSubscriber;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.MaybeSource;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.operators.QueueFuseable;
import io.reactivex.rxjava3.operators.QueueSubscription;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;

/**
 * An outcome, a dispose and a request that come at the same time from two or three threads: whatever comes first, signals come one at a
 * time, each body is closed once, and no subscription is left. Nothing goes to the handler of undeliverable errors but an error of the
 * source that came too late. What the Reactor adapter has too is inherited.
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
class RaceTest extends PublisherRaces {
    @RegisterExtension
    final Undelivered undelivered = new Undelivered();

    @Override
    protected Recording<Integer> subscriber(long demand) {
        return new Recording<>(demand);
    }

    @Override
    protected Flowable<Integer> own(Publisher<Integer> source) {
        return Flowable.fromPublisher(source);
    }

    @Override
    protected Flowable<Integer> from(AsyncGenerator<Integer, Void> generator) {
        return CoFlowable.from(generator);
    }

    @Override
    protected Flowable<Integer> fromGenerator(Supplier<Generator<Integer, Void, Void>> function) {
        return CoFlowable.fromGenerator(function);
    }

    @Override
    protected Flowable<Integer> stage(Publisher<Integer> source, int prefetch, Stage body) {
        return own(source).compose(CoFlowable.stage(prefetch, (co, elements) -> body.run(co, elements)));
    }

    @Override
    protected Flowable<Integer> feed(
            Publisher<Integer> source,
            Supplier<Generator<Integer, Integer, Integer>> function,
            Consumer<Object> onReturn) {
        return own(source).compose(CoFlowable.feed(function, onReturn));
    }

    @Override
    protected AsyncIterable<Integer> elements(
            Publisher<Integer> source, int prefetch, RecordingSubscriber<Integer> subscriber) {
        return CoFlowable.toAsyncIterable(own(source), prefetch, subscriber.discarded::add);
    }

    /** As a Single, whose observer has no demand. */
    @Override
    protected void run(Coroutine<Integer> coroutine, RecordingSubscriber<Integer> subscriber) {
        CoSingle.from(coroutine).subscribe(new SingleObserver<>() {
            @Override
            public void onSubscribe(Disposable run) {
                subscriber.onSubscribe(new Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {
                        run.dispose();
                    }
                });
            }

            @Override
            public void onSuccess(Integer value) {
                subscriber.onNext(value);
                subscriber.onComplete();
            }

            @Override
            public void onError(Throwable error) {
                subscriber.onError(error);
            }
        });
    }

    @Override
    protected boolean tellsOfDiscards() {
        return false;
    }

    @Override
    protected List<Throwable> dropped(RecordingSubscriber<Integer> subscriber) {
        return undelivered.take();
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
            race.run(() -> source.onSuccess("value"), observer::dispose);

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
            race.run(() -> source.onSuccess("value"), observer::dispose, flushed::onComplete);

            assertThat(observer.values().size()).as("round %d", round).isLessThanOrEqualTo(returned.get());
            observer.assertNoErrors();
            assertThat(source.hasObservers() || flushed.hasObservers()).isFalse();
            assertThat(cleaned).hasValue(1);
            assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
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
    void ofAGeneratorThatIsPolled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger closed = new AtomicInteger();
            Generator<Integer, Void, Void> generator = counting(closed);
            Recording<Integer> subscriber = new Recording<>(0);
            CoFlowable.fromGenerator(() -> generator).subscribe(subscriber);
            @SuppressWarnings("unchecked")
            QueueSubscription<Integer> queue = (QueueSubscription<Integer>) subscriber.subscription();
            queue.requestFusion(QueueFuseable.SYNC);
            List<Integer> seen = new ArrayList<>();
            race.run(
                    () -> {
                        try {
                            for (Integer next = queue.poll(); next != null; next = queue.poll()) {
                                seen.add(next);
                            }
                        } catch (Throwable error) {
                            throw new AssertionError(error);
                        }
                    },
                    queue::cancel);
            assertThat(seen)
                    .as("round %d", round)
                    .isEqualTo(List.of(0, 1, 2, 3, 4, 5).subList(0, seen.size()));
            // It may be that nobody ever entered the body.
            assertThat(closed.get()).isLessThanOrEqualTo(1);
            assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
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
                case 0 -> race.run(emits, observer::dispose);
                case 1 -> race.run(emits, opens);
                default -> race.run(emits, observer::dispose, opens);
            }
            observer.dispose();

            assertThat(seen).as("round %d", round).isSorted().doesNotHaveDuplicates();
            assertThat(source.hasObservers()).isFalse();
            assertThat(closed).hasValue(1);
        }
    }

    /** Elements come from the thread that emits, or from one that requests. */
    @Test
    void ofAGeneratorThatIsFedFromABuffer() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PublishProcessor<Integer> source = PublishProcessor.create();
            AtomicInteger closed = new AtomicInteger();
            List<Integer> sent = new CopyOnWriteArrayList<>();
            List<Object> told = new CopyOnWriteArrayList<>();
            Recording<Integer> subscriber = new Recording<>(random.nextBoolean() ? 2 : 9);
            source.onBackpressureBuffer()
                    .compose(CoFlowable.feed(() -> Bodies.replying(sent, closed), told::add))
                    .subscribe(subscriber);
            Runnable emits = () -> {
                for (int i = 1; i <= 3; i++) {
                    source.onNext(i);
                }
                source.onComplete();
            };
            switch (random.nextInt(4)) {
                case 0 -> race.run(emits, subscriber::cancel);
                case 1 -> race.run(emits, () -> subscriber.request(0));
                case 2 -> race.run(emits, () -> subscriber.request(2));
                default -> race.run(emits, subscriber::cancel, () -> subscriber.request(2));
            }
            subscriber.cancel();

            assertThat(subscriber.isBroken()).as("round %d", round).isFalse();
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
            TestObserver<Integer> observer = source.to(
                            CoMaybe.<Integer, Integer>feed(() -> Bodies.replying(sent, closed)))
                    .test();
            race.run(
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
}
