package io.corobridge.rxjava3;

import io.corobridge.AsyncIterable;
import io.corobridge.streams.PublisherIterator;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.operators.QueueFuseable;
import io.reactivex.rxjava3.operators.QueueSubscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * A subscription to a Flowable as an async iterator. A source that can be fused synchronously is asked for its elements by the
 * step that wants one, without a queue; that is the thread which would request them otherwise.
 */
final class FlowableIterator<T> extends PublisherIterator<T> implements FlowableSubscriber<T> {
    private final Consumer<? super T> onDropped;

    private FlowableIterator(int prefetch, Consumer<? super T> onDropped) {
        super(prefetch);
        this.onDropped = onDropped;
    }

    static <T> AsyncIterable<T> iterable(Flowable<? extends T> flowable, int prefetch, Consumer<? super T> onDropped) {
        checkPrefetch(prefetch);
        return () -> {
            FlowableIterator<T> iterator = new FlowableIterator<>(prefetch, onDropped);
            flowable.subscribe(iterator);
            return iterator;
        };
    }

    @Override
    protected @Nullable Pull<T> pull(Subscription offered) {
        if (offered instanceof QueueSubscription<?>) {
            @SuppressWarnings("unchecked") // of the source's own type
            QueueSubscription<T> queue = (QueueSubscription<T>) offered;
            if (queue.requestFusion(QueueFuseable.SYNC) == QueueFuseable.SYNC) {
                return queue::poll;
            }
        }
        return null;
    }

    @Override
    protected void discard(T element) {
        onDropped.accept(element);
    }

    @Override
    protected void drop(Throwable error) {
        RxHooks.INSTANCE.drop(error);
    }
}
