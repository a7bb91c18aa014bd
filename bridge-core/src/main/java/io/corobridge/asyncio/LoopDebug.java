package io.corobridge.asyncio;

import java.lang.System.Logger.Level;

/** What a loop does in debug mode, and what it says about clean-up that fails. */
final class LoopDebug {
    private static final System.Logger LOGGER = System.getLogger("io.corobridge.asyncio");

    private LoopDebug() {}

    static boolean isDefault() {
        return Boolean.getBoolean("corobridge.debug");
    }

    static void checkDuration(Entry entry, long nanos, double slowSeconds) {
        double seconds = nanos / EventLoop.NANOS_PER_SECOND;
        if (seconds >= slowSeconds) {
            LOGGER.log(Level.WARNING, "Executing {0} took {1} seconds", entry, seconds);
        }
    }

    static void closeQuietly(AutoCloseable body) {
        try {
            body.close();
        } catch (Exception | Error error) {
            LOGGER.log(Level.WARNING, "Exception ignored while closing " + body, error);
        }
    }
}
