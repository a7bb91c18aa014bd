package io.corobridge.reactor;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * A subscriber with hooks of its own, which writes down what it gets. It requests only what it is told to; the tests override
 * what it does.
 */
class Recording<T> implements CoreSubscriber<T> {
    final List<Object> signals = new CopyOnWriteArrayList<>();
    final List<Object> discarded = new CopyOnWriteArrayList<>();
    final List<Throwable> dropped = new CopyOnWriteArrayList<>();

    private final long demand;
    private volatile @Nullable Subscription subscription;

    Recording(long demand) {
        this.demand = demand;
    }

    static <T> Recording<T> unbounded() {
        return new Recording<>(Long.MAX_VALUE);
    }

    final void request(long n) {
        Objects.requireNonNull(subscription).request(n);
    }

    final void cancel() {
        Objects.requireNonNull(subscription).cancel();
    }

    @Override
    public Context currentContext() {
        // The keys under which Reactor looks for hooks that belong to one subscriber.
        Consumer<Object> discard = discarded::add;
        Consumer<Throwable> drop = dropped::add;
        return Context.of("reactor.onDiscard.local", discard, "reactor.onErrorDropped.local", drop);
    }

    @Override
    public void onSubscribe(Subscription offered) {
        subscription = offered;
        if (demand > 0) {
            offered.request(demand);
        }
    }

    @Override
    public void onNext(T element) {
        signals.add(element);
    }

    @Override
    public void onError(Throwable error) {
        signals.add(error);
    }

    @Override
    public void onComplete() {
        signals.add("complete");
    }
}
