package io.corobridge;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Python's {@code LookupError}: a context variable has neither a value nor a default. */
public class LookupError extends NoSuchElementException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one with a message.
     *
     * @param message the text, as CPython prints it
     */
    public LookupError(@Nullable String message) {
        super(message);
    }
}
