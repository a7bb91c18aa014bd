package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * Python's {@code StopIteration}: how a step says that the body has returned, with the value that it returned.
 *
 * <p>The value travels once: the step that finishes a generator carries it, later ones carry null (rule B02). A body that lets
 * one escape gets a {@link RuntimeError} in its place (PEP 479). It carries no stack trace.
 */
public class StopIteration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object value;

    /** Makes one without a value. */
    public StopIteration() {
        this(null);
    }

    /**
     * Makes one that carries a value.
     *
     * @param value what the body returned; null where it returned nothing
     */
    public StopIteration(@Nullable Object value) {
        super((String) null);
        this.value = value;
    }

    /**
     * The value that the body returned.
     *
     * @return the value, or null for none
     */
    public @Nullable Object value() {
        return value;
    }

    @Override
    public @Nullable String getMessage() {
        return value == null ? null : String.valueOf(value);
    }

    /** None: it is a signal, and stack traces cost. Unlike the constructor that leaves it out, this one lets a cause be set. */
    @Override
    public final Throwable fillInStackTrace() {
        return this;
    }
}
