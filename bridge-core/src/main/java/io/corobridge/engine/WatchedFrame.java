package io.corobridge.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of all frames of a body that is watched: it is always the innermost one for the machine. So bodies that are not
 * watched have nothing to look at in a step.
 */
final class WatchedFrame extends Frame {
    private final RunWatch watch;

    /** The innermost of the body's own frames; null when it has ended. */
    @Nullable
    Frame behind;

    WatchedFrame(Frame behind, RunWatch watch) {
        this.behind = behind;
        this.watch = watch;
    }

    @Override
    protected @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
            throws Throwable {
        watch.runs(value, error);
        Outcome outcome = exchange.resumeBehind(this, value, error);
        Object payload = exchange.takePayload();
        watch.ran(outcome, payload);
        if (outcome == Outcome.YIELDS || outcome == Outcome.DELEGATES) {
            exchange.unwind(outcome, payload);
            return null;
        }
        if (outcome == Outcome.RAISES && payload instanceof Throwable raised) {
            throw raised;
        }
        return payload;
    }

    @Override
    protected StackTraceElement @Nullable [] stackTrace() {
        List<StackTraceElement> calls = new ArrayList<>();
        for (Frame frame = behind; frame != null; frame = frame.caller) {
            StackTraceElement[] stack = frame.stackTrace();
            if (stack != null) {
                Collections.addAll(calls, stack);
            }
        }
        return calls.toArray(new StackTraceElement[0]);
    }
}
