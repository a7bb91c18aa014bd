package io.corobridge.asyncio;

import org.jspecify.annotations.Nullable;

/** Python's {@code asyncio.InvalidStateError}: a future is asked for a result that it does not have, or given one when it has one. */
public class InvalidStateError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it, or null for none
     */
    public InvalidStateError(@Nullable String message) {
        super(message);
    }
}
