package io.corobridge.reactor;

import io.corobridge.testkit.ForwardingSubscriber;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;

/** Shows the TCK a Flux or Mono itself, without the guard that Reactor puts around subscribers that are not its own. */
record Unguarded<T>(CorePublisher<T> source) implements Publisher<T> {
    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "§1.9");
        source.subscribe(new PassedOn<>(subscriber));
    }

    private static final class PassedOn<T> extends ForwardingSubscriber<T> implements CoreSubscriber<T> {
        PassedOn(Subscriber<? super T> subscriber) {
            super(subscriber);
        }
    }
}
