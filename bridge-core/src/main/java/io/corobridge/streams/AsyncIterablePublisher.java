package io.corobridge.streams;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The publisher side: runs an async iterator for each subscriber.
 *
 * @param <T> the element
 */
final class AsyncIterablePublisher<T> implements Publisher<T> {
    private final Supplier<? extends AsyncIterator<? extends T>> runs;

    AsyncIterablePublisher(AsyncIterable<? extends T> iterable) {
        this.runs = AsyncIterableSubscription.runs(iterable);
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        if (subscriber == null) {
            throw new NullPointerException("subscribe(null): §1.9");
        }
        AsyncIterableSubscription<T> subscription;
        try {
            subscription = new AsyncIterableSubscription<>(subscriber, runs.get());
        } catch (Throwable error) {
            subscriber.onSubscribe(NoSubscription.INSTANCE);
            subscriber.onError(error);
            return;
        }
        subscriber.onSubscribe(subscription);
    }

    /** For a subscriber that gets nothing but an error. */
    private enum NoSubscription implements Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
