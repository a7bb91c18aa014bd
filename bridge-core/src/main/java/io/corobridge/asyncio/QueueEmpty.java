package io.corobridge.asyncio;

import org.jspecify.annotations.Nullable;

/** Python's {@code asyncio.QueueEmpty}: there is nothing to get. */
public class QueueEmpty extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it, or null for none
     */
    public QueueEmpty(@Nullable String message) {
        super(message);
    }
}
