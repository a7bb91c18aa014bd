package io.corobridge;

import io.corobridge.engine.Rethrow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An await whose outcome is known: {@code co.await(..)} takes it without suspending. A body that is to be cancelled suspends all
 * the same, so that its driver gets to close it.
 */
final class Settled<R extends @Nullable Object> extends Pending<R> {
    private final Object source;
    private final @Nullable Object value;
    private final @Nullable Throwable error;
    private final @Nullable Consumer<? super R> unused;

    private Settled(
            Object source, @Nullable Object value, @Nullable Throwable error, @Nullable Consumer<? super R> unused) {
        this.source = source;
        this.value = value;
        this.error = error;
        this.unused = unused;
    }

    static <R extends @Nullable Object> Settled<R> value(Object source, R value) {
        return new Settled<>(source, value, null, null);
    }

    static <R extends @Nullable Object> Settled<R> taken(R value, Consumer<? super R> unused) {
        return new Settled<>("ready", value, null, unused);
    }

    static <R extends @Nullable Object> Settled<R> failed(Object source, Throwable error) {
        return new Settled<>(source, null, error, null);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
    R get() {
        if (error != null) {
            throw Rethrow.asIs(error);
        }
        return (R) value;
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

    @Override
    protected void dismiss() {
        Consumer<? super R> receiver = unused;
        if (receiver != null) {
            receiver.accept(get());
        }
    }
}
