package io.corobridge.rxjava3;

import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.reactivex.rxjava3.operators.ScalarSupplier;
import org.jspecify.annotations.Nullable;

/** Sources that know their value, such as {@code just} and {@code empty}: awaiting them needs no subscription. */
final class Scalars {
    private Scalars() {}

    /** The value of such a source as an awaitable, or null for any other source. */
    @SuppressWarnings("unchecked") // of the source's own type
    static <T> @Nullable Awaitable<@Nullable T> of(Object source) {
        return source instanceof ScalarSupplier<?> known
                ? Awaitables.<@Nullable T>ready(((ScalarSupplier<T>) known).get())
                : null;
    }
}
