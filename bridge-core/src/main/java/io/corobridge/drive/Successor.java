package io.corobridge.drive;

import io.corobridge.engine.Outcome;
import io.corobridge.machine.Op;
import org.jspecify.annotations.Nullable;

/**
 * Drives a body on, in the place of its {@link Driver}, from the middle of a step: the event loop and the task that the body turned
 * out to need. It tells the driver's {@link Host} the outcome.
 */
@SuppressWarnings("exports") // for drivers and event loops of this module
public interface Successor {
    /**
     * The step in which it took over has ended. Called at most once, by the thread that took the step.
     *
     * @param outcome how
     * @param result what came with it
     */
    void stepped(Outcome outcome, @Nullable Object result);

    /**
     * An await that the driver had begun before has its outcome. Called at most once, on any thread.
     *
     * @param op what to do to the body
     * @param value the await's result
     * @param error what it failed with
     */
    void resume(Op op, @Nullable Object value, @Nullable Throwable error);

    /** The driver was cancelled: closes the body, its clean-up included. On any thread; a second time it does nothing. */
    void cancel();

    /** The thread in whose hands the body was when it was taken over lets go of it. Called once, last. */
    void left();
}
