package io.corobridge.streams;

import java.lang.System.Logger.Level;

/** Where an error goes that a plain Reactive Streams subscriber cannot be told: the system logger. */
final class Dropped {
    private static final System.Logger LOGGER = System.getLogger("io.corobridge");

    private Dropped() {}

    static void report(Throwable error) {
        LOGGER.log(Level.WARNING, "Error dropped: it came after the end or the cancel of a subscription", error);
    }
}
