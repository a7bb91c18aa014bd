package io.corobridge.reactor;

import io.corobridge.Generator;
import io.corobridge.engine.Rethrow;
import io.corobridge.streams.GeneratorSubscription;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** The Flux that steps a generator for each subscriber. */
final class GeneratorFlux<T> extends Flux<T> implements Fuseable, Scannable {
    private final Supplier<? extends Generator<? extends T, ?, ?>> function;

    private GeneratorFlux(Supplier<? extends Generator<? extends T, ?, ?>> function) {
        this.function = function;
    }

    static <T> Flux<T> of(Supplier<? extends Generator<? extends T, ?, ?>> function) {
        return onAssembly(new GeneratorFlux<>(function));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Generator<? extends T, ?, ?> generator;
        try {
            generator = Objects.requireNonNull(function.get(), "the function returned null instead of a generator");
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        actual.onSubscribe(new Run<>(actual, generator));
    }

    @Override
    public String stepName() {
        return "generator";
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }

    /**
     * One subscriber's run, which may be fused: a generator never awaits. A subscriber that polls on another thread than the one it
     * requests on is refused, for there the body would run.
     */
    private static final class Run<T> extends GeneratorSubscription<T>
            implements Fuseable.QueueSubscription<T>, Scannable {
        private final CoreSubscriber<? super T> actual;
        private final Fuseable.@Nullable ConditionalSubscriber<? super T> conditional;

        Run(CoreSubscriber<? super T> actual, Generator<? extends T, ?, ?> generator) {
            super(actual, generator, new ReactorHooks(actual));
            this.actual = actual;
            this.conditional = Conditional.of(actual);
        }

        @Override
        protected boolean signal(T next) {
            return conditional == null ? super.signal(next) : conditional.tryOnNext(next);
        }

        @Override
        public int requestFusion(int mode) {
            return (mode & Fuseable.SYNC) != 0 && (mode & Fuseable.THREAD_BARRIER) == 0 ? Fuseable.SYNC : Fuseable.NONE;
        }

        @Override
        public @Nullable T poll() {
            try {
                return pull();
            } catch (Throwable error) {
                throw Rethrow.asIs(error);
            }
        }

        /** One more may come; how many is not known. */
        @Override
        public int size() {
            return isEnded() ? 0 : 1;
        }

        @Override
        public boolean isEmpty() {
            return isEnded();
        }

        @Override
        public void clear() {
            cancel();
        }

        @Override
        public String stepName() {
            return "generator";
        }

        @Override
        @SuppressWarnings("rawtypes") // as Reactor declares it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.ACTUAL) {
                return actual;
            }
            if (key == Attr.CANCELLED) {
                return isCancelled();
            }
            if (key == Attr.TERMINATED) {
                return isEnded() && !isCancelled();
            }
            return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
        }
    }
}
