package io.corobridge.reactor;

import java.util.Objects;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;

/** Shows the TCK a Flux or Mono itself, without the guard that Reactor puts around subscribers that are not its own. */
record Unguarded<T>(CorePublisher<T> source) implements Publisher<T> {
    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "§1.9");
        source.subscribe(new PassedOn<>(subscriber));
    }

    private record PassedOn<T>(Subscriber<? super T> subscriber) implements CoreSubscriber<T> {
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
}
