package io.corobridge.rxjava3;

import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The Reactive Streams TCK for subscribers, on the subscriber that awaits a Flowable of one element. */
public class FlowableAwaitTckTest extends SubscriberBlackboxVerification<Integer> {
    public FlowableAwaitTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        return new FlowableAwait<>(subscriber -> {});
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
