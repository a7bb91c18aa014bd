package io.corobridge.reactor;

import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK for publishers, on an operator whose body passes elements on. */
public class StageTckTest extends PublisherVerification<Long> {
    public StageTckTest() {
        super(new TestEnvironment(500, 50));
    }

    private static Flux<Long> passedOn(Flux<Long> source) {
        return source.transform(CoFlux.stage(8, (co, elements) -> {
            for (long element : co.each(elements)) {
                co.yield(element);
            }
        }));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(passedOn(Flux.<Long, Long>generate(() -> 0L, (next, sink) -> {
            if (next == elements) {
                sink.complete();
            } else {
                sink.next(next);
            }
            return next + 1;
        })));
    }

    /** The source is subscribed to on demand, so that a failure that comes without demand has to come from the body. */
    @Override
    public Publisher<Long> createFailedPublisher() {
        return null;
    }
}
