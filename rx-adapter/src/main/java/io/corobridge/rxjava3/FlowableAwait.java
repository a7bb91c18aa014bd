package io.corobridge.rxjava3;

import io.corobridge.streams.SingleValue;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import org.reactivestreams.Publisher;

/** The await of a Flowable of at most one element; what comes too late is undeliverable. */
final class FlowableAwait<T> extends SingleValue<T> implements FlowableSubscriber<T> {
    FlowableAwait(Publisher<? extends T> flowable) {
        super(flowable);
    }

    @Override
    protected void drop(Throwable error) {
        RxHooks.INSTANCE.drop(error);
    }
}
