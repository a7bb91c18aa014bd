package io.corobridge.rxjava3;

import io.reactivex.rxjava3.functions.Predicate;

/** What errors are expected to be. */
final class Errors {
    private Errors() {}

    static Predicate<Throwable> of(Class<? extends Throwable> type, String message) {
        return error -> type.isInstance(error) && message.equals(error.getMessage());
    }

    static Predicate<Throwable> same(Throwable expected) {
        return error -> error == expected && error.getCause() == null && error.getSuppressed().length == 0;
    }
}
