package io.corobridge.streams;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for publishers, on a publisher that steps an async generator. */
public class AsyncGeneratorPublisherTckTest extends PublisherVerification<Long> {
    public AsyncGeneratorPublisherTckTest() {
        super(new TestEnvironment(500, 50));
    }

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
