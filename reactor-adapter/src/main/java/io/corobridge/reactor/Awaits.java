package io.corobridge.reactor;

import io.corobridge.AsyncIterator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitables;
import io.corobridge.streams.PublisherSupport;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CorePublisher;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * How {@code co.await(publisher)} and {@code co.each(publisher)} subscribe where Reactor is: with its subscribers, the body's Context and
 * its hooks. Publishers of other libraries get the same, for there may be Reactor inside. A service of the core.
 */
public final class Awaits implements PublisherSupport {
    /** Called by the service loader. */
    public Awaits() {}

    @Override
    public <T> AwaitIterator<@Nullable T> await(Publisher<? extends T> publisher) {
        if (publisher instanceof CorePublisher<?> && publisher instanceof Callable<?>) {
            @SuppressWarnings("unchecked") // of the publisher's own type
            Callable<? extends @Nullable T> callable = (Callable<? extends @Nullable T>) publisher;
            return publisher instanceof Fuseable.ScalarCallable<?> ? known(callable) : new CallableAwait<>(callable);
        }
        return new PublisherAwait<>(publisher, publisher instanceof Mono<?> ? Long.MAX_VALUE : 2);
    }

    /** What {@code just}, {@code empty} and {@code error} are: there is nothing to subscribe to. */
    private static <T> AwaitIterator<@Nullable T> known(Callable<? extends @Nullable T> scalar) {
        try {
            return Awaitables.<@Nullable T>ready(scalar.call()).awaitIterator();
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            return Awaitables.<T>failed(error).awaitIterator();
        }
    }

    @Override
    public <T> AsyncIterator<T> iterate(Publisher<? extends T> publisher, int prefetch) {
        return FluxIterator.<T>iterable(publisher, prefetch, null).aiter();
    }

    @Override
    public boolean takesForeign() {
        return true;
    }

    @Override
    public @Nullable Object context() {
        Context current = CoContext.current();
        return current.isEmpty() ? null : current;
    }

    @Override
    public io.corobridge.@Nullable Context variables(Object own) {
        return own instanceof Context reactor ? CoContext.of(reactor) : null;
    }
}
