package io.corobridge.testkit;

import org.reactivestreams.tck.SubscriberBlackboxVerification;

/** The Reactive Streams TCK for subscribers, from outside, with the limits that all its tests here have. */
public abstract class SubscriberTck extends SubscriberBlackboxVerification<Integer> {
    protected SubscriberTck() {
        super(PublisherTck.environment());
    }

    @Override
    public final Integer createElement(int element) {
        return element;
    }
}
