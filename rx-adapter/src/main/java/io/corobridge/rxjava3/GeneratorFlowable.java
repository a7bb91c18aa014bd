package io.corobridge.rxjava3;

import io.corobridge.Generator;
import io.corobridge.streams.GeneratorSubscription;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.exceptions.Exceptions;
import io.reactivex.rxjava3.operators.ConditionalSubscriber;
import io.reactivex.rxjava3.operators.QueueSubscription;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** The Flowable that steps a generator for each subscriber. */
final class GeneratorFlowable<T> extends Flowable<T> {
    private final Supplier<? extends Generator<? extends T, ?, ?>> function;

    private GeneratorFlowable(Supplier<? extends Generator<? extends T, ?, ?>> function) {
        this.function = function;
    }

    static <T> Flowable<T> of(Supplier<? extends Generator<? extends T, ?, ?>> function) {
        return RxJavaPlugins.onAssembly(new GeneratorFlowable<>(function));
    }

    @Override
    protected void subscribeActual(Subscriber<? super T> actual) {
        Generator<? extends T, ?, ?> generator;
        try {
            generator = Objects.requireNonNull(function.get(), "the function returned null instead of a generator");
        } catch (Throwable error) {
            Exceptions.throwIfFatal(error);
            Flowable.<T>error(error).subscribe(actual);
            return;
        }
        actual.onSubscribe(new Run<>(actual, generator));
    }

    /**
     * One subscriber's run, which may be fused: a generator never awaits. A subscriber that polls on another thread than the one it
     * requests on is refused, for there the body would run.
     */
    private static final class Run<T> extends GeneratorSubscription<T> implements QueueSubscription<T> {
        private final @Nullable ConditionalSubscriber<? super T> conditional;

        Run(Subscriber<? super T> actual, Generator<? extends T, ?, ?> generator) {
            super(actual, generator, RxHooks.INSTANCE);
            this.conditional = RxHooks.conditional(actual);
        }

        @Override
        protected boolean signal(T next) {
            return conditional == null ? super.signal(next) : conditional.tryOnNext(next);
        }

        @Override
        public int requestFusion(int mode) {
            return (mode & SYNC) != 0 && (mode & BOUNDARY) == 0 ? SYNC : NONE;
        }

        @Override
        public @Nullable T poll() throws Throwable {
            return pull();
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
        public boolean offer(T value) {
            throw new UnsupportedOperationException("a generator makes its elements itself");
        }

        @Override
        public boolean offer(T first, T second) {
            throw new UnsupportedOperationException("a generator makes its elements itself");
        }
    }
}
