package io.corobridge.rxjava3;

import io.corobridge.Generator;
import io.reactivex.rxjava3.core.Flowable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for publishers, on an operator whose generator replies with what it was sent. */
public class FeedTckTest extends PublisherVerification<Long> {
    public FeedTckTest() {
        super(new TestEnvironment(500, 50));
    }

    private static Flowable<Long> echoed(Flowable<Long> source) {
        return source.compose(CoFlowable.feed(() -> Generator.<Long, Long, Void>of(co -> {
            Long element = co.yield(-1L);
            while (true) {
                element = co.yield(element);
            }
        })));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(echoed(Flowable.rangeLong(0, elements).hide()));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(echoed(Flowable.error(new Failure("no"))));
    }
}
