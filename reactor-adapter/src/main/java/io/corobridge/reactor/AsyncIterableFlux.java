package io.corobridge.reactor;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.streams.AsyncIterableSubscription;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** The Flux that steps an async iterator for each subscriber. */
final class AsyncIterableFlux<T> extends Flux<T> implements Scannable {
    private final Supplier<AsyncIterator<? extends T>> runs;
    private final @Nullable Scheduler scheduler;

    private AsyncIterableFlux(Supplier<AsyncIterator<? extends T>> runs, @Nullable Scheduler scheduler) {
        this.runs = runs;
        this.scheduler = scheduler;
    }

    static <T> Flux<T> of(AsyncIterable<? extends T> iterable, @Nullable Scheduler scheduler) {
        return onAssembly(new AsyncIterableFlux<>(AsyncIterableSubscription.runs(iterable), scheduler));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Run<T> run;
        try {
            run = new Run<>(actual, runs.get(), scheduler);
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        actual.onSubscribe(run);
    }

    @Override
    public String stepName() {
        return "asyncIterable";
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.NAME ? "asyncIterable" : Run.scanScheduler(key, scheduler);
    }

    /** One subscriber's run, with Reactor's Context and hooks. */
    static final class Run<T> extends AsyncIterableSubscription<T> implements Scannable {
        private final CoreSubscriber<? super T> actual;
        private final Fuseable.@Nullable ConditionalSubscriber<? super T> conditional;
        private final @Nullable Scheduler scheduler;

        Run(CoreSubscriber<? super T> actual, AsyncIterator<? extends T> iterator, @Nullable Scheduler scheduler) {
            super(
                    actual,
                    iterator,
                    scheduler == null ? null : CoSchedulers.executor(scheduler),
                    CoContext.of(actual.currentContext()));
            this.actual = actual;
            this.conditional = Conditional.of(actual);
            this.scheduler = scheduler;
        }

        @Override
        protected boolean signal(T next) {
            return conditional == null ? super.signal(next) : conditional.tryOnNext(next);
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
        public String stepName() {
            return "asyncIterable";
        }

        @Override
        @SuppressWarnings("rawtypes") // as Reactor declares it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.ACTUAL) {
                return actual;
            }
            if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
                return requested();
            }
            if (key == Attr.CANCELLED) {
                return isCancelled();
            }
            return key == Attr.TERMINATED ? isTerminated() : scanScheduler(key, scheduler);
        }

        /** What runs where: an await may resume a body anywhere. */
        static @Nullable Object scanScheduler(Attr<?> key, @Nullable Scheduler scheduler) {
            if (key == Attr.RUN_ON) {
                return scheduler;
            }
            return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : null;
        }
    }
}
