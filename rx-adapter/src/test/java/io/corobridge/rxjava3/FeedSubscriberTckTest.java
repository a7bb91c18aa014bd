package io.corobridge.rxjava3;

import io.corobridge.Generator;
import io.reactivex.rxjava3.core.Flowable;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, on what feeds a generator and sends its replies downstream. */
public class FeedSubscriberTckTest extends SubscriberBlackboxVerification<Integer> {
    public FeedSubscriberTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        AtomicReference<Subscriber<? super Integer>> subscriber = new AtomicReference<>();
        capturing(subscriber)
                .compose(CoFlowable.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    int element = co.yield(0);
                    while (true) {
                        element = co.yield(element);
                    }
                })))
                .subscribe(reply -> {}, error -> {});
        return capturedBy(subscriber);
    }

    /** The subscriber is the source's own; its type is lost on the way. */
    @SuppressWarnings("unchecked")
    static Subscriber<Integer> capturedBy(AtomicReference<Subscriber<? super Integer>> subscriber) {
        return (Subscriber<Integer>) subscriber.get();
    }

    /** Does nothing but keep its subscriber. */
    static Flowable<Integer> capturing(AtomicReference<Subscriber<? super Integer>> subscriber) {
        return new Flowable<>() {
            @Override
            protected void subscribeActual(Subscriber<? super Integer> actual) {
                subscriber.set(actual);
            }
        };
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
