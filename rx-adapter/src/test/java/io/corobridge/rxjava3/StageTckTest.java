package io.corobridge.rxjava3;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.PublisherTck;
import io.reactivex.rxjava3.core.Flowable;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on an operator whose body passes elements on. */
public class StageTckTest extends PublisherTck {
    private static Flowable<Long> passedOn(Flowable<Long> source) {
        return source.compose(CoFlowable.stage(8, Bodies::passOn));
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(passedOn(Flowable.rangeLong(0, elements).hide()));
    }

    /** The source is subscribed to on demand, so that a failure that comes without demand has to come from the body. */
    @Override
    public Publisher<Long> createFailedPublisher() {
        return null;
    }
}
