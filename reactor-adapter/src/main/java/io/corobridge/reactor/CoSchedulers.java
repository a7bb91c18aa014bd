package io.corobridge.reactor;

import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** Schedulers inside bodies: hop to one, and sleep on one, in virtual time on a {@code VirtualTimeScheduler}. */
public final class CoSchedulers {
    private CoSchedulers() {}

    /**
     * A hop: {@code co.await(CoSchedulers.on(Schedulers.boundedElastic()))} goes on in a task of that scheduler, until the body awaits
     * something that completes elsewhere. A body that is run on a scheduler of its own, as by
     * {@link CoMono#from(io.corobridge.Coroutine, Scheduler)}, comes back to that one after every await, so that a hop only waits for its
     * turn there.
     *
     * <p>Each await is a task of its own; giving up the await disposes the task. A scheduler that was shut down is a
     * {@link RejectedExecutionException}.
     *
     * @param scheduler where to go on
     * @return an awaitable that may be awaited any number of times
     */
    public static Awaitable<@Nullable Void> on(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return Awaitables.hop(task -> scheduler.schedule(task)::dispose);
    }

    /**
     * A sleep on a scheduler's clock; the body goes on in a task of that scheduler. Giving up the await disposes the task.
     *
     * @param time how long
     * @param scheduler whose clock counts
     * @return an awaitable that may be awaited any number of times
     * @throws UnsupportedOperationException at the await, when the scheduler has no clock
     */
    public static Awaitable<@Nullable Void> sleep(Duration time, Scheduler scheduler) {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(scheduler, "scheduler");
        return Awaitables.create(wake -> {
            @SuppressWarnings("NullAway") // the result is @Nullable Void
            Disposable task = scheduler.schedule(() -> wake.complete(null), time.toNanos(), TimeUnit.NANOSECONDS);
            wake.onCancel(task::dispose);
        });
    }

    /**
     * A scheduler as an executor that never refuses, as drivers need one: where it was shut down, the task runs on the calling thread, so
     * that no body is left hanging.
     */
    static Executor executor(Scheduler scheduler) {
        return command -> {
            try {
                scheduler.schedule(command);
            } catch (RejectedExecutionException shutDown) {
                command.run();
            }
        };
    }
}
