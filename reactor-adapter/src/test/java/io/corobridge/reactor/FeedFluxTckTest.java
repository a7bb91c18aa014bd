package io.corobridge.reactor;

import io.corobridge.Generator;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK for publishers, on an operator whose generator replies with what it was sent. */
public class FeedFluxTckTest extends PublisherVerification<Long> {
    public FeedFluxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    private static Flux<Long> echoed(Flux<Long> source) {
        return source.transform(CoFlux.feed(() -> Generator.<Long, Long, Void>of(co -> {
            Long element = co.yield(-1L);
            while (true) {
                element = co.yield(element);
            }
        })));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(echoed(Flux.<Long, Long>generate(() -> 0L, (next, sink) -> {
            if (next == elements) {
                sink.complete();
            } else {
                sink.next(next);
            }
            return next + 1;
        })));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(echoed(Flux.error(new Failure("no"))));
    }
}
