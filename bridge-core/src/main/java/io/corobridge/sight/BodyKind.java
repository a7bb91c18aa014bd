package io.corobridge.sight;

import java.util.Locale;

/** What a body belongs to. */
public enum BodyKind {
    /** A {@link io.corobridge.Coroutine}. */
    COROUTINE,
    /** A {@link io.corobridge.Generator}. */
    GENERATOR,
    /** An {@link io.corobridge.AsyncGenerator}. */
    ASYNC_GENERATOR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
