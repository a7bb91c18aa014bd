package io.corobridge.platform;

import org.jspecify.annotations.Nullable;

/** The system logger; on Android, which has none, standard error, which goes to logcat there. */
public final class Log {
    private static final boolean HAS_SYSTEM_LOGGER = Probe.hasClass("java.lang.System$Logger");

    private enum Level {
        DEBUG,
        WARNING,
        ERROR
    }

    private Log() {}

    /**
     * Logs what only somebody who looks for a fault wants to know; Android leaves it out.
     *
     * @param logger the logger's name
     * @param message what to say
     * @param error what has happened, or null
     */
    public static void debug(String logger, String message, @Nullable Throwable error) {
        log(logger, Level.DEBUG, message, error);
    }

    /**
     * Logs a warning.
     *
     * @param logger the logger's name
     * @param message what to say
     * @param error what has happened, or null
     */
    public static void warn(String logger, String message, @Nullable Throwable error) {
        log(logger, Level.WARNING, message, error);
    }

    /**
     * Logs an error.
     *
     * @param logger the logger's name
     * @param message what to say
     * @param error what has happened, or null
     */
    public static void error(String logger, String message, @Nullable Throwable error) {
        log(logger, Level.ERROR, message, error);
    }

    private static void log(String logger, Level level, String message, @Nullable Throwable error) {
        if (HAS_SYSTEM_LOGGER) {
            Jdk.log(logger, level, message, error);
            return;
        }
        if (level == Level.DEBUG) {
            return;
        }
        System.err.println(level + " " + logger + ": " + message);
        if (error != null) {
            error.printStackTrace();
        }
    }

    @JdkOnly
    private static final class Jdk {
        static void log(String logger, Level level, String message, @Nullable Throwable error) {
            System.getLogger(logger).log(System.Logger.Level.valueOf(level.name()), message, error);
        }
    }
}
