package io.corobridge.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the frames of one body and the machine that steps it pass to each other: the signal of a suspension on the way out, a
 * value or an exception on the way in.
 *
 * <p>Confined to the thread that steps the body. A handoff frame passes it on to the body's thread and back, and is what
 * publishes it there.
 */
public abstract class Exchange {
    /** {@link #entry}: whoever calls a woven method next is plain code. */
    static final byte PLAIN = 0;

    /** {@link #entry}: the next woven method to begin is called by a woven one. */
    static final byte CALLED = 1;

    /** {@link #entry}: the next woven method to begin goes on, with {@link #payload} as a value. */
    static final byte SENT = 2;

    /** {@link #entry}: the next woven method to begin goes on, with {@link #payload} raised. */
    static final byte RAISED = 3;

    private static final byte YIELDING = 1;
    private static final byte DELEGATING = 2;

    private @Nullable Frame innermost;

    /** While a suspension unwinds: the outermost frame that has saved itself, unless that is the resumed one alone. */
    private @Nullable Frame lastSaved;

    private @Nullable Object payload;

    /** The innermost handoff frame that is executing now; on its thread, suspending means to park. */
    @Nullable
    HandoffFrame handoff;

    /** What a woven method is to make of being entered. */
    byte entry;

    private boolean heldResources;

    /** The suspension that is on its way out: {@link #YIELDING}, {@link #DELEGATING} or 0. */
    private byte signal;

    /** For the machine. */
    protected Exchange() {}

    /**
     * Chooses the engine for a body and gets it ready for the first {@link #resume}.
     *
     * @param body what was given to the factory
     * @param name its name for messages
     * @param isWoven whether {@link #runBody} makes frames once the body suspends
     * @throws RuntimeException when it needs a thread and must not have one, or there is none; nothing was started then
     */
    protected final void open(Object body, String name, boolean isWoven) {
        Frame frame;
        if (isWoven) {
            frame = BodyStart.INSTANCE;
        } else if (body instanceof FrameBody resumable) {
            frame = resumable.newFrame();
        } else {
            HandoffUse.CURRENT.ofBody(body, name);
            frame = new HandoffFrame(this, this::runBody);
        }
        frame.start(this);
        innermost = frame;
    }

    /**
     * Whether a call on an object makes frames when it suspends, instead of needing a thread.
     *
     * @param object what the method is called on
     * @param call {@code owner.name(descriptor)}, with the owner as in a class file
     * @return true when the weaver has woven the method that such a call ends in, and woven code is to run so
     */
    protected static boolean isWoven(Object object, String call) {
        return !HandoffUse.EVERYWHERE
                && (object instanceof WovenLambda || WovenTargets.isWoven(object.getClass(), call));
    }

    /**
     * Calls the body, with this as its handle. Called once, unless the body brings its own frames.
     *
     * @return its result
     * @throws Exception what it raises
     */
    protected abstract @Nullable Object runBody() throws Exception;

    /**
     * Runs the body from where it stands until it suspends or ends. {@link #takePayload()} has what came with the outcome.
     *
     * @param value what the suspension point evaluates to
     * @param error what it raises instead, or null
     * @return how it ended
     */
    protected final Outcome resume(@Nullable Object value, @Nullable Throwable error) {
        Frame frame = innermost;
        while (frame != null) {
            Object result = null;
            Throwable raised = null;
            try {
                result = frame.resume(this, value, error);
            } catch (Throwable e) {
                raised = e;
            }
            byte suspension = signal;
            if (suspension != 0 && raised == null) {
                signal = 0;
                relink(frame);
                return suspension == YIELDING ? Outcome.YIELDS : Outcome.DELEGATES;
            }
            signal = 0;
            entry = PLAIN;
            if (lastSaved != null) {
                lastSaved = null;
            }
            value = result;
            error = raised;
            frame = frame.caller;
            innermost = frame;
        }
        payload = error != null ? error : value;
        return error != null ? Outcome.RAISES : Outcome.RETURNS;
    }

    /**
     * Has each run of the body told. To be called after {@link #open}.
     *
     * @param watch is told
     */
    protected final void watch(RunWatch watch) {
        Frame opened = innermost;
        if (opened != null) {
            innermost = new WatchedFrame(opened, watch);
        }
    }

    /** Runs the frames behind one that watches them, and puts it in front of them again. */
    final Outcome resumeBehind(WatchedFrame front, @Nullable Object value, @Nullable Throwable error) {
        innermost = front.behind;
        Outcome outcome = resume(value, error);
        front.behind = innermost;
        innermost = front;
        return outcome;
    }

