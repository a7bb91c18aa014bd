package io.corobridge.reactor;

import io.corobridge.Generator;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for publishers, on a Flux that runs a generator. */
public class GeneratorFluxTckTest extends PublisherVerification<Long> {
    public GeneratorFluxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(CoFlux.fromGenerator(() -> Generator.<Long, Void, Void>of(co -> {
            for (long i = 0; i < elements; i++) {
                co.yield(i);
            }
            return null;
        })));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(CoFlux.fromGenerator(() -> {
            throw new IllegalStateException("no generator");
        }));
    }
}
