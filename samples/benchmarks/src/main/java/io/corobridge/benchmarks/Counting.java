package io.corobridge.benchmarks;

import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** Counts, requesting all at once or one by one; Reactor and RxJava both take it for a subscriber of their own. */
final class Counting implements CoreSubscriber<Integer>, FlowableSubscriber<Integer> {
    private final boolean oneByOne;
    private @Nullable Subscription subscription;
    private int count;

    private Counting(boolean oneByOne) {
        this.oneByOne = oneByOne;
    }

    static int of(Publisher<Integer> publisher, boolean oneByOne) {
        Counting counting = new Counting(oneByOne);
        publisher.subscribe(counting);
        return counting.count;
    }

    @Override
    public void onSubscribe(Subscription offered) {
        subscription = offered;
        offered.request(oneByOne ? 1 : Long.MAX_VALUE);
    }

    @Override
    public void onNext(Integer element) {
        count++;
        if (oneByOne) {
            Objects.requireNonNull(subscription).request(1);
        }
    }

    @Override
    public void onError(Throwable error) {
        throw new AssertionError(error);
    }

    @Override
    public void onComplete() {}
}
