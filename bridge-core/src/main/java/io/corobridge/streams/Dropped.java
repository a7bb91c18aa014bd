package io.corobridge.streams;

import io.corobridge.platform.Log;

/** Where an error goes that a plain Reactive Streams subscriber cannot be told: the system logger. */
final class Dropped {
    private Dropped() {}

    static void report(Throwable error) {
        Log.warn("io.corobridge", "Error dropped: it came after the end or the cancel of a subscription", error);
    }
}
