package io.corobridge.streams;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on a publisher that steps an async generator. */
public class AsyncGeneratorPublisherTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        AsyncGenerator<Long, Void> generator = AsyncGenerator.of(co -> {
            for (long i = 0; i < elements; i++) {
                co.yield(i);
            }
        });
        return Publishers.toPublisher(generator);
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        AsyncIterable<Long> failing = () -> {
            throw new IllegalStateException("aiter() fails");
        };
        return Publishers.toPublisher(failing);
    }
}
