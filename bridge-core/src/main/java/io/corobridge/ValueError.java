package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code ValueError}; here above all {@code coroutine already executing}: a second step was tried while one was
 * under way, from the body itself or from another thread.
 */
public class ValueError extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it
     */
    public ValueError(@Nullable String message) {
        super(message);
    }
}
