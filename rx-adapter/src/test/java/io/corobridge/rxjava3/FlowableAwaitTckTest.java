package io.corobridge.rxjava3;

import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;

/** The Reactive Streams TCK for subscribers, on the subscriber that awaits a Flowable of one element. */
public class FlowableAwaitTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        return new FlowableAwait<>(subscriber -> {});
    }
}
