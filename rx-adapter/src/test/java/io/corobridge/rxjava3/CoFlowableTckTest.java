package io.corobridge.rxjava3;

import io.corobridge.AsyncGenerator;
import io.corobridge.testkit.PublisherTck;
import io.reactivex.rxjava3.core.Single;
import org.reactivestreams.Publisher;

/** The Reactive Streams TCK for publishers, on a Flowable that runs an async generator. */
public class CoFlowableTckTest extends PublisherTck {
    @Override
    public Publisher<Long> createPublisher(long elements) {
        return new Unguarded<>(CoFlowable.from(AsyncGenerator.<Long, Void>of(co -> {
            for (long i = 0; i < elements; i++) {
                co.yield(co.await(CoSingle.awaitable(Single.just(i))));
            }
        })));
    }

    @Override
    public Publisher<Long> createFailedPublisher() {
        return new Unguarded<>(CoFlowable.from(() -> {
            throw new IllegalStateException("aiter() fails");
        }));
    }
}
