package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/** The way back into the methods of one woven class. */
@FunctionalInterface
public interface Resumer {
    /**
     * Calls the method that saved a frame; it goes on where it stood.
     *
     * @param frame what it saved; says which method and where
     * @param exchange the body's exchange, which has what to resume with
     * @return the method's result, boxed
     * @throws Throwable what the method raises
     */
    @Nullable
    Object resume(WovenFrame frame, Exchange exchange) throws Throwable;
}
