package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * How an awaited operation tells its outcome: exactly once, from any thread. Later calls do nothing.
 *
 * @param <R> its result
 */
public interface Completion<R extends @Nullable Object> {
    /**
     * The operation has succeeded: the await results in this value.
     *
     * @param value the result
     */
    void complete(R value);

    /**
     * The operation has failed: this exception, the same instance, is raised at the await.
     *
     * @param error why
     */
    void fail(Throwable error);

    /**
     * What {@link Awaitables#create} hands out: a completion that can be told how to cancel the operation.
     *
     * @param <R> the operation's result
     */
    interface Cancellable<R extends @Nullable Object> extends Completion<R> {
        /**
         * Says how to cancel the operation. Runs at most once, when the await is given up before the operation has ended; at
         * once, when that has happened already.
         *
         * @param action cancels the operation; it replaces one given before
         */
        void onCancel(Runnable action);
    }
}
