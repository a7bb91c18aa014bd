package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/** The way back into the methods of one woven class. */
@FunctionalInterface
public interface Resumer {
    /**
     * Calls the method that saved a frame; it goes on where it stood.
     *
     * @param frame what it saved; says which method and where
     * @param exchange the body's exchange, which has what to resume with; null to be told where the frame stands, and nothing else
     * @return the method's result, boxed; or where the frame stands, as a {@link StackTraceElement}, if that is known
     * @throws Throwable what the method raises
     */
    @Nullable
    Object resume(WovenFrame frame, @Nullable Exchange exchange) throws Throwable;
}
