package io.corobridge.reactor;

import io.corobridge.streams.SingleValue;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** The await of a Mono, or of another publisher of at most one element, with the body's Context and Reactor's hooks. */
final class PublisherAwait<T> extends SingleValue<T> implements CoreSubscriber<T>, Scannable {
    private final Context context = CoContext.current();

    PublisherAwait(Publisher<? extends T> publisher, long demand) {
        super(publisher, demand);
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void discard(Object element) {
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
        return "await";
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream();
        }
        if (key == Attr.PREFETCH) {
            return Integer.MAX_VALUE;
        }
        if (key == Attr.TERMINATED) {
            return isSettled();
        }
        if (key == Attr.CANCELLED) {
            return isCancelled();
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
