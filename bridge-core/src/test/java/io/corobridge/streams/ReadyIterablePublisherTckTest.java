package io.corobridge.streams;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.StopAsyncIteration;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for publishers, on a publisher that steps an iterator whose steps never wait. */
public class ReadyIterablePublisherTckTest extends PublisherVerification<Long> {
    public ReadyIterablePublisherTckTest() {
        super(new TestEnvironment(500, 50));
    }

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
