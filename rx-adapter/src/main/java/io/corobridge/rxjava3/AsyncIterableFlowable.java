package io.corobridge.rxjava3;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.streams.AsyncIterableSubscription;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.exceptions.Exceptions;
import io.reactivex.rxjava3.operators.ConditionalSubscriber;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** The Flowable that steps an async iterator for each subscriber. */
final class AsyncIterableFlowable<T> extends Flowable<T> {
    private final Supplier<AsyncIterator<? extends T>> runs;
    private final @Nullable Scheduler scheduler;

    private AsyncIterableFlowable(Supplier<AsyncIterator<? extends T>> runs, @Nullable Scheduler scheduler) {
        this.runs = runs;
        this.scheduler = scheduler;
    }

    static <T> Flowable<T> of(AsyncIterable<? extends T> iterable, @Nullable Scheduler scheduler) {
        return RxJavaPlugins.onAssembly(
                new AsyncIterableFlowable<>(AsyncIterableSubscription.runs(iterable), scheduler));
    }

    @Override
    protected void subscribeActual(Subscriber<? super T> actual) {
        Run<T> run;
        try {
            run = new Run<>(actual, runs.get(), scheduler);
        } catch (Throwable error) {
            Exceptions.throwIfFatal(error);
            Flowable.<T>error(error).subscribe(actual);
            return;
        }
        actual.onSubscribe(run);
    }

    /** One subscriber's run, with RxJava's hooks. */
    private static final class Run<T> extends AsyncIterableSubscription<T> {
        private final @Nullable ConditionalSubscriber<? super T> conditional;

        Run(Subscriber<? super T> actual, AsyncIterator<? extends T> iterator, @Nullable Scheduler scheduler) {
            super(actual, iterator, scheduler == null ? null : CoSchedulers.executor(scheduler), null);
            this.conditional = RxHooks.conditional(actual);
        }

        @Override
        protected boolean signal(T next) {
            return conditional == null ? super.signal(next) : conditional.tryOnNext(next);
        }

        @Override
        protected void drop(Throwable error) {
            RxHooks.INSTANCE.drop(error);
        }

        @Override
        protected void checkFatal(Throwable error) {
            Exceptions.throwIfFatal(error);
        }
    }
}
