package io.corobridge.rxjava3;

import io.corobridge.Generator;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, on what feeds a generator whose result is a Single. */
public class FeedResultSubscriberTckTest extends SubscriberBlackboxVerification<Integer> {
    public FeedResultSubscriberTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        AtomicReference<Subscriber<? super Integer>> subscriber = new AtomicReference<>();
        FeedSubscriberTckTest.capturing(subscriber)
                .to(CoSingle.feed(() -> Generator.<Void, Integer, Integer>of(co -> {
                    while (true) {
                        co.yield(null);
                    }
                })))
                .subscribe(result -> {}, error -> {});
        return FeedSubscriberTckTest.capturedBy(subscriber);
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
