package io.corobridge.rxjava3;

import io.corobridge.AwaitTrace;
import io.reactivex.rxjava3.functions.Predicate;
import java.util.stream.Stream;

/** What errors are expected to be. */
final class Errors {
    private Errors() {}

    static Predicate<Throwable> of(Class<? extends Throwable> type, String message) {
        return error -> type.isInstance(error) && message.equals(error.getMessage());
    }

    /** That very instance, with nothing added but a note of the awaits it passed. */
    static Predicate<Throwable> same(Throwable expected) {
        return error -> error == expected
                && error.getCause() == null
                && Stream.of(error.getSuppressed()).allMatch(AwaitTrace.class::isInstance);
    }
}
