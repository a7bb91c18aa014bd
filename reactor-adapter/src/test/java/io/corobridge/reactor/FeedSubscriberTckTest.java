package io.corobridge.reactor;

import io.corobridge.Generator;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.tck.SubscriberBlackboxVerification;
import org.reactivestreams.tck.TestEnvironment;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** The Reactive Streams TCK for subscribers, on what feeds a generator and sends its replies downstream. */
public class FeedSubscriberTckTest extends SubscriberBlackboxVerification<Integer> {
    public FeedSubscriberTckTest() {
        super(new TestEnvironment(500, 50));
    }

    @Override
    public Subscriber<Integer> createSubscriber() {
        AtomicReference<CoreSubscriber<? super Integer>> subscriber = new AtomicReference<>();
        capturing(subscriber)
                .transform(CoFlux.feed(() -> Generator.<Integer, Integer, Void>of(co -> {
                    int element = co.yield(0);
                    while (true) {
                        element = co.yield(element);
                    }
                })))
                .subscribe(reply -> {}, error -> {});
        return capturedBy(subscriber);
    }

    /** The subscriber is the source's own; its type is lost on the way. */
    @SuppressWarnings("unchecked")
    static Subscriber<Integer> capturedBy(AtomicReference<CoreSubscriber<? super Integer>> subscriber) {
        return (Subscriber<Integer>) subscriber.get();
    }

    /** Does nothing but keep its subscriber. */
    static Flux<Integer> capturing(AtomicReference<CoreSubscriber<? super Integer>> subscriber) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Integer> actual) {
                subscriber.set(actual);
            }
        };
    }

    @Override
    public Integer createElement(int element) {
        return element;
    }
}
