package io.corobridge.reactor;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;

/** The Reactive Streams TCK for subscribers, on what feeds a generator and sends its replies downstream. */
public class FeedSubscriberTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        Captured<Integer> source = new Captured<>();
        source.transform(CoFlux.feed(() -> Bodies.echo(0))).subscribe(reply -> {}, error -> {});
        return source.subscriber();
    }
}
