package io.corobridge.reactor;

import io.corobridge.AsyncIterable;
import io.corobridge.streams.PublisherIterator;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** A subscription to a Flux as an async iterator, with Reactor's Context and hooks. */
final class FluxIterator<T> extends PublisherIterator<T> implements CoreSubscriber<T> {
    private final Context context;

    private FluxIterator(int prefetch, Context context) {
        super(prefetch);
        this.context = context;
    }

    static <T> AsyncIterable<T> iterable(Flux<? extends T> flux, int prefetch, Context context) {
        checkPrefetch(prefetch);
        return () -> {
            FluxIterator<T> iterator = new FluxIterator<>(prefetch, context);
            flux.subscribe(iterator);
            return iterator;
        };
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void discard(T element) {
        Operators.onDiscard(element, context);
    }

    @Override
    protected void drop(Throwable error) {
        Dropped.drop(error, context);
    }
}
