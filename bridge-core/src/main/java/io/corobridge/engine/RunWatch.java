package io.corobridge.engine;

import org.jspecify.annotations.Nullable;

/** Is told of each run of a body, from its being resumed to its suspending or ending, on the thread that steps it. It raises nothing. */
public interface RunWatch {
    /**
     * The body is about to run.
     *
     * @param value what it goes on with; null at the first run
     * @param error what is raised in it instead, or null
     */
    void runs(@Nullable Object value, @Nullable Throwable error);

    /**
     * The body has run.
     *
     * @param outcome how the run ended
     * @param payload what was yielded, the thing that is delegated to, the result or the exception
     */
    void ran(Outcome outcome, @Nullable Object payload);
}
