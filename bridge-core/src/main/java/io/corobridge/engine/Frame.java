package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/**
 * One activation of a method that can suspend: a body, or a helper that was given the body's handle.
 *
 * <p>The frames of one body form a chain from the innermost, which is resumed first, to the body itself. A frame that calls
 * another one directly and sees {@link Frames#isSuspending} afterwards gives itself to {@link Frames#save} and returns at
 * once; what the callee returned is meaningless then. Later the callee's frame is resumed without it, and when that one has
 * returned or raised, this frame is resumed with the callee's result.
 *
 * <p>Frames are confined to the thread that steps the body. Between two steps, whoever hands the body to another thread
 * publishes it safely.
 */
public abstract class Frame {
    /** The frame to resume when this one has ended; null for the body itself. */
    @Nullable
    Frame caller;

    /** For the engines. */
    protected Frame() {}

    /**
     * Called once before the first {@link #resume}. A frame that cannot get what it needs, a thread for example, throws here: the
     * body then counts as not started.
     *
     * @param exchange the body's exchange
     */
    protected void start(Exchange exchange) {}

    /**
     * Runs until the frame suspends or ends. A suspension is recorded in the exchange ({@link Frames#yields},
     * {@link Frames#delegates}); the return value is meaningless then.
     *
     * @param exchange the body's exchange
     * @param value what the suspension point evaluates to; null at the first call
     * @param error what the suspension point raises instead, or null
     * @return the frame's result
     * @throws Throwable what the frame raised
     */
    protected abstract @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
            throws Throwable;

    /**
     * Whether a body that is dropped while this frame is suspended has to be closed for the frame's sake, because it holds a
     * thread or has clean-up to run.
     *
     * @return true to have it closed after garbage collection
     */
    protected boolean holdsResources() {
        return false;
    }

    /**
     * Where this frame stands now, innermost call first, for {@code frame()} of the object.
     *
     * @return the stack, or null when it is not known
     */
    protected StackTraceElement @Nullable [] stackTrace() {
        return null;
    }
}
