package io.corobridge.reactor;

import io.corobridge.AsyncGenerator;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The Reactive Streams TCK for publishers, on a Flux that runs an async generator. */
public class CoFluxTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(CoFlux.from(AsyncGenerator.<Long, Void>of(co -> {
            for (long i = 0; i < elements; i++) {
                co.yield(co.await(Mono.just(i)));
            }
        })));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(CoFlux.from(() -> {
            throw new IllegalStateException("aiter() fails");
        }));
    }
}
