package io.corobridge;

import java.util.List;

/**
 * Says which awaits an exception has passed on its way out of a chain of bodies: it is suppressed in that exception, and its stack
 * trace has the places of the awaits, innermost first. A body that was resumed has no caller on its stack who could show them.
 *
 * <p>An exception gets one at most: where it first leaves what was stepped from outside. Signals ({@link StopIteration},
 * {@link StopAsyncIteration}, {@link GeneratorExit}, {@link CancelledError}) and exceptions without suppression get none, nor does
 * anything with {@code -Dcorobridge.awaitTrace=false}.
 */
public final class AwaitTrace extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the library.
     *
     * @param places the places of the awaits, innermost first
     * @param more how many further out are left out
     */
    public AwaitTrace(List<StackTraceElement> places, int more) {
        super("awaited here" + (more > 0 ? ", and " + more + " more" : ""), null, false, true);
        setStackTrace(places.toArray(new StackTraceElement[0]));
    }

    /** Its own stack says nothing. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
