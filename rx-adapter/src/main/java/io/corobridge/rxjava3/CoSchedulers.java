package io.corobridge.rxjava3;

import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Completion;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Schedulers inside bodies: hop to one, and sleep on one, in virtual time on a {@code TestScheduler}. */
public final class CoSchedulers {
    private CoSchedulers() {}

    /**
     * A hop: {@code co.await(CoSchedulers.on(Schedulers.io()))} goes on in a task of that scheduler, until the body awaits something
     * that completes elsewhere. A body that is run on a scheduler of its own, as by {@link CoSingle#from(io.corobridge.Coroutine,
     * Scheduler)}, comes back to that one after every await, so that a hop only waits for its turn there.
     *
     * <p>Each await is a task of its own; giving up the await disposes the task. A scheduler that was shut down is a
     * {@link RejectedExecutionException}.
     *
     * @param scheduler where to go on
     * @return an awaitable that may be awaited any number of times
     */
    public static Awaitable<@Nullable Void> on(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return Awaitables.hop(task -> {
            AtomicBoolean begun = new AtomicBoolean();
            Disposable scheduled = scheduler.scheduleDirect(() -> {
                begun.set(true);
                task.run();
            });
            if (scheduled.isDisposed() && !begun.get()) {
                throw new RejectedExecutionException("the scheduler is shut down");
            }
            return scheduled::dispose;
        });
    }

    /**
     * A sleep on a scheduler's clock; the body goes on in a task of that scheduler. Giving up the await disposes the task.
     *
     * @param time how long
     * @param unit of the time
     * @param scheduler whose clock counts
     * @return an awaitable that may be awaited any number of times
     */
    public static Awaitable<@Nullable Void> sleep(long time, TimeUnit unit, Scheduler scheduler) {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(scheduler, "scheduler");
        return Awaitables.create(wake -> start(wake, task -> scheduler.scheduleDirect(task, time, unit)));
    }

    private interface Scheduling {
        Disposable schedule(Runnable task);
    }

    @SuppressWarnings("NullAway") // the result is @Nullable Void
    private static void start(Completion.Cancellable<@Nullable Void> await, Scheduling scheduling) {
        Disposable task = scheduling.schedule(() -> await.complete(null));
        await.onCancel(task::dispose);
        if (task.isDisposed()) {
            // It has run, and then this does nothing, or it never will.
            await.fail(new RejectedExecutionException("the scheduler is shut down"));
        }
    }

    /**
     * A scheduler as an executor that never refuses, as drivers need one: where the scheduler was shut down, and has reported the
     * task, it runs on the calling thread, so that no body is left hanging.
     */
    static Executor executor(Scheduler scheduler) {
        return command -> {
            AtomicBoolean taken = new AtomicBoolean();
            Runnable once = () -> {
                if (taken.compareAndSet(false, true)) {
                    command.run();
                }
            };
            Disposable task = scheduler.scheduleDirect(once);
            if (task.isDisposed()) {
                once.run();
            }
        };
    }
}
