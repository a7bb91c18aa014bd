package io.corobridge.streams;

import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;

/** The Reactive Streams TCK for subscribers, on the subscriber that awaits a single value. */
public class SingleValueBlackboxTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        return new SingleValue<>(subscriber -> {});
    }
}
