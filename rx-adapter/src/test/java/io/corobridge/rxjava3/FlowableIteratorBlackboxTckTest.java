package io.corobridge.rxjava3;

import io.corobridge.Coroutine;
import io.reactivex.rxjava3.core.Flowable;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, from outside, on what a loop over a Flowable subscribes with. */
public class FlowableIteratorBlackboxTckTest extends SubscriberBlackboxVerification<Integer> {
    public FlowableIteratorBlackboxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        return subscriberOfALoop(4);
    }

    /** Starts a loop over a Flowable that does nothing, and catches the subscriber. */
    static FlowableIterator<Integer> subscriberOfALoop(int prefetch) {
        AtomicReference<FlowableIterator<Integer>> subscriber = new AtomicReference<>();
        Flowable<Integer> source = new Flowable<>() {
            @Override
            @SuppressWarnings("unchecked")
            protected void subscribeActual(Subscriber<? super Integer> actual) {
                subscriber.set((FlowableIterator<Integer>) actual);
            }
        };
        CoSingle.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(CoFlowable.toAsyncIterable(source, prefetch, element -> {}))) {
                        sum += each;
                    }
                    return sum;
                }))
                .subscribe(sum -> {}, error -> {});
        return subscriber.get();
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
