package io.corobridge.streams;

import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, on the subscriber that awaits a single value. */
public class SingleValueBlackboxTckTest extends SubscriberBlackboxVerification<Integer> {
    public SingleValueBlackboxTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        return new SingleValue<>(subscriber -> {});
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
