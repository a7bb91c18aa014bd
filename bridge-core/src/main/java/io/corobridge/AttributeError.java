package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code AttributeError}: a value was sent through a delegation to an iterator that has no {@code send} (rule C01).
 * It is raised inside the body that delegates, at the delegation.
 */
public class AttributeError extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it
     */
    public AttributeError(@Nullable String message) {
        super(message);
    }
}
