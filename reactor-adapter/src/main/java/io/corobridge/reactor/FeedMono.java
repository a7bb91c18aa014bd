package io.corobridge.reactor;

import io.corobridge.Generator;
import io.corobridge.StopIteration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** A generator that consumes a Flux; its result is the Mono's value. */
final class FeedMono<S, R> extends Mono<R> {
    private final Flux<? extends S> source;
    private final Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function;

    private FeedMono(
            Flux<? extends S> source, Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function) {
        this.source = source;
        this.function = function;
    }

    static <S, R> Mono<R> of(
            Flux<? extends S> source, Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function) {
        return onAssembly(new FeedMono<>(source, function));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void subscribe(CoreSubscriber<? super R> actual) {
        Generator<?, ? super S, ? extends @Nullable R> generator;
        try {
            generator = Feed.open(function);
        } catch (StopIteration stop) {
            Mono.justOrEmpty((R) stop.value()).subscribe(actual);
            return;
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        source.subscribe(new Result<>(actual, generator));
    }

    /** Discards yields and keeps the result until it is requested. */
    private static final class Result<S, R> extends Feed<S, Object, R, R> {
        Result(CoreSubscriber<? super R> actual, Generator<?, ? super S, ? extends @Nullable R> generator) {
            super(actual, generator);
        }

        @Override
        void requested(long n) {
            if (held.request()) {
                requestUpstream(Long.MAX_VALUE);
            }
        }

        @Override
        void yielded(Object value) {
            discard(value);
        }

        @Override
        void recovered(Object value, @Nullable R result) {
            discard(value);
            held.complete(result);
        }

        @Override
        void returned(@Nullable R result) {
            held.complete(result);
        }
    }
}
