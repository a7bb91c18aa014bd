package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code RuntimeError}: an object of the protocol was used in a state that does not allow it, for example
 * {@code cannot reuse already awaited coroutine}. Messages are CPython's, to the letter.
 */
public class RuntimeError extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it
     */
    public RuntimeError(@Nullable String message) {
        super(message);
    }

    /**
     * Makes one with a message and a cause.
     *
     * @param message the text, as CPython prints it
     * @param cause what led to it; Python's {@code __cause__}
     */
    public RuntimeError(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
