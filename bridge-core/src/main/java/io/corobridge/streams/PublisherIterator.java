package io.corobridge.streams;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Pending;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * one at a time. Closing it cancels the subscription and discards what is in the queue; {@link #discard} and {@link #drop} are
 * for hosts that have hooks.
 *
 * @param <T> the element
 */
public class PublisherIterator<T> implements AsyncIterator<T>, Subscriber<T>, AutoCloseable {
    private final int prefetch;
    private final int refillAt;
    private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private final AtomicReference<@Nullable Step> waiter = new AtomicReference<>();
    private final Consumer<T> discard = this::discard;

    /** Written before {@link #done}. */
    private @Nullable Throwable failure;

    private volatile boolean done;
    private volatile boolean closed;

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
            throw new NullPointerException("onSubscribe(null): §2.13");
        }
        if (!subscription.compareAndSet(null, offered)) {
            offered.cancel();
            return;
        }
        if (closed) {
            offered.cancel();
            return;
        }
        offered.request(prefetch == Integer.MAX_VALUE ? Long.MAX_VALUE : prefetch);
    }

    @Override
    public void onNext(T element) {
        if (element == null) {
            throw new NullPointerException("onNext(null): §2.13");
        }
        if (done || closed) {
            discard(element);
            return;
        }
        queue.add(element);
        if (closed) {
            discardQueue();
        }
        wake();
    }

    @Override
    public void onError(Throwable error) {
        if (error == null) {
            throw new NullPointerException("onError(null): §2.13");
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

    private void wake() {
        Step step = waiter.getAndSet(null);
        if (step != null) {
            step.tryAgain();
        }
    }

    @Override
    public Awaitable<T> anext() {
        return () -> {
            AwaitIterator<T> known = poll();
            return known != null ? known : new Step();
        };
    }

    /** The outcome of a step as far as it is known, or null. */
    private @Nullable AwaitIterator<T> poll() {
        boolean ended = done || closed;
        T element = queue.poll();
        if (element != null) {
            consume();
            return Awaitables.ready(element, discard).awaitIterator();
        }
        return ended ? Awaitables.<T>failed(end()).awaitIterator() : null;
    }

    private Throwable end() {
        Throwable error = failure;
        failure = null;
        return error != null ? error : new StopAsyncIteration();
    }

    private void consume() {
        if (prefetch == Integer.MAX_VALUE) {
            return;
        }
        if (++consumed >= refillAt) {
            int taken = consumed;
            consumed = 0;
            Subscription upstream = subscription.get();
            if (upstream != null && !done) {
                upstream.request(taken);
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
        Subscription upstream = subscription.get();
        if (upstream != null && !done) {
            upstream.cancel();
        }
        discardQueue();
        wake();
    }

    private void discardQueue() {
        for (T element = queue.poll(); element != null; element = queue.poll()) {
            discard(element);
        }
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
            T element = queue.poll();
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
        return !queue.isEmpty() || done || closed;
    }
}
