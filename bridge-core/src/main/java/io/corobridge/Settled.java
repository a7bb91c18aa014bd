package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * An await whose outcome is known: {@code co.await(..)} takes it without suspending. A body that is to be cancelled suspends all
 * the same, so that its driver gets to close it.
 */
final class Settled<R extends @Nullable Object> extends Pending<R> {
    private final Object source;
    private final @Nullable Object value;
    private final @Nullable Throwable error;

    private Settled(Object source, @Nullable Object value, @Nullable Throwable error) {
        this.source = source;
        this.value = value;
        this.error = error;
    }

    static <R extends @Nullable Object> Settled<R> value(Object source, R value) {
        return new Settled<>(source, value, null);
    }

    static <R extends @Nullable Object> Settled<R> failed(Object source, Throwable error) {
        return new Settled<>(source, null, error);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
    R get() {
        if (error != null) {
            throw Settled.<RuntimeException>sneaky(error);
        }
        return (R) value;
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X sneaky(Throwable error) throws X {
        throw (X) error;
    }

    @Override
    public Object source() {
        return source;
    }

    @Override
    protected void open() {
        if (error != null) {
            settleFailed(error);
        } else {
            settle(get());
        }
    }

    @Override
    protected void release() {}
}
