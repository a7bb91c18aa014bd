package io.corobridge.rxjava3;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.PublisherTck;
import io.reactivex.rxjava3.core.Flowable;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on a loop that polls a generator. */
public class FusedTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        Flowable<Long> polled = CoFlowable.fromGenerator(() -> Bodies.upTo(elements));
        return new Unguarded<>(polled.compose(CoFlowable.<Long, Long>stage(Bodies::passOn)));
    }

    /** The source is subscribed to on demand, so that a failure that comes without demand has to come from the body. */
    @Override
    public Publisher<Long> createFailedPublisher() {
        return null;
    }
}
