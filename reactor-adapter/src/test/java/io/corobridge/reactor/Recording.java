package io.corobridge.reactor;

import io.corobridge.testkit.RecordingSubscriber;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** Writes down what it gets, and what Reactor's hooks are told for it. The tests override what it does. */
class Recording<T> extends RecordingSubscriber<T> implements CoreSubscriber<T> {
    Recording(long demand) {
        super(demand);
    }

    static <T> Recording<T> unbounded() {
        return new Recording<>(Long.MAX_VALUE);
    }

    /** Cancels as soon as it can. */
    static <T> Recording<T> impatient() {
        return new Recording<>(1) {
            @Override
            public void onSubscribe(Subscription offered) {
                offered.cancel();
                super.onSubscribe(offered);
            }
        };
    }

    /** Throws what is given when it gets an element. */
    static <T> Recording<T> throwing(long demand, RuntimeException bug) {
        return new Recording<>(demand) {
            @Override
            public void onNext(T element) {
                super.onNext(element);
                throw bug;
            }
        };
    }

    @Override
    public Context currentContext() {
        // The keys under which Reactor looks for hooks that belong to one subscriber.
        Consumer<Object> discard = discarded::add;
        Consumer<Throwable> drop = dropped::add;
        return Context.of("reactor.onDiscard.local", discard, "reactor.onErrorDropped.local", drop);
    }
}
