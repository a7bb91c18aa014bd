package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code TypeError}: something that the protocol does not accept, for example
 * {@code can't send non-None value to a just-started coroutine}.
 */
public class TypeError extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it
     */
    public TypeError(@Nullable String message) {
        super(message);
    }

    /**
     * Makes one with a message and a cause.
     *
     * @param message the text, as CPython prints it
     * @param cause what led to it; Python's {@code __cause__}
     */
    public TypeError(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
