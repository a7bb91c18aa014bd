package io.corobridge.machine;

import org.jspecify.annotations.Nullable;

/** A value to send or an exception to raise, on its way along a chain. */
class Signal {
    @Nullable
    Object value;

    @Nullable
    Throwable error;

    final void send(@Nullable Object sent) {
        value = sent;
        error = null;
    }

    final void raise(Throwable raised) {
        value = null;
        error = raised;
    }
}
