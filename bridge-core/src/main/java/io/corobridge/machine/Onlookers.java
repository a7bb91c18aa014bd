package io.corobridge.machine;

import org.jspecify.annotations.Nullable;

/** Who looks at a body from outside. Together in one object, so that what only few bodies have is no larger for all of these. */
final class Onlookers {
    /** Its place in the list of live bodies, when that was kept. */
    @Nullable
    Live live;

    /** Is told what it does, when that was asked for. */
    @Nullable
    BodyTrace trace;
}
