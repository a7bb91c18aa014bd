package io.corobridge.asyncio;

import io.corobridge.platform.Log;

/** What a loop does in debug mode, and what it says about clean-up that fails. */
final class LoopDebug {
    private static final String LOGGER = "io.corobridge.asyncio";

    private LoopDebug() {}

    static boolean isDefault() {
        return Boolean.getBoolean("corobridge.debug");
    }

    static void checkDuration(Entry entry, long nanos, double slowSeconds) {
        double seconds = nanos / EventLoop.NANOS_PER_SECOND;
        if (seconds >= slowSeconds) {
            Log.warn(LOGGER, "Executing " + entry + " took " + seconds + " seconds", null);
        }
    }

    static void closeQuietly(AutoCloseable body) {
        try {
            body.close();
        } catch (Exception | Error error) {
            Log.warn(LOGGER, "Exception ignored while closing " + body, error);
        }
    }
}
