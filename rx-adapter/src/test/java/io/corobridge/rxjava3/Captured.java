package io.corobridge.rxjava3;

import io.reactivex.rxjava3.core.Flowable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** A Flowable that does nothing but keep its subscriber. */
final class Captured<T> extends Flowable<T> {
    private @Nullable Subscriber<? super T> subscriber;

    @Override
    protected void subscribeActual(Subscriber<? super T> actual) {
        subscriber = actual;
    }

    /** It was made for elements of this type; that is lost on the way. */
    @SuppressWarnings("unchecked")
    Subscriber<T> subscriber() {
        return (Subscriber<T>) Objects.requireNonNull(subscriber);
    }
}
