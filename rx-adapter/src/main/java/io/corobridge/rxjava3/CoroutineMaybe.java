package io.corobridge.rxjava3;

import io.corobridge.Coroutine;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Maybe that drives a coroutine for each observer. */
final class CoroutineMaybe<T> extends Maybe<T> {
    private final Supplier<? extends Coroutine<? extends @Nullable T>> runs;
    private final @Nullable Scheduler scheduler;

    private CoroutineMaybe(Supplier<? extends Coroutine<? extends @Nullable T>> runs, @Nullable Scheduler scheduler) {
        this.runs = runs;
        this.scheduler = scheduler;
    }

    static <T> Maybe<T> of(Supplier<? extends Coroutine<? extends @Nullable T>> runs, @Nullable Scheduler scheduler) {
        return RxJavaPlugins.onAssembly(new CoroutineMaybe<>(runs, scheduler));
    }

    @Override
    protected void subscribeActual(MaybeObserver<? super T> actual) {
        Coroutine<? extends @Nullable T> coroutine = CoroutineRun.open(runs, (none, error) -> {
            actual.onSubscribe(none);
            actual.onError(error);
        });
        if (coroutine == null) {
            return;
        }
        Run<T> run = new Run<>(actual, coroutine, scheduler);
        actual.onSubscribe(run);
        run.start();
    }

    /** One observer's run. */
    private static final class Run<T> extends CoroutineRun<@Nullable T> {
        private final MaybeObserver<? super T> actual;

        Run(
                MaybeObserver<? super T> actual,
                Coroutine<? extends @Nullable T> coroutine,
                @Nullable Scheduler scheduler) {
            super(coroutine, scheduler);
            this.actual = actual;
        }

        @Override
        void succeed(@Nullable T result) {
            if (result == null) {
                actual.onComplete();
            } else {
                actual.onSuccess(result);
            }
        }

        @Override
        void fail(Throwable error) {
            actual.onError(error);
        }
    }
}
