package io.corobridge.reactor;

import io.corobridge.Generator;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK for publishers, on a loop that polls a generator. */
public class FusedTckTest extends PublisherVerification<Long> {
    public FusedTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        Flux<Long> polled = CoFlux.fromGenerator(() -> Generator.<Long, Void, Void>of(co -> {
            for (long i = 0; i < elements; i++) {
                co.yield(i);
            }
            return null;
        }));
        return new Unguarded<>(polled.transform(CoFlux.<Long, Long>stage((co, source) -> {
            for (long element : co.each(source)) {
                co.yield(element);
            }
        })));
    }

    /** The source is subscribed to on demand, so that a failure that comes without demand has to come from the body. */
    @Override
    public Publisher<Long> createFailedPublisher() {
        return null;
    }
}
