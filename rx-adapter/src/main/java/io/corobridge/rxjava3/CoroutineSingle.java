package io.corobridge.rxjava3;

import io.corobridge.Coroutine;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Single that drives a coroutine for each observer. */
final class CoroutineSingle<T> extends Single<T> {
    private final Supplier<? extends Coroutine<? extends T>> runs;
    private final @Nullable Scheduler scheduler;

    private CoroutineSingle(Supplier<? extends Coroutine<? extends T>> runs, @Nullable Scheduler scheduler) {
        this.runs = runs;
        this.scheduler = scheduler;
    }

    static <T> Single<T> of(Supplier<? extends Coroutine<? extends T>> runs, @Nullable Scheduler scheduler) {
        return RxJavaPlugins.onAssembly(new CoroutineSingle<>(runs, scheduler));
    }

    @Override
    protected void subscribeActual(SingleObserver<? super T> actual) {
        Coroutine<? extends T> coroutine = CoroutineRun.open(runs, (none, error) -> {
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
    private static final class Run<T> extends CoroutineRun<T> {
        private final SingleObserver<? super T> actual;

        Run(SingleObserver<? super T> actual, Coroutine<? extends T> coroutine, @Nullable Scheduler scheduler) {
            super(coroutine, scheduler);
            this.actual = actual;
        }

        @Override
        void succeed(T result) {
            if (result == null) {
                signal(new NullPointerException(
                        "the coroutine returned null: a Single has a value, a Maybe may be empty"));
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
