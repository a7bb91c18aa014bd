package io.corobridge.reactor;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK for publishers, on a loop that polls a generator. */
public class FusedTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        Flux<Long> polled = CoFlux.fromGenerator(() -> Bodies.upTo(elements));
        return new Unguarded<>(polled.transform(CoFlux.<Long, Long>stage(Bodies::passOn)));
    }

    /** The source is subscribed to on demand, so that a failure that comes without demand has to come from the body. */
    @Override
    public Publisher<Long> createFailedPublisher() {
        return null;
    }
}
