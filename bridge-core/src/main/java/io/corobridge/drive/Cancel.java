package io.corobridge.drive;

import io.corobridge.machine.CancelSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far the cancel of a {@link Driver} has come. The body refers to it, so it refers to nothing: through it, no body keeps its
 * driver alive, nor itself, nor whoever it is run for.
 */
final class Cancel extends AtomicInteger implements CancelSource {
    private static final long serialVersionUID = 1L;

    private static final int NOT_ASKED = 0;
    private static final int DUE = 1;
    private static final int DELIVERED = 2;

    /** Returns false when it was asked for before. */
    boolean ask() {
        return compareAndSet(NOT_ASKED, DUE);
    }

    boolean wasAsked() {
        return get() != NOT_ASKED;
    }

    @Override
    public boolean isCancelDue() {
        return get() == DUE;
    }

    /** The body is being closed. */
    void deliver() {
        set(DELIVERED);
    }
}
