package io.corobridge.samples.webflux;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who looks, or looked, at a station's readings live.
 *
 * @param id its number
 * @param station what is looked at
 * @param began when
 * @param ended when; null while it lasts
 * @param readings how many were sent
 * @param ending how it ended; null while it lasts
 */
record Viewing(
        long id,
        String station,
        OffsetDateTime began,
        @Nullable OffsetDateTime ended,
        int readings,
        @Nullable Ending ending) {
    /** How a viewing ended. */
    enum Ending {
        /** All readings were sent. */
        COMPLETE,
        /** The viewer went away. */
        LEFT,
        /** This service was stopped. */
        STOPPED,
        /** Something failed. */
        FAILED
    }
}
