package io.corobridge.reactor;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Reactive Streams TCK for publishers, on the result of a generator that counts what it is sent. */
public class FeedMonoTckTest extends PublisherTck {
    private static Mono<Long> counted(Flux<Long> source) {
        return source.as(CoMono.feed(Bodies::counting));
    }

    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(counted(elements == 0 ? Flux.empty() : Flux.just(1L, 2L, 3L)));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(counted(Flux.error(new Failure("no"))));
    }
}
