package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.CancelledError}: what a body sees when the task that runs it is cancelled.
 *
 * <p>It is an {@link Error}, as it is a {@code BaseException} in Python: {@code catch (Exception e)} does not swallow it. It
 * carries no stack trace.
 */
public class CancelledError extends Error {
    private static final long serialVersionUID = 1L;

    /** Makes one without a message. */
    public CancelledError() {
        this(null);
    }

    /**
     * Makes one with a message.
     *
     * @param message the text, or null for none
     */
    public CancelledError(@Nullable String message) {
        super(message);
    }

    /** None: it is a signal, and stack traces cost. Unlike the constructor that leaves it out, this one lets a cause be set. */
    @Override
    public final Throwable fillInStackTrace() {
        return this;
    }
}
