package io.corobridge.reactor;

import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, on the subscriber that awaits a single value. */
public class PublisherAwaitTckTest extends SubscriberBlackboxVerification<Integer> {
    public PublisherAwaitTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        return new PublisherAwait<>(subscriber -> {}, 2);
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
