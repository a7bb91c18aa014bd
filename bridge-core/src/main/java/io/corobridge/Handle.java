package io.corobridge;

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

    /** Suspends until what is delegated to has ended. The caller knows the type of its result. */
    @SuppressWarnings({"unchecked", "NullAway"})
    final <T extends @Nullable Object> T delegate(Object sub) {
        return (T) suspend(Outcome.DELEGATES, sub);
    }

    /** Suspends with a value. The caller knows the type of the answer. */
    @SuppressWarnings({"unchecked", "NullAway"})
    final <T extends @Nullable Object> T yieldValue(@Nullable Object value) {
        return (T) suspend(Outcome.YIELDS, value);
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
        if (isCancelDue()) {
            delegate(new Checkpoint());
        }
    }
}
