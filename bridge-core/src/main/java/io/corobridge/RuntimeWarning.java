package io.corobridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code RuntimeWarning}: something was left undone that was hardly meant to be. {@code coroutine 'f' was never awaited} is
 * the one there is.
 *
 * <p>Its stack trace is where the coroutine was made, when that was tracked: {@link Tracking#setOriginDepth}.
 */
public final class RuntimeWarning extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was left undone
     * @param origin where the object was made, innermost call first; null when that is not known
     */
    public RuntimeWarning(String message, @Nullable List<StackTraceElement> origin) {
        super(origin == null ? message : message + created(origin));
        setStackTrace(origin == null ? new StackTraceElement[0] : origin.toArray(new StackTraceElement[0]));
    }

    /** In Python's words and order: the innermost call last. */
    private static String created(List<StackTraceElement> origin) {
        StringBuilder text = new StringBuilder("\nCoroutine created at (most recent call last)");
        for (int i = origin.size() - 1; i >= 0; i--) {
            text.append("\n  at ").append(origin.get(i));
        }
        return text.toString();
    }
}
