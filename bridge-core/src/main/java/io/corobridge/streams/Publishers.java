package io.corobridge.streams;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Reactive Streams publishers to and from the protocol. */
public final class Publishers {
    /** How many elements {@code co.each(publisher)} requests ahead. */
    public static final int DEFAULT_PREFETCH = 64;

    private Publishers() {}

    /**
     * An async iterable as a publisher. Cold: each subscription calls {@code aiter()} anew. For an {@link AsyncGenerator} that has
     * not started, the first subscription runs it, and each later one a new generator with the same body; one that has started is
     * {@code onError(RuntimeError)}.
     *
     * <p>{@code request(1)} takes one step, so the body runs only on demand and stands at its yield between elements. A null
     * element is {@code onError(NullPointerException)} and closes the iterator. What the iterator raises is {@code onError}, the
     * same instance. {@code cancel()} closes the step that is under way, waits for its clean-up, and then closes the iterator;
     * it returns before that is over. Steps run on the thread that requests, or that completes what the body awaits.
     *
     * @param <T> the element
     * @param iterable what to publish
     * @return a publisher that follows Reactive Streams 1.0.4
     */
    public static <T> Publisher<T> toPublisher(AsyncIterable<? extends T> iterable) {
        return new AsyncIterablePublisher<>(Objects.requireNonNull(iterable, "iterable"));
    }

    /**
     * A publisher as an async iterable with a prefetch of {@value #DEFAULT_PREFETCH}; see {@link #fromPublisher(Publisher, int)}.
     *
     * @param <T> the element
     * @param publisher what to read
     * @return an iterable
     */
    public static <T> AsyncIterable<T> fromPublisher(Publisher<? extends T> publisher) {
        return fromPublisher(publisher, DEFAULT_PREFETCH);
    }

    /**
     * A publisher as an async iterable. Each {@code aiter()} subscribes, at once, and requests {@code prefetch} elements; more
     * are requested when 75 % of those are consumed. {@code onError(e)} is raised, the same instance, by the step after the last
     * element. Closing the iterator cancels the subscription.
     *
     * @param <T> the element
     * @param publisher what to read
     * @param prefetch how many elements are requested ahead, at least 1; {@code Integer.MAX_VALUE} requests without bound
     * @return an iterable
     * @throws IllegalArgumentException when prefetch is below 1
     */
    public static <T> AsyncIterable<T> fromPublisher(Publisher<? extends T> publisher, int prefetch) {
        Objects.requireNonNull(publisher, "publisher");
        PublisherIterator.checkPrefetch(prefetch);
        return () -> Supports.iterate(publisher, prefetch);
    }

    /**
     * A publisher of at most one element as an awaitable: each await subscribes, and results in the element when the publisher
     * has completed, in null when it was empty. A second element is a {@code ValueError}. Giving up the await cancels the
     * subscription.
     *
     * @param <T> the element
     * @param publisher what to wait for
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<@Nullable T> awaitable(Publisher<? extends T> publisher) {
        Objects.requireNonNull(publisher, "publisher");
        return () -> Supports.await(publisher);
    }
}
