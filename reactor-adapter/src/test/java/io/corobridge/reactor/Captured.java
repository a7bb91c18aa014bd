package io.corobridge.reactor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A Flux that does nothing but keep its subscriber. */
final class Captured<T> extends Flux<T> {
    private @Nullable CoreSubscriber<? super T> subscriber;

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        subscriber = actual;
    }

    /** It was made for elements of this type; that is lost on the way. */
    @SuppressWarnings("unchecked")
    CoreSubscriber<T> subscriber() {
        return (CoreSubscriber<T>) Objects.requireNonNull(subscriber);
    }
}
