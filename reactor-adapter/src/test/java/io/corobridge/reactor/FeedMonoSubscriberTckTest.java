package io.corobridge.reactor;

import io.corobridge.testkit.Bodies;
import io.corobridge.testkit.SubscriberTck;
import org.reactivestreams.Subscriber;

/** The Reactive Streams TCK for subscribers, on what feeds a generator whose result is a Mono. */
public class FeedMonoSubscriberTckTest extends SubscriberTck {
    @Override
    public Subscriber<Integer> createSubscriber() {
        Captured<Integer> source = new Captured<>();
        source.as(CoMono.feed(Bodies::taking)).subscribe(result -> {}, error -> {});
        return source.subscriber();
    }
}
