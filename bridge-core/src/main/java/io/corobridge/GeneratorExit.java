package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code GeneratorExit}: raised inside a suspended body by {@code close()}, at the place where it is suspended.
 *
 * <p>It is an {@link Error}, as it is a {@code BaseException} in Python: {@code catch (Exception e)} does not swallow it. A body
 * that catches it must end; to yield or await instead is a {@link RuntimeError} for whoever closes. It carries no stack trace.
 */
public class GeneratorExit extends Error {
    private static final long serialVersionUID = 1L;

    /** Makes one without a message. */
    public GeneratorExit() {
        this(null);
    }

    /**
     * Makes one with a message.
     *
     * @param message the text, or null for none
     */
    public GeneratorExit(@Nullable String message) {
        super(message);
    }

    /** None: it is a signal, and stack traces cost. Unlike the constructor that leaves it out, this one lets a cause be set. */
    @Override
    public final Throwable fillInStackTrace() {
        return this;
    }
}
