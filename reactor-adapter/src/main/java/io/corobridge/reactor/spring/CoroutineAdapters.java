package io.corobridge.reactor.spring;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoContext;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ReactiveTypeDescriptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells Spring how coroutines and async generators become Mono and Flux, and the other way round.
 *
 * <p>{@link Coroutine} and any other {@link Awaitable} are single values that may be absent; {@link AsyncGenerator},
 * {@link AsyncIterator} and {@link AsyncIterable} are many. All are deferred: Spring subscribes when it wants to, more than once
 * where it repeats or retries. Signals, cancellation and threads are those of {@link CoMono#from} and {@link CoFlux#from}.
 *
 * <p>What Spring hands to a method as one of these types is unstarted, and subscribes when it is run. A coroutine that is made
 * of a publisher waits for its completion; a second element is a {@code ValueError}. An async generator or iterator that is made of one
 * fetches one element ahead, an async iterable as many as {@link CoFlux#toAsyncIterable(Flux)}.
 */
public final class CoroutineAdapters {
    private CoroutineAdapters() {}

    /**
     * Registers the types, unless they are. To be called before the registry is used by several threads.
     *
     * @param registry of WebFlux, or {@link ReactiveAdapterRegistry#getSharedInstance()}, which everything else in Spring uses
     */
    public static void registerIn(ReactiveAdapterRegistry registry) {
        ReactiveAdapter known = registry.getAdapter(Coroutine.class);
        if (known != null && known.getReactiveType() == Coroutine.class) {
            return;
        }
        // Subtypes first: the registry takes the first one that fits.
        registry.registerReactiveType(
                ReactiveTypeDescriptor.singleOptionalValue(Coroutine.class, () -> coroutine(Mono.empty())),
                source -> CoMono.from((Coroutine<?>) source),
                CoroutineAdapters::coroutine);
        registry.registerReactiveType(
                ReactiveTypeDescriptor.singleOptionalValue(Awaitable.class, () -> coroutine(Mono.empty())),
                source -> mono((Awaitable<?>) source),
                CoroutineAdapters::coroutine);
        registry.registerReactiveType(
                ReactiveTypeDescriptor.multiValue(AsyncGenerator.class, () -> generator(Flux.empty())),
                source -> CoFlux.from((AsyncGenerator<?, ?>) source),
                CoroutineAdapters::generator);
        registry.registerReactiveType(
                ReactiveTypeDescriptor.multiValue(AsyncIterator.class, () -> generator(Flux.empty())),
                source -> CoFlux.from((AsyncIterator<?>) source),
                CoroutineAdapters::generator);
        registry.registerReactiveType(
                ReactiveTypeDescriptor.multiValue(AsyncIterable.class, () -> CoFlux.toAsyncIterable(Flux.empty())),
                source -> CoFlux.from((AsyncIterable<?>) source),
                source -> CoFlux.toAsyncIterable(Flux.from(source)));
    }

    private static Mono<?> mono(Awaitable<?> awaitable) {
        return CoMono.defer(() -> Coroutine.of("await", co -> co.await(awaitable)));
    }

    @SuppressWarnings("NullAway") // the result may be null
    private static Coroutine<?> coroutine(Publisher<?> publisher) {
        return Coroutine.of("publisher", co -> co.await(publisher));
    }

    /** Behind it may be another body, in a transaction, say, which is not to be run far ahead of who may cancel it. */
    private static AsyncGenerator<?, ?> generator(Publisher<?> publisher) {
        return AsyncGenerator.<Object, @Nullable Void>of("publisher", co -> {
            for (Object element : co.each(CoFlux.toAsyncIterable(Flux.from(publisher), 1, CoContext.current()))) {
                co.yield(element);
            }
        });
    }
}
