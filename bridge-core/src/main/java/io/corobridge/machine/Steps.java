package io.corobridge.machine;

import io.corobridge.StopIteration;
import io.corobridge.TypeError;
import io.corobridge.engine.Outcome;
import org.jspecify.annotations.Nullable;

/** Turns outcomes into what the throwing methods of the protocol return and raise. */
final class Steps {
    private Steps() {}

    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    static <T extends @Nullable Object> T valueOrThrow(Outcome outcome, @Nullable Object result) {
        switch (outcome) {
            case YIELDS:
                return (T) result;
            case RETURNS:
                throw new StopIteration(result);
            default:
                throw raise((Throwable) result);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    static <T> @Nullable T closed(Outcome outcome, @Nullable Object result) {
        if (outcome == Outcome.RAISES) {
            throw raise((Throwable) result);
        }
        return (T) result;
    }

    /** Checked before anything else, as in CPython (A16, A43). */
    static Throwable checkRaised(@Nullable Throwable error) {
        if (error == null) {
            throw new TypeError("exceptions must be classes or instances deriving from BaseException, not NoneType");
        }
        return error;
    }

    /** Throws any exception as it is; bodies may raise checked ones. */
    static RuntimeException raise(@Nullable Throwable error) {
        throw Steps.<RuntimeException>sneaky(error);
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(@Nullable Throwable error) throws X {
        if (error == null) {
            throw new IllegalStateException("no exception");
        }
        throw (X) error;
    }

    static String describe(String kind, String name, Object object) {
        return "<" + kind + " object " + name + " at 0x" + Integer.toHexString(System.identityHashCode(object)) + ">";
    }
}
