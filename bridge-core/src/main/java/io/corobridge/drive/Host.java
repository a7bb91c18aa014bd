package io.corobridge.drive;

import org.jspecify.annotations.Nullable;

/**
 * For whom a {@link Driver} drives. Exactly one of these methods is called for each run, after the last step has returned and
 * never from the body's stack, on the thread that took that step.
 *
 * @param <R> the result
 */
public interface Host<R extends @Nullable Object> {
    /**
     * The body has returned.
     *
     * @param result what it returned
     */
    void returned(R result);

    /**
     * The body has raised.
     *
     * @param error what it raised, the same instance
     */
    void raised(Throwable error);

    /**
     * The run was cancelled, and the body has ended, its clean-up included.
     *
     * @param result what it returned all the same, or null: nobody waits for it
     * @param error what it raised other than a {@link io.corobridge.GeneratorExit} or {@link io.corobridge.CancelledError}, or
     *     null: nobody waits for it either
     */
    void cancelled(@Nullable R result, @Nullable Throwable error);
}
