package io.corobridge.sight;

/** Is told what bodies do, for as long as its {@link Tracer} is open. */
@FunctionalInterface
public interface TraceListener {
    /**
     * Something happened. Called on the thread that steps the body, in the middle of the step, so it must be short and must not step anything;
     * bodies that are stepped on several threads call it on all of them. What it throws is logged, and the body goes on.
     *
     * @param event what happened
     */
    void happened(TraceEvent event);
}
