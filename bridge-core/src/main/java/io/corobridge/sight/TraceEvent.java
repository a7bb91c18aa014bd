package io.corobridge.sight;

import io.corobridge.GeneratorExit;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a body, or that it did.
 *
 * @param nanoTime when, in terms of {@link System#nanoTime()}
 * @param thread the name of the thread that stepped it
 * @param id numbers the bodies in the order in which they were made; the number that it has in a dump
 * @param kind what the body belongs to
 * @param name the name that it was given
 * @param action what happened
 * @param value what came with it: the value that it goes on with, yields or returns, the exception that is raised in it or by it, what it
 *     awaits
 * @param awaited the id of the body that it awaits; 0 when it awaits something else, or a body that is not traced
 */
public record TraceEvent(
        long nanoTime,
        String thread,
        long id,
        BodyKind kind,
        String name,
        Action action,
        @Nullable Object value,
        long awaited) {
    /** What can happen. */
    public enum Action {
        /** The body is run for the first time. */
        START("starts"),
        /** It goes on with a value, which was sent, or which is the result of what it awaited. */
        RESUME("gets"),
        /** An exception is raised where it stands. */
        RAISE("raised:"),
        /** It is closed: a {@link io.corobridge.GeneratorExit} is raised where it stands. */
        CLOSE("is closed"),
        /** It yields a value. */
        YIELD("yields"),
        /** It awaits something, or delegates to it, and is suspended. */
        AWAIT("awaits"),
        /** It has ended with a result. */
        RETURN("returns"),
        /** It has ended with an exception. */
        FAIL("raises");

        private final String words;

        Action(String words) {
            this.words = words;
        }
    }

    /**
     * The event in words.
     *
     * @return for example {@code yields 1}; it calls the {@code toString} of the value
     */
    public String text() {
        return switch (action) {
            case START, CLOSE -> action.words;
            case RETURN -> value == null ? action.words : action.words + " " + Texts.of(value);
            case FAIL -> value instanceof GeneratorExit ? "ends" : action.words + " " + Texts.of(value);
            default -> action.words + " " + Texts.of(value);
        };
    }
}
