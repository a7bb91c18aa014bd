package io.corobridge.rxjava3;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;

/** The Reactive Streams TCK for subscribers, on what feeds a generator whose result is a Single. */
public class FeedResultSubscriberTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        Captured<Integer> source = new Captured<>();
        source.to(CoSingle.feed(Bodies::taking)).subscribe(result -> {}, error -> {});
        return source.subscriber();
    }
}
