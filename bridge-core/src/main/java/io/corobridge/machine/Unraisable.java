package io.corobridge.machine;

import io.corobridge.RuntimeWarning;
import io.corobridge.platform.Log;

/** Where an exception goes that nobody can receive: the system logger, as Python's {@code sys.unraisablehook} writes to stderr. */
public final class Unraisable {
    private static final String LOGGER = "io.corobridge";

    private Unraisable() {}

    /**
     * Reports an exception.
     *
     * @param where what was being done
     * @param error the exception
     */
    public static void report(String where, Throwable error) {
        Log.warn(LOGGER, "Exception ignored while " + where, error);
    }

    /**
     * Reports a warning.
     *
     * @param warning its message says it all, but for where the object was made
     */
    static void warn(RuntimeWarning warning) {
        Log.warn(LOGGER, String.valueOf(warning.getMessage()), null);
    }
}
