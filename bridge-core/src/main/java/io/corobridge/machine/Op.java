package io.corobridge.machine;

/** What a step does to the object it is taken on. */
public enum Op {
    /** Python's {@code send}; with null, {@code next}. */
    SEND,
    /** Who drives takes the first step: {@code send(null)}, but a coroutine that has begun is somebody else's (A19). */
    START,
    /** Python's {@code throw}. */
    RAISE,
    /** Python's {@code close}: a body that awaits or yields in reply is an error. */
    CLOSE,
    /**
     * The awaited close: as {@link #CLOSE}, but a body that awaits while it is being closed is driven on, by further steps,
     * until it ends. Taken a second time it is a plain {@code CLOSE}.
     */
    ACLOSE
}
