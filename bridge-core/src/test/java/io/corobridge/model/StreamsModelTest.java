package io.corobridge.model;

import static io.corobridge.model.Interleavings.check;
import static io.corobridge.model.Interleavings.together;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Completion;
import io.corobridge.Pending;
import io.corobridge.streams.AsyncIterableSubscription;
import io.corobridge.streams.HeldResult;
import io.corobridge.streams.Hooks;
import io.corobridge.streams.PublisherIterator;
import io.corobridge.streams.SingleValue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The signals of a publisher, the demand and the cancel of its subscriber, in every order, on both sides of the bridge: each element reaches
 * the body or the subscriber, or is discarded, once; signals come one at a time; and what is open is closed once.
 */
@Tag("model")
class StreamsModelTest {
    private static final class Upstream implements Subscription {
        private final AtomicInteger cancels = new AtomicInteger();

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancels.incrementAndGet();
        }
    }

    /** What an await comes to. */
    private static final class Outcome implements Completion<Object> {
        private final AtomicInteger elements = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();

        @Override
        public void complete(Object value) {
            elements.incrementAndGet();
        }

        @Override
        public void fail(Throwable error) {
            ends.incrementAndGet();
        }
    }

    private static final class Await extends SingleValue<Object> {
        private final AtomicInteger discarded = new AtomicInteger();
        private final AtomicInteger dropped = new AtomicInteger();

        Await() {
            super(subscriber -> {});
        }

        @Override
        protected void discard(Object element) {
            discarded.incrementAndGet();
        }

        @Override
        protected void drop(Throwable error) {
            dropped.incrementAndGet();
        }
    }

    @Test
    void valueOfAnAwaitAgainstItsCancel() {
        Interleavings.of(() -> {
            Await await = new Await();
            Outcome outcome = new Outcome();
            Upstream upstream = new Upstream();
            await.start(outcome);
            boolean[] cancelled = new boolean[1];
            together(
                    () -> {
                        await.onSubscribe(upstream);
                        await.onNext("value");
                        await.onComplete();
                    },
                    () -> cancelled[0] = await.cancel());

            check(outcome.elements.get() == (cancelled[0] ? 0 : 1), "resumed unless cancelled", outcome.elements);
            check(outcome.elements.get() + await.discarded.get() == 1, "delivered or discarded", await.discarded);
            check(upstream.cancels.get() == (cancelled[0] ? 1 : 0), "the subscription", upstream.cancels);
        });
    }

    @Test
    void errorOfAnAwaitAgainstItsCancel() {
        Interleavings.of(() -> {
            Await await = new Await();
            Outcome outcome = new Outcome();
            await.start(outcome);
            await.onSubscribe(new Upstream());
            together(
                    () -> {
                        await.onNext("value");
                        await.onError(new IllegalStateException());
                    },
                    await::cancel);

            check(await.discarded.get() == 1, "the value is discarded", await.discarded);
            check(outcome.ends.get() + await.dropped.get() == 1, "the error is raised or dropped", outcome.ends);
        });
    }

    private static final class Elements extends PublisherIterator<Object> {
        private final AtomicInteger discarded = new AtomicInteger();

        Elements(int prefetch) {
            super(prefetch);
        }

        @Override
        protected void discard(Object element) {
            discarded.incrementAndGet();
        }

        @SuppressWarnings("unchecked")
        Pending<Object> step() {
            return (Pending<Object>) anext().awaitIterator();
        }
    }

    @Test
    void elementsAgainstAStepAndTheClose() {
        Interleavings.of(() -> {
            Elements elements = new Elements(2);
            Upstream upstream = new Upstream();
            elements.onSubscribe(upstream);
            Outcome outcome = new Outcome();
            Pending<Object> step = elements.step();
            together(
                    () -> {
                        elements.onNext("one");
                        elements.onNext("two");
                    },
                    () -> step.start(outcome),
                    elements::close);

            check(outcome.elements.get() + outcome.ends.get() == 1, "the step has ended once", outcome.ends);
            check(outcome.elements.get() + elements.discarded.get() == 2, "delivered or discarded", elements.discarded);
            check(upstream.cancels.get() == 1, "cancelled once", upstream.cancels);
        });
    }

    @Test
    void elementsAgainstAStepThatIsGivenUp() {
        Interleavings.of(() -> {
            Elements elements = new Elements(2);
            elements.onSubscribe(new Upstream());
            Outcome outcome = new Outcome();
            Pending<Object> step = elements.step();
            step.start(outcome);
            together(
                    () -> {
                        elements.onNext("one");
                        elements.onComplete();
                    },
                    step::cancel);
            Object left = elements.poll();

            check(outcome.ends.get() == 0, "the step did not see the end", outcome.ends);
            check((outcome.elements.get() == 1) == (left == null), "delivered, or left for the next step", left);
        });
    }

    @Test
    void elementsAgainstStepsInOrder() {
        Interleavings.of(() -> {
            Elements elements = new Elements(1);
            elements.onSubscribe(new Upstream());
            int[] seen = new int[1];
            together(
                    () -> {
                        // More than was requested, so that the ring is not enough.
                        for (int i = 1; i <= 4; i++) {
                            elements.onNext(i);
                        }
                    },
                    () -> {
                        for (int i = 0; i < 6; i++) {
                            take(elements, seen);
                        }
                    });
            for (int i = 0; i < 4; i++) {
                take(elements, seen);
            }
            check(seen[0] == 4, "all, in order", seen[0]);
        });
    }

    private static void take(Elements elements, int[] seen) {
        Object element = elements.poll();
        if (element != null) {
            check((int) element == seen[0] + 1, "in order", element);
            seen[0]++;
        }
    }

    /** Notices signals that overlap, and signals after the last. */
    private static final class Downstream implements Subscriber<Object> {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger elements = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();

        private void signal(AtomicInteger counter) {
            check(inside.incrementAndGet() == 1, "one at a time", inside);
            check(ends.get() == 0, "none after the last", ends);
            counter.incrementAndGet();
            inside.decrementAndGet();
        }

        @Override
        public void onSubscribe(Subscription subscription) {}

        @Override
        public void onNext(Object element) {
            signal(elements);
        }

        @Override
        public void onError(Throwable error) {
            signal(ends);
        }

        @Override
        public void onComplete() {
            signal(ends);
        }
    }

    /** Each step waits until somebody ends it. */
    private static final class Steps implements AsyncIterator<Object>, AutoCloseable {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger delivered = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile Step current;

        final class Step extends Pending<Object> implements Awaitable<Object> {
            @Override
            public AwaitIterator<Object> awaitIterator() {
                return this;
            }

            @Override
            public Object source() {
                return Steps.this;
            }

            @Override
            protected void open() {}

            @Override
            protected void release() {}

            void end() {
                if (claim()) {
                    delivered.incrementAndGet();
                    deliver("element");
                }
            }
        }

        @Override
        public Awaitable<Object> anext() {
            begun.incrementAndGet();
            current = new Step();
            return current;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static final class Run extends AsyncIterableSubscription<Object> {
        private final AtomicInteger discarded;

        Run(Downstream downstream, Steps steps, AtomicInteger discarded) {
            super(downstream, steps);
            this.discarded = discarded;
        }

        @Override
        protected void discard(Object dropped) {
            discarded.incrementAndGet();
        }
    }

    private static void checkClosed(Steps steps, Downstream downstream, AtomicInteger discarded) {
        int delivered = steps.delivered.get();
        check(downstream.elements.get() + discarded.get() == delivered, "signalled or discarded", discarded);
        check(steps.closed.get() == 1, "closed once", steps.closed);
    }

    @Test
    void elementAgainstRequestAndCancel() {
        Interleavings.of(() -> {
            Steps steps = new Steps();
            Downstream downstream = new Downstream();
            AtomicInteger discarded = new AtomicInteger();
            Run run = new Run(downstream, steps, discarded);
            run.request(1);
            Steps.Step first = steps.current;
            together(first::end, () -> run.request(1), run::cancel);

            check(steps.begun.get() <= 2, "a step for each that was requested", steps.begun);
            checkClosed(steps, downstream, discarded);
        });
    }

    @Test
    void elementAgainstRequest() {
        Interleavings.of(() -> {
            Steps steps = new Steps();
            Downstream downstream = new Downstream();
            AtomicInteger discarded = new AtomicInteger();
            Run run = new Run(downstream, steps, discarded);
            run.request(1);
            Steps.Step first = steps.current;
            together(first::end, () -> run.request(1));

            check(steps.begun.get() == 2, "the second step has begun", steps.begun);
            check(downstream.elements.get() == 1, "the first has been signalled", downstream.elements);
            run.cancel();
            checkClosed(steps, downstream, discarded);
        });
    }

    @Test
    void badRequestAgainstElementAndCancel() {
        Interleavings.of(() -> {
            Steps steps = new Steps();
            Downstream downstream = new Downstream();
            AtomicInteger discarded = new AtomicInteger();
            Run run = new Run(downstream, steps, discarded);
            run.request(1);
            Steps.Step first = steps.current;
            together(first::end, () -> run.request(0), run::cancel);

            check(downstream.ends.get() <= 1, "told once at most", downstream.ends);
            checkClosed(steps, downstream, discarded);
        });
    }

    @Test
    void resultAgainstRequestAndCancel() {
        Interleavings.of(() -> {
            Downstream downstream = new Downstream();
            AtomicInteger discarded = new AtomicInteger();
            HeldResult<Object> held = new HeldResult<>(downstream, new Hooks() {
                @Override
                public void discard(Object value) {
                    discarded.incrementAndGet();
                }

                @Override
                public void drop(Throwable error) {}

                @Override
                public void checkFatal(Throwable error) {}
            });
            together(() -> held.complete("result"), held::request, held::end);

            check(downstream.elements.get() + discarded.get() == 1, "signalled or discarded", discarded);
            check(downstream.ends.get() == downstream.elements.get(), "completed with it", downstream.ends);
        });
    }
}
