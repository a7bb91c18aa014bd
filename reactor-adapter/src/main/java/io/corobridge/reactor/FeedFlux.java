package io.corobridge.reactor;

import io.corobridge.Generator;
import io.corobridge.StopIteration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
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
    @SuppressWarnings("unchecked")
    public void subscribe(CoreSubscriber<? super Y> actual) {
        Generator<? extends Y, ? super S, ? extends R> generator;
        try {
            generator = Feed.open(function);
        } catch (StopIteration stop) {
            Mono.<Y>fromRunnable(() -> onReturn.accept((R) stop.value())).subscribe(actual);
            return;
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        source.subscribe(new Values<>(actual, generator, onReturn));
    }

    /** Passes yields on; a recovery after the source's error waits for demand. */
    private static final class Values<S, Y, R> extends Feed<S, Y, R, Y> {
        private final Consumer<? super @Nullable R> onReturn;

        /** Demand that was not met yet. */
        private final AtomicLong demand = new AtomicLong();

        Values(
                CoreSubscriber<? super Y> actual,
                Generator<? extends Y, ? super S, ? extends R> generator,
                Consumer<? super @Nullable R> onReturn) {
            super(actual, generator);
            this.onReturn = onReturn;
        }

        @Override
        void requested(long n) {
            demand.accumulateAndGet(n, Operators::addCap);
            held.emit();
            requestUpstream(n);
        }

        @Override
        void yielded(Y value) {
            if (value == null) {
                failAfterReply(nullYielded());
                return;
            }
            demand.getAndUpdate(d -> d == Long.MAX_VALUE ? d : d - 1);
            actual.onNext(value);
        }

        @Override
        void recovered(Y value, @Nullable R result) {
            if (value == null) {
                held.fail(nullYielded());
            } else if (tell(result)) {
                held.complete(value);
                // Demand that comes only now finds the element there.
                if (demand.get() > 0) {
                    held.emit();
                }
            } else {
                discard(value);
            }
        }

        @Override
        void returned(@Nullable R result) {
            if (tell(result)) {
                held.complete(null);
            }
        }

        private boolean tell(@Nullable R result) {
            try {
                onReturn.accept(result);
                return true;
            } catch (Throwable error) {
                held.fail(error);
                return false;
            }
        }

        private static NullPointerException nullYielded() {
            return new NullPointerException("a null was yielded: Reactive Streams has no null elements (§2.13)");
        }
    }
}
