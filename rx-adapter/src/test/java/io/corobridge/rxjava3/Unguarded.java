package io.corobridge.rxjava3;

import io.corobridge.testkit.ForwardingSubscriber;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** Shows the TCK a Flowable itself, without the guard that RxJava puts around subscribers that are not its own. */
record Unguarded<T>(Flowable<T> source) implements Publisher<T> {
    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "§1.9");
        source.subscribe(new PassedOn<>(subscriber));
    }

    private static final class PassedOn<T> extends ForwardingSubscriber<T> implements FlowableSubscriber<T> {
        PassedOn(Subscriber<? super T> subscriber) {
            super(subscriber);
        }
    }
}
