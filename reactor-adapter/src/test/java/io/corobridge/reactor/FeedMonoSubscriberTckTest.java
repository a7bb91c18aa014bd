package io.corobridge.reactor;

import io.corobridge.Generator;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.CoreSubscriber;

/** The Reactive Streams TCK for subscribers, on what feeds a generator whose result is a Mono. */
public class FeedMonoSubscriberTckTest extends SubscriberBlackboxVerification<Integer> {
    public FeedMonoSubscriberTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        AtomicReference<CoreSubscriber<? super Integer>> subscriber = new AtomicReference<>();
        FeedSubscriberTckTest.capturing(subscriber)
                .as(CoMono.feed(() -> Generator.<Void, Integer, Integer>of(co -> {
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
