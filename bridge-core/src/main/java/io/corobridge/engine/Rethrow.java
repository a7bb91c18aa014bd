package io.corobridge.engine;

/** Throws any exception as it is, for bodies may raise checked ones. */
public final class Rethrow {
    private Rethrow() {}

    /**
     * Throws an exception.
     *
     * @param error what to throw
     * @return nothing: for {@code throw Rethrow.asIs(error)}
     */
    public static RuntimeException asIs(Throwable error) {
        throw Rethrow.<RuntimeException>unchecked(error);
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable error) throws X {
        throw (X) error;
    }
}
