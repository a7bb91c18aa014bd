package io.corobridge.rxjava3;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.PublisherTck;
import io.reactivex.rxjava3.core.Flowable;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on an operator whose generator replies with what it was sent. */
public class FeedTckTest extends PublisherTck {
    private static Flowable<Long> echoed(Flowable<Long> source) {
        return source.compose(CoFlowable.feed(() -> Bodies.echo(-1L)));
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
