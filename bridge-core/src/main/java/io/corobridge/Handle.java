package io.corobridge;

import io.corobridge.engine.Frames;
import io.corobridge.engine.Outcome;
import io.corobridge.machine.CancelSource;
import io.corobridge.machine.Kind;
import io.corobridge.machine.Machine;
import org.jspecify.annotations.Nullable;

/**
 * What a body is given to suspend with. It belongs to that one body: used outside it, before it starts, after it ends, from
 * another thread or inside another body, it raises a {@link RuntimeError} that says so.
 */
// The machine is not for users, and a second object for each body would cost every coroutine.
@SuppressWarnings("exports")
public abstract sealed class Handle extends Machine permits Co, GeneratorCo {
    Handle(Kind kind, String name, Object body) {
        super(kind, name, body);
    }

    /** Raises an error unless the caller is this handle's own running body. */
    final void checkInside() {
        if (!isOwnThread()) {
            throw outsideBody();
        }
    }

    /** Whether what calls this suspends by parking its thread; otherwise it does so by frames. */
    final boolean parks() {
        return hasThread();
    }

    /**
     * Suspends until what is delegated to has ended. The caller knows the type of its result; where it suspends by frames, there
     * is none yet.
     */
    @SuppressWarnings({"unchecked", "NullAway"})
    final <T extends @Nullable Object> T delegate(Object sub) {
        if (parks()) {
            return (T) suspend(Outcome.DELEGATES, sub);
        }
        Frames.delegates(this, sub);
        return (T) null;
    }

    /** Suspends with a value. The caller knows the type of the answer; where it suspends by frames, there is none yet. */
    @SuppressWarnings({"unchecked", "NullAway"})
    final <T extends @Nullable Object> T yieldValue(@Nullable Object value) {
        if (parks()) {
            return (T) suspend(Outcome.YIELDS, value);
        }
        Frames.yields(this, value);
        return (T) null;
    }

    final boolean isCancelDue() {
        CancelSource source = currentCancelSource();
        return source != null && source.isCancelDue();
    }

    final IllegalStateException misused() {
        return outsideBody();
    }

    /**
     * For a body that computes for long without suspending: suspends when its subscriber has cancelled, and so is closed here, with
     * a {@link GeneratorExit}. Does nothing otherwise, and when it is stepped by hand.
     */
    public final void checkCancelled() {
        checkInside();
        checkCancelledInside();
    }

    /** {@link #checkCancelled()} for a caller that is known to be this handle's own body; it may suspend by frames. */
    final void checkCancelledInside() {
        if (isCancelDue()) {
            delegate(new Checkpoint());
        }
    }
}
