package io.corobridge.weaving;

import io.corobridge.GeneratorExit;
import io.corobridge.StopIteration;
import java.io.IOException;

/** What a script does to a suspended body. */
public enum Action {
    /** Answers what the body asked for. */
    GO,
    /** Answers with null, which an {@code int} cannot take. */
    NOTHING,
    /** Answers with something of a type nobody expects. */
    WRONG,
    RAISE,
    RAISE_CHECKED,
    RAISE_ERROR,
    RAISE_EXIT,
    RAISE_STOP,
    CLOSE,
    /** The awaited close. */
    ACLOSE;

    /** Of a type that no body asks for. */
    record Stranger(int number) {}

    boolean raises() {
        return name().startsWith("RAISE");
    }

    Throwable error(int step) {
        String message = "raised at " + step;
        return switch (this) {
            case RAISE_CHECKED -> new IOException(message);
            case RAISE_ERROR -> new AssertionError(message);
            case RAISE_EXIT -> new GeneratorExit(message);
            case RAISE_STOP -> new StopIteration(step);
            default -> new IllegalStateException(message);
        };
    }
}
