package io.corobridge.sight;

import io.corobridge.Pending;
import org.jspecify.annotations.Nullable;

/** Text of objects that are not the library's: short, on one line, and whatever their {@code toString} does. */
final class Texts {
    private static final int LONGEST = 200;

    private Texts() {}

    private static String named(Throwable error) {
        String message = error.getLocalizedMessage();
        return error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    static String of(@Nullable Object object) {
        try {
            Object shown = object instanceof Pending<?> pending ? pending.source() : object;
            String text = (shown instanceof Throwable error ? named(error) : String.valueOf(shown))
                    .replaceAll("\\s*\\R\\s*", " ");
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return object == null
                    ? "null"
                    : object.getClass().getName() + ", whose toString raises "
                            + e.getClass().getName();
        }
    }
}
