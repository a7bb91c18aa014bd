package io.corobridge.rxjava3;

import io.corobridge.Generator;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for publishers, on a Flowable that runs a generator. */
public class GeneratorFlowableTckTest extends PublisherVerification<Long> {
    public GeneratorFlowableTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(CoFlowable.fromGenerator(() -> Generator.<Long, Void, Void>of(co -> {
            for (long i = 0; i < elements; i++) {
                co.yield(i);
            }
            return null;
        })));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(CoFlowable.fromGenerator(() -> {
            throw new IllegalStateException("no generator");
        }));
    }
}
