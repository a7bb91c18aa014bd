package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/**
 * One activation of a woven method, saved when it suspends for the first time and used again each time after.
 *
 * <p>Subclasses have the fields for local variables and for what stood on the operand stack: {@link WovenFrames} in fixed
 * sizes, {@link WideFrame} beyond these.
 */
public abstract class WovenFrame extends Frame {
    /** In {@link #position}: the number of the suspension point in its method. */
    static final int SITE_MASK = 0x7fff;

    private final Resumer resumer;

    /** The suspension point: its number, the method's number from bit 15 on, and negative inside a {@code try}. */
    int position;

    /**
     * For subclasses.
     *
     * @param resumer the way back into the method's class
     */
    protected WovenFrame(Resumer resumer) {
        this.resumer = resumer;
    }

    @Override
    protected final @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
            throws Throwable {
        exchange.resumeWith(value, error);
        return resumer.resume(this, exchange);
    }

    @Override
    protected final StackTraceElement @Nullable [] stackTrace() {
        try {
            return resumer.resume(this, null) instanceof StackTraceElement where
                    ? new StackTraceElement[] {where}
                    : null;
        } catch (Throwable e) {
            // Nothing in it throws but what the virtual machine itself does.
            throw Rethrow.asIs(e);
        }
    }

    @Override
    protected final boolean holdsResources() {
        return position < 0;
    }
}
