package io.corobridge.rxjava3;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.Failure;
import io.corobridge.testkit.PublisherTck;
import io.reactivex.rxjava3.core.Flowable;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on the result of a generator that counts what it is sent. */
public class FeedResultTckTest extends PublisherTck {
    private static Flowable<Long> counted(Flowable<Long> source) {
        return FeedResultFlowable.of(source, Bodies::counting);
    }

    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(counted(elements == 0 ? Flowable.empty() : Flowable.just(1L, 2L, 3L)));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(counted(Flowable.error(new Failure("no"))));
    }
}
