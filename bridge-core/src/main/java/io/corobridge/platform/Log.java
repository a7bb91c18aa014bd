package io.corobridge.platform;

import org.jspecify.annotations.Nullable;

/** The system logger; on Android, which has none, standard error, which goes to logcat there. */
public final class Log {
    private static final boolean HAS_SYSTEM_LOGGER = Probe.hasClass("java.lang.System$Logger");

    private Log() {}

    /**
     * Logs a warning.
     *
     * @param logger the logger's name
     * @param message what to say
     * @param error what has happened, or null
     */
    public static void warn(String logger, String message, @Nullable Throwable error) {
        log(logger, false, message, error);
    }

    /**
     * Logs an error.
     *
     * @param logger the logger's name
     * @param message what to say
     * @param error what has happened, or null
     */
    public static void error(String logger, String message, @Nullable Throwable error) {
        log(logger, true, message, error);
    }

    private static void log(String logger, boolean severe, String message, @Nullable Throwable error) {
        if (HAS_SYSTEM_LOGGER) {
            Jdk.log(logger, severe, message, error);
            return;
        }
        System.err.println((severe ? "ERROR " : "WARNING ") + logger + ": " + message);
        if (error != null) {
            error.printStackTrace();
        }
    }

    @JdkOnly
    private static final class Jdk {
        static void log(String logger, boolean severe, String message, @Nullable Throwable error) {
            System.getLogger(logger)
                    .log(severe ? System.Logger.Level.ERROR : System.Logger.Level.WARNING, message, error);
        }
    }
}
