package io.corobridge.reactor;

import io.corobridge.Generator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
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
    public void subscribe(CoreSubscriber<? super R> actual) {
        source.subscribe(new Result<>(actual, function));
    }

    /** Ignores yields and keeps the result until it is requested. */
    private static final class Result<S, R> extends Feed<S, Object, R, R> {
        private final HeldResult<R> held;

        Result(
                CoreSubscriber<? super R> actual,
                Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function) {
            super(actual, function);
            this.held = new HeldResult<>(actual);
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n) && held.request()) {
                requestUpstream(Long.MAX_VALUE);
            }
        }

        @Override
        void yielded(Object value) {}

        @Override
        void recovered(Object value, @Nullable R result) {
            held.complete(result);
        }

        @Override
        void returned(@Nullable R result) {
            held.complete(result);
        }

        @Override
        void failed(Throwable error) {
            held.fail(error);
        }

        @Override
        void cancelled() {
            held.end();
        }
    }
}
