package io.corobridge.reactor;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Reactive Streams TCK for publishers, on the result of a generator that counts what it is sent. */
public class FeedMonoTckTest extends PublisherVerification<Long> {
    public FeedMonoTckTest() {
        super(new TestEnvironment(500, 50));
    }

    private static Mono<Long> counted(Flux<Long> source) {
        return source.as(CoMono.feed(() -> Generator.<Void, Long, Long>of(co -> {
            long count = 0;
            try {
                while (true) {
                    co.yield(null);
                    count++;
                }
            } catch (GeneratorExit e) {
                return count == 0 ? null : count;
            }
        })));
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
