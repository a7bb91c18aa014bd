package io.corobridge;

/** What {@code inspect.getcoroutinestate} tells; Python writes the names with {@code CORO_} before them. */
public enum CoroutineState {
    /** No step was taken yet. */
    CREATED,
    /** A step is under way, in this body or in one that it delegates to (rule C11). */
    RUNNING,
    /** Between two steps. */
    SUSPENDED,
    /** The body has ended, or was closed before it began. */
    CLOSED
}
