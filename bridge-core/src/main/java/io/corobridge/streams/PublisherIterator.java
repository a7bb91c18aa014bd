package io.corobridge.streams;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Pending;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The subscriber side: what a publisher emits, as an async iterator with bounded prefetch.
 *
 * <p>Elements wait in a queue. When it is empty, a step leaves itself in {@link #waiter}; the publisher's thread fills the queue
 * first and looks for a waiter then, the step the other way round, so that one of the two always sees the other. Steps are taken
 * one at a time. Closing it cancels the subscription and discards what is in the queue; {@link #discard}, {@link #drop} and
 * {@link #late} are for hosts that have hooks.
 *
 * @param <T> the element
 */
public class PublisherIterator<T> implements AsyncIterator.Buffered<T>, Subscriber<T>, AutoCloseable {
    private final int prefetch;
    private final int refillAt;
    private final PrefetchQueue<T> queue;
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private final AtomicReference<@Nullable Step> waiter = new AtomicReference<>();
    private final Consumer<T> discard = this::discard;
    private final Awaitable<T> step = this::newStep;

    /** Who calls the subscription has it to himself (§2.7): a cancel that finds somebody there leaves it to him. */
    private final AtomicInteger upstreamCalls = new AtomicInteger();

    /** Who discards what is in the queue: the closer, or the publisher that has not noticed yet. */
    private final AtomicInteger discarding = new AtomicInteger();

    /** Written before {@link #done}. */
    private @Nullable Throwable failure;

    private volatile boolean done;
    private volatile boolean closed;

    /** Takes the place of the queue when the source can be asked. */
    private volatile @Nullable Pull<T> pull;

    /** Of the consumer: how many elements were taken since the last request. */
    private int consumed;

    /**
     * Makes one that is to be subscribed.
     *
     * @param prefetch how many elements are requested ahead, at least 1
     */
    public PublisherIterator(int prefetch) {
        checkPrefetch(prefetch);
        this.prefetch = prefetch;
        this.queue = new PrefetchQueue<>(prefetch);
        this.refillAt = Math.max(1, prefetch - (prefetch >> 2));
    }

    /**
     * Checks a prefetch before anything is subscribed.
     *
     * @param prefetch how many elements are to be requested ahead
     * @throws IllegalArgumentException when it is below 1
     */
    public static void checkPrefetch(int prefetch) {
        if (prefetch < 1) {
            throw new IllegalArgumentException("prefetch must be at least 1, but is " + prefetch);
        }
    }

    /**
     * Called for each element that reaches nobody.
     *
     * @param element the element
     */
    protected void discard(T element) {}

    /**
     * Called for an element that comes after the end of the source.
     *
     * @param element the element
     */
    protected void late(T element) {
        discard(element);
    }

    /**
     * Called for an error that reaches nobody, because it came after the end.
     *
     * @param error the error
     */
    protected void drop(Throwable error) {
        Dropped.report(error);
    }

    @Override
    public void onSubscribe(Subscription offered) {
        if (offered == null) {
            throw broken("onSubscribe(null)");
        }
        if (!subscription.compareAndSet(null, offered)) {
            offered.cancel();
            return;
        }
        if (closed) {
            offered.cancel();
            return;
        }
        Pull<T> direct = pull(offered);
        if (direct != null) {
            pull = direct;
            wake();
            return;
        }
        request(offered, prefetch == Integer.MAX_VALUE ? Long.MAX_VALUE : prefetch);
    }

    private void request(Subscription upstream, long n) {
        if (upstreamCalls.getAndIncrement() == 0) {
            upstream.request(n);
            if (upstreamCalls.decrementAndGet() != 0) {
                upstream.cancel();
            }
        }
    }

    /**
     * Called before anything is requested, for sources that can be asked for elements instead of signalling them.
     *
     * @param offered the subscription
     * @return where elements are to be taken from by the thread that steps, or null for a source that signals
     */
    protected @Nullable Pull<T> pull(Subscription offered) {
        return null;
    }

    /**
     * A source that is asked for its elements.
     *
     * @param <T> the element
     */
    @FunctionalInterface
    protected interface Pull<T> {
        /**
         * Takes the next element.
         *
         * @return it, or null at the end
         * @throws Throwable what the source fails with
         */
        @Nullable
        T poll() throws Throwable;
    }

    @Override
    public void onNext(T element) {
        if (element == null) {
            throw broken("onNext(null)");
        }
        if (done) {
            late(element);
            return;
        }
        if (closed) {
            discard(element);
            return;
        }
        queue.add(element);
        wake();
        // Only after the exchange in wake(), a fence: else the closer might not see the element, nor this thread the
        // close.
        if (closed) {
            discardQueue();
        }
    }

    @Override
    public void onError(Throwable error) {
        if (error == null) {
            throw broken("onError(null)");
        }
        if (done || closed) {
            drop(error);
            return;
        }
        failure = error;
        done = true;
        wake();
    }

    @Override
    public void onComplete() {
        done = true;
        wake();
    }

    /** What the rules have thrown at the publisher is raised in the loop as well: it may not signal any more. */
    private NullPointerException broken(String signal) {
        NullPointerException error = Demand.nullSignal(signal, source());
        if (!done && !closed) {
            failure = error;
            done = true;
            cancelUpstream();
            wake();
        }
        return error;
    }

    /**
     * What this is subscribed to, for messages.
     *
     * @return the publisher where it is known
     */
    protected Object source() {
        return "a publisher";
    }

    private void wake() {
        Step step = waiter.getAndSet(null);
        if (step != null) {
            step.tryAgain();
        }
    }

    @Override
    public Awaitable<T> anext() {
        return step;
    }

    private AwaitIterator<T> newStep() {
        AwaitIterator<T> known = known();
        return known != null ? known : new Step();
    }

    @Override
    public @Nullable T poll() {
        T element = take();
        if (element != null) {
            consume();
        }
        return element;
    }

    private @Nullable T take() {
        if (closed) {
            return null;
        }
        Pull<T> direct = pull;
        return direct != null ? pulled(direct) : queue.poll();
    }

    /** The outcome of a step as far as it is known, or null. */
    private @Nullable AwaitIterator<T> known() {
        boolean ended = pull != null || done || closed;
        T element = take();
        if (element != null) {
            consume();
            return Awaitables.ready(element, discard).awaitIterator();
        }
        return ended ? Awaitables.<T>failed(end()).awaitIterator() : null;
    }

    private @Nullable T pulled(Pull<T> direct) {
        if (done) {
            return null;
        }
        T element;
        try {
            element = direct.poll();
        } catch (Throwable error) {
            failure = error;
            done = true;
            cancelUpstream();
            return null;
        }
        done = element == null;
        return element;
    }

    private void cancelUpstream() {
        Subscription upstream = subscription.get();
        if (upstream != null && upstreamCalls.getAndIncrement() == 0) {
            upstream.cancel();
        }
    }

    private Throwable end() {
        Throwable error = failure;
        failure = null;
        return error != null ? error : new StopAsyncIteration();
    }

    private void consume() {
        if (prefetch == Integer.MAX_VALUE || pull != null) {
            return;
        }
        if (++consumed >= refillAt) {
            int taken = consumed;
            consumed = 0;
            Subscription upstream = subscription.get();
            if (upstream != null && !done) {
                request(upstream, taken);
            }
        }
    }

    /** Cancels the subscription and discards what was not consumed. A step that waits ends with StopAsyncIteration. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!done) {
            cancelUpstream();
        }
        discardQueue();
        wake();
    }

    private void discardQueue() {
        if (discarding.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (T element = queue.poll(); element != null; element = queue.poll()) {
                discard(element);
            }
            missed = discarding.addAndGet(-missed);
        } while (missed != 0);
    }

    /**
     * The subscription.
     *
     * @return it, or null before it is there
     */
    protected final @Nullable Subscription upstream() {
        return subscription.get();
    }

    /**
     * Whether the source has ended.
     *
     * @return true after its last signal, although elements may wait
     */
    protected final boolean isDone() {
        return done;
    }

    /**
     * Whether the iterator was closed.
     *
     * @return true after {@link #close()}
     */
    protected final boolean isClosed() {
        return closed;
    }

    /**
     * What the source has failed with.
     *
     * @return the error that is still to be raised, or null
     */
    protected final @Nullable Throwable failure() {
        return done ? failure : null;
    }

    /**
     * How many elements wait.
     *
     * @return an estimate
     */
    protected final int buffered() {
        return queue.size();
    }

    /** A step that found the queue empty. */
    private final class Step extends Pending<T> {
        @Override
        public Object source() {
            return PublisherIterator.this;
        }

        @Override
        protected void open() {
            Step before;
            do {
                before = waiter.get();
                if (before != null && !before.isCancelled()) {
                    throw new RuntimeError("anext(): a step of this iterator is already waiting");
                }
            } while (!waiter.compareAndSet(before, this));
            if (hasNews()) {
                wake();
            }
        }

        /** Called by whoever took this step out of {@link #waiter}: nobody else takes elements meanwhile. */
        void tryAgain() {
            // The news that woke this step may have been for the one before it.
            while (!hasNews()) {
                if (isCancelled() || !waiter.compareAndSet(null, this)) {
                    return;
                }
                if (!hasNews() || !waiter.compareAndSet(this, null)) {
                    return;
                }
            }
            if (!claim()) {
                // Given up; the element stays for the next step.
                return;
            }
            T element = take();
            if (element != null) {
                consume();
                deliver(element);
            } else {
                deliverFailure(end());
            }
        }

        @Override
        protected void release() {
            waiter.compareAndSet(this, null);
        }
    }

    private boolean hasNews() {
        return !queue.isEmpty() || done || closed || pull != null;
    }
}
