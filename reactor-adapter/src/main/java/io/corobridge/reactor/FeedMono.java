package io.corobridge.reactor;

import io.corobridge.Generator;
import io.corobridge.StopIteration;
import io.corobridge.streams.Feed;
import io.corobridge.streams.FeedResult;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** A generator that consumes a Flux; its result is the Mono's value. */
final class FeedMono<S, R> extends Mono<R> implements Scannable {
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

    @Override
    public String stepName() {
        return "feed";
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return source;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }

    /** One subscriber's run, as Reactor sees it. */
    private static final class Result<S, R> extends FeedResult<S, R> implements CoreSubscriber<S>, Scannable {
        private final CoreSubscriber<? super R> actual;

        Result(CoreSubscriber<? super R> actual, Generator<?, ? super S, ? extends @Nullable R> generator) {
            super(actual, generator, new ReactorHooks(actual));
            this.actual = actual;
        }

        @Override
        protected void late(S element) {
            Operators.onNextDropped(element, currentContext());
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public String stepName() {
            return "feed";
        }

        @Override
        @SuppressWarnings("rawtypes") // as Reactor declares it
        public @Nullable Object scanUnsafe(Attr key) {
            return FeedScan.of(this, actual, key);
        }
    }
}
