package io.corobridge.reactor;

import io.corobridge.AsyncIterable;
import io.corobridge.streams.PublisherIterator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A subscription to a Flux as an async iterator, with Reactor's Context and hooks. A source that can be fused synchronously is asked for
 * its elements by the step that wants one, without a queue; that is the thread which would request them otherwise.
 */
final class FluxIterator<T> extends PublisherIterator<T> implements CoreSubscriber<T>, Scannable {
    private final Publisher<? extends T> source;
    private final int prefetch;
    private final Context context;

    private FluxIterator(Publisher<? extends T> source, int prefetch, Context context) {
        super(prefetch);
        this.source = source;
        this.prefetch = prefetch;
        this.context = context;
    }

    /** With a null for the Context, each iterator has that of the body which asks for it. */
    static <T> AsyncIterable<T> iterable(Publisher<? extends T> source, int prefetch, @Nullable Context context) {
        checkPrefetch(prefetch);
        return () -> {
            FluxIterator<T> iterator =
                    new FluxIterator<>(source, prefetch, context != null ? context : CoContext.current());
            source.subscribe(iterator);
            return iterator;
        };
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected Object source() {
        return source;
    }

    @Override
    protected @Nullable Pull<T> pull(Subscription offered) {
        if (offered instanceof Fuseable.QueueSubscription<?>) {
            @SuppressWarnings("unchecked") // of the source's own type
            Fuseable.QueueSubscription<T> queue = (Fuseable.QueueSubscription<T>) offered;
            if (queue.requestFusion(Fuseable.SYNC) == Fuseable.SYNC) {
                return queue::poll;
            }
        }
        return null;
    }

    @Override
    protected void discard(T element) {
        Operators.onDiscard(element, context);
    }

    @Override
    protected void late(T element) {
        Operators.onNextDropped(element, context);
    }

    @Override
    protected void drop(Throwable error) {
        Dropped.drop(error, context);
    }

    @Override
    public String stepName() {
        return "each";
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream();
        }
        if (key == Attr.PREFETCH) {
            return prefetch;
        }
        if (key == Attr.BUFFERED) {
            return buffered();
        }
        if (key == Attr.TERMINATED) {
            return isDone();
        }
        if (key == Attr.CANCELLED) {
            return isClosed() && !isDone();
        }
        if (key == Attr.ERROR) {
            return failure();
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
