package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code StopAsyncIteration}: raised by the step of an {@link AsyncIterator} that has no more elements. It carries no
 * stack trace.
 */
public class StopAsyncIteration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one without a message. */
    public StopAsyncIteration() {
        this(null);
    }

    /**
     * Makes one with a message.
     *
     * @param message the text, or null for none
     */
    public StopAsyncIteration(@Nullable String message) {
        super(message);
    }

    /** None: it is a signal, and stack traces cost. Unlike the constructor that leaves it out, this one lets a cause be set. */
    @Override
    public final Throwable fillInStackTrace() {
        return this;
    }
}
