package io.corobridge.reactor;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.PublisherTck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK for publishers, on an operator whose body passes elements on. */
public class StageTckTest extends PublisherTck {
    private static Flux<Long> passedOn(Flux<Long> source) {
        return source.transform(CoFlux.stage(8, Bodies::passOn));
    }

    /** 0, 1 and so on, on demand. */
    static Flux<Long> upTo(long elements) {
        return Flux.<Long, Long>generate(() -> 0L, (next, sink) -> {
            if (next == elements) {
                sink.complete();
            } else {
                sink.next(next);
            }
            return next + 1;
        });
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(passedOn(upTo(elements)));
    }

    /** The source is subscribed to on demand, so that a failure that comes without demand has to come from the body. */
    @Override
    public Publisher<Long> createFailedPublisher() {
        return null;
    }
}
