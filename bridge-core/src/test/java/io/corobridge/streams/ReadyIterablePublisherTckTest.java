package io.corobridge.streams;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.StopAsyncIteration;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on a publisher that steps an iterator whose steps never wait. */
public class ReadyIterablePublisherTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        AsyncIterable<Long> iterable = () -> new Count(elements);
        return Publishers.toPublisher(iterable);
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        AsyncIterable<Long> failing = () -> {
            throw new IllegalStateException("aiter() fails");
        };
        return Publishers.toPublisher(failing);
    }

    private static final class Count implements AsyncIterator<Long> {
        private final long end;
        private long next;

        Count(long end) {
            this.end = end;
        }

        @Override
        public Awaitable<Long> anext() {
            return next < end ? Awaitables.ready(next++) : Awaitables.failed(new StopAsyncIteration());
        }
    }
}
