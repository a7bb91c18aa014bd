package io.corobridge.rxjava3;

import io.corobridge.Coroutine;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.exceptions.Exceptions;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One observer's run of a coroutine: disposing it is the awaited close. What the observer throws goes to RxJava's handler of
 * undeliverable errors.
 *
 * @param <R> the coroutine's result
 */
abstract class CoroutineRun<R extends @Nullable Object> implements Disposable, Host<R> {
    private final Driver<R> driver;
    private final @Nullable Executor executor;

    /** Disposed, or at the end; says nothing that the driver does not know. */
    private volatile boolean over;

    CoroutineRun(Coroutine<? extends R> coroutine, @Nullable Scheduler scheduler) {
        this.executor = scheduler == null ? null : CoSchedulers.executor(scheduler);
        this.driver = executor == null ? Driver.of(coroutine, this) : Driver.of(coroutine, this, executor);
    }

    /** Makes the run's coroutine; what the function throws goes to the observer, after a subscription to nothing. */
    static <R extends @Nullable Object> @Nullable Coroutine<? extends R> open(
            Supplier<? extends Coroutine<? extends R>> runs, BiConsumer<Disposable, Throwable> failed) {
        try {
            return Objects.requireNonNull(runs.get(), "the function returned null instead of a coroutine");
        } catch (Throwable error) {
            Exceptions.throwIfFatal(error);
            failed.accept(Disposable.disposed(), error);
            return null;
        }
    }

    abstract void succeed(R result);

    abstract void fail(Throwable error);

    final void start() {
        if (executor == null) {
            driver.start();
        } else {
            executor.execute(driver::start);
        }
    }

    @Override
    public final void dispose() {
        over = true;
        driver.cancel();
    }

    @Override
    public final boolean isDisposed() {
        return over;
    }

    @Override
    public final void returned(R result) {
        over = true;
        try {
            succeed(result);
        } catch (Throwable thrown) {
            RxHooks.INSTANCE.drop(thrown);
        }
    }

    @Override
    public final void raised(Throwable error) {
        over = true;
        Exceptions.throwIfFatal(error);
        signal(error);
    }

    final void signal(Throwable error) {
        try {
            fail(error);
        } catch (Throwable thrown) {
            RxHooks.dropBoth(error, thrown);
        }
    }

    @Override
    public final void cancelled(@Nullable R result, @Nullable Throwable error) {
        if (error != null) {
            RxHooks.INSTANCE.drop(error);
        }
    }
}
