package io.corobridge.reactor;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.streams.AsyncIterableSubscription;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** The Flux that steps an async iterator for each subscriber. */
final class AsyncIterableFlux<T> extends Flux<T> implements Scannable {
    private final Supplier<AsyncIterator<? extends T>> runs;

    private AsyncIterableFlux(Supplier<AsyncIterator<? extends T>> runs) {
        this.runs = runs;
    }

    static <T> Flux<T> of(AsyncIterable<? extends T> iterable) {
        return onAssembly(new AsyncIterableFlux<>(AsyncIterableSubscription.runs(iterable)));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Run<T> run;
        try {
            run = new Run<>(actual, runs.get());
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        actual.onSubscribe(run);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.NAME ? "asyncIterable" : null;
    }

    /** One subscriber's run, with Reactor's hooks. */
    static final class Run<T> extends AsyncIterableSubscription<T> implements Scannable {
        private final CoreSubscriber<? super T> actual;

        Run(CoreSubscriber<? super T> actual, AsyncIterator<? extends T> iterator) {
            super(actual, iterator);
            this.actual = actual;
        }

        @Override
        protected void discard(T element) {
            Operators.onDiscard(element, actual.currentContext());
        }

        @Override
        protected void drop(Throwable error) {
            Dropped.drop(error, actual.currentContext());
        }

        @Override
        protected void checkFatal(Throwable error) {
            Exceptions.throwIfJvmFatal(error);
        }

        @Override
        @SuppressWarnings("rawtypes") // as Reactor declares it
        public @Nullable Object scanUnsafe(Attr key) {
            return key == Attr.ACTUAL ? actual : null;
        }
    }
}
