package io.corobridge.reactor;

import io.corobridge.Coroutine;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The Reactive Streams TCK for publishers, on a Mono that runs a coroutine. */
public class CoMonoTckTest extends PublisherTck {
    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(CoMono.from(Coroutine.of(co -> elements == 0 ? null : co.await(Mono.just(elements)))));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(CoMono.from(Coroutine.of(co -> {
            throw new Failure("no");
        })));
    }
}
