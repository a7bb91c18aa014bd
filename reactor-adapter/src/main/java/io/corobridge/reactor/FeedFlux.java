package io.corobridge.reactor;

import io.corobridge.Generator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/** The operator whose body is a generator: one yield for each element that is sent to it. */
final class FeedFlux<S, Y, R> extends FluxOperator<S, Y> {
    private final Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function;
    private final Consumer<? super @Nullable R> onReturn;

    private FeedFlux(
            Flux<? extends S> source,
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        super(source);
        this.function = function;
        this.onReturn = onReturn;
    }

    static <S, Y, R> Flux<Y> of(
            Flux<? extends S> source,
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        return onAssembly(new FeedFlux<>(source, function, onReturn));
    }

    @Override
    public void subscribe(CoreSubscriber<? super Y> actual) {
        source.subscribe(new Values<>(actual, function, onReturn));
    }

    /** Passes yields on; a recovery after the source's error waits for demand. */
    private static final class Values<S, Y, R> extends Feed<S, Y, R, Y> {
        private static final long LAST_WAITS = Long.MIN_VALUE;

        private final Consumer<? super @Nullable R> onReturn;

        /** Demand not met yet; {@link #LAST_WAITS} once {@link #last} is there and has met no demand. */
        private final AtomicLong demand = new AtomicLong();

        private @Nullable Y last;
        private @Nullable R lastResult;

        Values(
                CoreSubscriber<? super Y> actual,
                Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
                Consumer<? super @Nullable R> onReturn) {
            super(actual, function);
            this.onReturn = onReturn;
        }

        @Override
        public void request(long n) {
            if (!Operators.validate(n)) {
                return;
            }
            long before = demand.getAndUpdate(d -> d == LAST_WAITS ? 0 : Operators.addCap(d, n));
            if (before == LAST_WAITS) {
                emitLast();
            } else {
                requestUpstream(n);
            }
        }

        @Override
        void yielded(Y value) {
            if (value == null) {
                closeAfter(nullYielded());
                return;
            }
            demand.getAndUpdate(d -> d == Long.MAX_VALUE ? d : d - 1);
            actual.onNext(value);
        }

        @Override
        void recovered(Y value, @Nullable R result) {
            if (value == null) {
                actual.onError(nullYielded());
                return;
            }
            last = value;
            lastResult = result;
            if (!demand.compareAndSet(0, LAST_WAITS)) {
                emitLast();
            }
        }

        private void emitLast() {
            Y value = last;
            if (value != null && !isCancelled()) {
                actual.onNext(value);
                returned(lastResult);
            }
        }

        @Override
        void returned(@Nullable R result) {
            try {
                onReturn.accept(result);
            } catch (Throwable error) {
                failed(error);
                return;
            }
            actual.onComplete();
        }

        @Override
        void failed(Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            actual.onError(error);
        }

        @Override
        void cancelled() {}

        private static NullPointerException nullYielded() {
            return new NullPointerException("a null was yielded: Reactive Streams has no null elements (§2.13)");
        }
    }
}
