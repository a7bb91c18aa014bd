package io.corobridge.asyncio;

import org.jspecify.annotations.Nullable;

/** Python's {@code asyncio.QueueFull}: there is no room to put. */
public class QueueFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it, or null for none
     */
    public QueueFull(@Nullable String message) {
        super(message);
    }
}
