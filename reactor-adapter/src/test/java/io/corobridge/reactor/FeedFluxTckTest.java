package io.corobridge.reactor;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK for publishers, on an operator whose generator replies with what it was sent. */
public class FeedFluxTckTest extends PublisherTck {
    private static Flux<Long> echoed(Flux<Long> source) {
        return source.transform(CoFlux.feed(() -> Bodies.echo(-1L)));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(echoed(StageTckTest.upTo(elements)));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(echoed(Flux.error(new Failure("no"))));
    }
}
