package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/** A woven frame for a method that keeps more over a suspension than {@link WovenFrames} have fields for. */
public final class WideFrame extends WovenFrame {
    /** References. */
    public final @Nullable Object[] o;

    /** Primitives. */
    public final long[] l;

    /**
     * Makes one.
     *
     * @param resumer the way back into the method's class
     * @param references how many references it holds
     * @param primitives how many primitives it holds
     */
    public WideFrame(Resumer resumer, int references, int primitives) {
        super(resumer);
        o = new @Nullable Object[references];
        l = new long[primitives];
    }
}
