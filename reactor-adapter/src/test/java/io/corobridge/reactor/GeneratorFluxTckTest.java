package io.corobridge.reactor;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on a Flux that runs a generator. */
public class GeneratorFluxTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(CoFlux.fromGenerator(() -> Bodies.upTo(elements)));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(CoFlux.fromGenerator(() -> {
            throw new IllegalStateException("no generator");
        }));
    }
}
