package io.corobridge.testkit;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Passes everything on. An adapter adds the interface by which its library knows its own subscribers. */
public class ForwardingSubscriber<T> implements Subscriber<T> {
    private final Subscriber<? super T> subscriber;

    public ForwardingSubscriber(Subscriber<? super T> subscriber) {
        this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(T element) {
        subscriber.onNext(element);
    }

    @Override
    public void onError(Throwable error) {
        subscriber.onError(error);
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
    }
}
