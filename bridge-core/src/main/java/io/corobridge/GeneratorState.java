package io.corobridge;

/** What {@code inspect.getgeneratorstate} tells; Python writes the names with {@code GEN_} before them. */
public enum GeneratorState {
    /** No step was taken yet. */
    CREATED,
    /** A step is under way, in this body or in one that it delegates to (rule C11). */
    RUNNING,
    /** Between two steps. */
    SUSPENDED,
    /** The body has ended, or was closed before it began. */
    CLOSED
}
