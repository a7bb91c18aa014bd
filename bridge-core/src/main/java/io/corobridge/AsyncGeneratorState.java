package io.corobridge;

/** What {@code inspect.getasyncgenstate} tells; Python writes the names with {@code AGEN_} before them. */
public enum AsyncGeneratorState {
    /** No step was taken yet. */
    CREATED,
    /** A step is under way, also while the body is suspended at an await inside that step (rule D21). */
    RUNNING,
    /** Between two steps. */
    SUSPENDED,
    /** The body has ended, or was closed before it began. */
    CLOSED
}