    /** Links the frames that saved themselves, the innermost of which is in its place already, to the others. */
    private void relink(Frame resumed) {
        Frame last = lastSaved;
        if (last == null) {
            if (!heldResources && !(resumed instanceof WovenFrame)) {
                // A body of a single frame need not have saved itself.
                heldResources = resumed.holdsResources();
            }
            return;
        }
        if (last != resumed) {
            last.caller = resumed.caller;
        }
        lastSaved = null;
    }

    /**
     * Hands out what came with the last outcome, and forgets it.
     *
     * @return the value yielded, the thing delegated to, the result or the exception
     */
    protected final @Nullable Object takePayload() {
        Object taken = payload;
        payload = null;
        return taken;
    }

    /**
     * What came with the last outcome.
     *
     * @return what {@link #takePayload()} will hand out
     */
    protected final @Nullable Object lookAtPayload() {
        return payload;
    }

    /** Forgets the frames of a body that will not be resumed. */
    protected final void discardFrames() {
        innermost = null;
    }

    /**
     * Whether the body has been suspended in a place where dropping it leaves something behind: a thread, or clean-up that has not
     * run.
     *
     * @return true from then on
     */
    protected final boolean heldResources() {
        return heldResources;
    }

    /**
     * Where the frames stand.
     *
     * @return their stacks, innermost call first; without those that do not know
     */
    protected final List<StackTraceElement> stackTrace() {
        List<StackTraceElement> calls = new ArrayList<>();
        for (Frame frame = innermost; frame != null; frame = frame.caller) {
            StackTraceElement[] stack = frame.stackTrace();
            if (stack != null) {
                Collections.addAll(calls, stack);
            }
        }
        return calls;
    }

    /** The body has something open that is to be closed at its end. */
    protected final void holdResources() {
        heldResources = true;
    }

    /** Whether a suspension is on its way out: every frame it meets saves itself and returns. */
    final boolean isSuspending() {
        return signal != 0;
    }

    /** The frame that has this called returns next. */
    final void unwind(Outcome how, @Nullable Object what) {
        signal = how == Outcome.YIELDS ? YIELDING : DELEGATING;
        payload = what;
    }

    /** A frame through which a suspension unwinds, innermost first. */
    final void save(Frame frame, boolean holdsResources) {
        if (holdsResources) {
            heldResources = true;
        }
        Frame last = lastSaved;
        if (last == null) {
            if (frame == innermost) {
                // Nothing below it has suspended: the chain stays as it is.
                return;
            }
            innermost = frame;
        } else {
            last.caller = frame;
        }
        lastSaved = frame;
    }

    /**
     * Suspends plain code: parks the handoff thread on which it runs until the body is resumed.
     *
     * @param outcome {@link Outcome#YIELDS} or {@link Outcome#DELEGATES}
     * @param what the value or the thing to step
     * @return what was sent
     * @throws IllegalStateException when the caller is not the body that this exchange belongs to, running now
     */
    protected final @Nullable Object suspend(Outcome outcome, @Nullable Object what) {
        HandoffFrame frame = handoff;
        if (frame == null || !frame.isCurrentThread()) {
            throw outsideBody();
        }
        signal = outcome == Outcome.YIELDS ? YIELDING : DELEGATING;
        payload = what;
        return frame.park();
    }

    /** What a woven frame is resumed with. */
    final void resumeWith(@Nullable Object value, @Nullable Throwable error) {
        if (error != null) {
            payload = error;
            entry = RAISED;
        } else {
            payload = value;
            entry = SENT;
        }
    }

    /** Hands out what a woven frame is resumed with. */
    final @Nullable Object takeSent() throws Throwable {
        Object sent = payload;
        byte how = entry;
        payload = null;
        entry = PLAIN;
        if (how == RAISED && sent instanceof Throwable error) {
            throw error;
        }
        return sent;
    }

    /** The woven frame that is being resumed. */
    final WovenFrame resumed() {
        if (innermost instanceof WovenFrame frame) {
            return frame;
        }
        throw new IllegalStateException("no woven frame is being resumed");
    }

    /**
     * Whether the body, or the part of it that is executing now, runs on a thread of its own, where suspending means to park.
     *
     * @return false when it suspends by frames
     */
    protected final boolean hasThread() {
        return handoff != null;
    }

    /**
     * Whether the caller is this exchange's own body, running on a thread of its own.
     *
     * @return true when {@link #suspend} may be called
     */
    protected final boolean isOwnThread() {
        HandoffFrame frame = handoff;
        return frame != null && frame.isCurrentThread();
    }

    /**
     * Whether a call was announced and nobody took note of it: its callee was woven when the caller was compiled, and is not now.
     *
     * @return true while that callee runs; best effort from other threads, so it is only looked at
     */
    protected final boolean takesCalleeForWoven() {
        return entry == CALLED;
    }

    /**
     * The error for a handle that is used anywhere but in its own running body.
     *
     * @return the exception to throw
     */
    protected abstract IllegalStateException outsideBody();
}
