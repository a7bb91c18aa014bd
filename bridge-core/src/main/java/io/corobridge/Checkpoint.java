package io.corobridge;

import org.jspecify.annotations.Nullable;

/** A suspension for the sake of a cancel that is due: the driver closes the body there, and otherwise goes on at once. */
final class Checkpoint extends Pending<@Nullable Void> {
    @Override
    public Object source() {
        return "checkCancelled";
    }

    @Override
    @SuppressWarnings("NullAway") // the result is @Nullable Void
    protected void open() {
        settle(null);
    }

    @Override
    protected void release() {}
}
