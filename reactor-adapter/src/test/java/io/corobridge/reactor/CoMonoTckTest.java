package io.corobridge.reactor;

import io.corobridge.Coroutine;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Mono;

/** The Reactive Streams TCK for publishers, on a Mono that runs a coroutine. */
public class CoMonoTckTest extends PublisherVerification<Long> {
    public CoMonoTckTest() {
        super(new TestEnvironment(500, 50));
    }

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
