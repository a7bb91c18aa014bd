package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/** The first step of a woven body, which brings its own frame once it suspends. Without state: one serves all. */
final class BodyStart extends Frame {
    static final BodyStart INSTANCE = new BodyStart();

    private BodyStart() {}

    @Override
    protected @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
            throws Throwable {
        if (error != null) {
            throw error;
        }
        exchange.entry = Exchange.CALLED;
        return exchange.runBody();
    }
}
