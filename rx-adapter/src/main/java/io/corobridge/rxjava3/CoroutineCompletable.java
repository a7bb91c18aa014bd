package io.corobridge.rxjava3;

import io.corobridge.Coroutine;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableObserver;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Completable that drives a coroutine for each observer. */
final class CoroutineCompletable extends Completable {
    private final Supplier<? extends Coroutine<?>> runs;
    private final @Nullable Scheduler scheduler;

    private CoroutineCompletable(Supplier<? extends Coroutine<?>> runs, @Nullable Scheduler scheduler) {
        this.runs = runs;
        this.scheduler = scheduler;
    }

    static Completable of(Supplier<? extends Coroutine<?>> runs, @Nullable Scheduler scheduler) {
        return RxJavaPlugins.onAssembly(new CoroutineCompletable(runs, scheduler));
    }

    @Override
    protected void subscribeActual(CompletableObserver actual) {
        Coroutine<?> coroutine = CoroutineRun.open(runs, (none, error) -> {
            actual.onSubscribe(none);
            actual.onError(error);
        });
        if (coroutine == null) {
            return;
        }
        Run run = new Run(actual, coroutine, scheduler);
        actual.onSubscribe(run);
        run.start();
    }

    /** One observer's run. */
    private static final class Run extends CoroutineRun<@Nullable Object> {
        private final CompletableObserver actual;

        Run(CompletableObserver actual, Coroutine<?> coroutine, @Nullable Scheduler scheduler) {
            super(coroutine, scheduler);
            this.actual = actual;
        }

        @Override
        void succeed(@Nullable Object result) {
            actual.onComplete();
        }

        @Override
        void fail(Throwable error) {
            actual.onError(error);
        }
    }
}
