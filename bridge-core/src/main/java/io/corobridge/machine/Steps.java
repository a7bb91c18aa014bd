package io.corobridge.machine;

import io.corobridge.StopIteration;
import io.corobridge.TypeError;
import io.corobridge.engine.Outcome;
import io.corobridge.engine.Rethrow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns outcomes into what the throwing methods of the protocol return and raise. */
final class Steps {
    private Steps() {}

    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    static <T extends @Nullable Object> T valueOrThrow(Outcome outcome, @Nullable Object result) {
        if (outcome == Outcome.YIELDS) {
            return (T) result;
        }
        throw outcome == Outcome.RETURNS ? new StopIteration(result) : raise(result);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    static <T> @Nullable T closed(Outcome outcome, @Nullable Object result) {
        if (outcome == Outcome.RAISES) {
            throw raise(result);
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

    static RuntimeException raise(@Nullable Object error) {
        return Rethrow.asIs((Throwable) Objects.requireNonNull(error));
    }

    static String describe(String kind, String name, Object object) {
        return "<" + kind + " object " + name + " at 0x" + Integer.toHexString(System.identityHashCode(object)) + ">";
    }

    static String describe(String kind, Object object) {
        return "<" + kind + " object at 0x" + Integer.toHexString(System.identityHashCode(object)) + ">";
    }
}
