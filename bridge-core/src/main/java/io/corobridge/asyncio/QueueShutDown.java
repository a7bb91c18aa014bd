package io.corobridge.asyncio;

import org.jspecify.annotations.Nullable;

/** Python's {@code asyncio.QueueShutDown}: the queue was shut down. */
public class QueueShutDown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it, or null for none
     */
    public QueueShutDown(@Nullable String message) {
        super(message);
    }
}
