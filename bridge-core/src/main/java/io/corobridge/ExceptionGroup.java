package io.corobridge;

import java.util.List;

/** Python's {@code ExceptionGroup}: several exceptions, none of which is an error like {@link CancelledError}. */
public final class ExceptionGroup extends RuntimeException implements BaseExceptionGroup {
    private static final long serialVersionUID = 1L;

    /** What they have in common. */
    private final String message;

    private final transient List<Throwable> exceptions;

    /**
     * Makes one.
     *
     * @param message what they have in common
     * @param exceptions at least one
     * @throws ValueError when there are none
     * @throws TypeError when one of them is no {@link Exception}
     */
    public ExceptionGroup(String message, List<? extends Throwable> exceptions) {
        super(message + " (" + exceptions.size() + (exceptions.size() == 1 ? " sub-exception)" : " sub-exceptions)"));
        if (exceptions.isEmpty()) {
            throw new ValueError("second argument (exceptions) must be a non-empty sequence");
        }
        if (!exceptions.stream().allMatch(error -> error instanceof Exception)) {
            throw new TypeError("Cannot nest BaseExceptions in an ExceptionGroup");
        }
        this.message = message;
        this.exceptions = List.copyOf(exceptions);
        exceptions.forEach(this::addSuppressed);
    }

    @Override
    public String message() {
        return message;
    }

    @Override
    public List<Throwable> exceptions() {
        return exceptions;
    }
}
