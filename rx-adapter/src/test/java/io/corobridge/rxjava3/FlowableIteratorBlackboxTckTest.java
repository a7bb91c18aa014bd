package io.corobridge.rxjava3;

import io.corobridge.Coroutine;
import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;

/** The Reactive Streams TCK for subscribers, from outside, on what a loop over a Flowable subscribes with. */
public class FlowableIteratorBlackboxTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        return subscriberOfALoop(4);
    }

    /** Starts a loop over a Flowable that does nothing, and catches the subscriber. */
    static FlowableIterator<Integer> subscriberOfALoop(int prefetch) {
        Captured<Integer> source = new Captured<>();
        CoSingle.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(CoFlowable.toAsyncIterable(source, prefetch, element -> {}))) {
                        sum += each;
                    }
                    return sum;
                }))
                .subscribe(sum -> {}, error -> {});
        return (FlowableIterator<Integer>) source.subscriber();
    }
}
