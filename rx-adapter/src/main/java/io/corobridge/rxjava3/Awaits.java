package io.corobridge.rxjava3;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.streams.PublisherSupport;
import io.reactivex.rxjava3.core.Flowable;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * How {@code co.await(flowable)} and {@code co.each(flowable)} subscribe: as RxJava's own subscribers do, with its fusion, its scalar
 * short cuts and its handler of undeliverable errors. Other publishers are left to others. A service of the core.
 */
public final class Awaits implements PublisherSupport {
    /** Called by the service loader. */
    public Awaits() {}

    @Override
    public <T> @Nullable AwaitIterator<@Nullable T> await(Publisher<? extends T> publisher) {
        if (!(publisher instanceof Flowable<?>)) {
            return null;
        }
        Awaitable<@Nullable T> known = Scalars.of(publisher);
        return known != null ? known.awaitIterator() : new FlowableAwait<>(publisher);
    }

    @Override
    public <T> @Nullable AsyncIterator<T> iterate(Publisher<? extends T> publisher, int prefetch) {
        return publisher instanceof Flowable<? extends T> flowable
                ? FlowableIterator.<T>iterable(flowable, prefetch, element -> {})
                        .aiter()
                : null;
    }
}
