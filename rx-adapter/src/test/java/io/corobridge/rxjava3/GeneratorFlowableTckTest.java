package io.corobridge.rxjava3;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on a Flowable that runs a generator. */
public class GeneratorFlowableTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(CoFlowable.fromGenerator(() -> Bodies.upTo(elements)));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(CoFlowable.fromGenerator(() -> {
            throw new IllegalStateException("no generator");
        }));
    }
}
