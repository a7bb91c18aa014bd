package io.corobridge.asyncio;

import io.corobridge.RuntimeError;
import org.jspecify.annotations.Nullable;

/** Python's {@code asyncio.BrokenBarrierError}: the barrier was aborted, or reset while others waited. */
public class BrokenBarrierError extends RuntimeError {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it, or null for none
     */
    public BrokenBarrierError(@Nullable String message) {
        super(message);
    }
}
