package io.corobridge;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The await whose outcome is to be somewhere else: it ends in a task, and the body goes on there. A task that is quicker than the driver
 * which has it scheduled finds nobody waiting yet; then another one takes its place.
 */
final class Hop extends Pending<@Nullable Void> {
    private final UnaryOperator<Runnable> schedule;

    /** Written before the task is scheduled, which publishes it. */
    private @Nullable Thread starter;

    /** Written before the outcome, which publishes it. */
    private boolean arrivedElsewhere;

    /** Guarded by this. */
    private @Nullable Runnable cancel;

    Hop(UnaryOperator<Runnable> schedule) {
        this.schedule = schedule;
    }

    @Override
    public Object source() {
        return schedule;
    }

    @Override
    protected void open() {
        starter = Thread.currentThread();
        Runnable undo = schedule.apply(this::arrive);
        boolean late;
        synchronized (this) {
            cancel = undo;
            late = isCancelled();
        }
        if (late) {
            undo.run();
        }
    }

    @SuppressWarnings("NullAway") // the result is @Nullable Void
    private void arrive() {
        arrivedElsewhere = Thread.currentThread() != starter;
        settle(null);
    }

    @Override
    public @Nullable Executor goesOnIn() {
        return arrivedElsewhere ? this::runThere : null;
    }

    private void runThere(Runnable step) {
        try {
            Runnable unused = schedule.apply(step);
        } catch (RejectedExecutionException closed) {
            // It was open a moment ago; a body must not be left hanging.
            step.run();
        }
    }

    @Override
    protected void release() {
        Runnable undo;
        synchronized (this) {
            undo = cancel;
        }
        if (undo != null) {
            undo.run();
        }
    }
}
