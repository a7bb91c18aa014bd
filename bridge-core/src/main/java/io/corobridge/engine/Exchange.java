package io.corobridge.engine;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What the frames of one body and the machine that steps it pass to each other: the signal of a suspension on the way out, a
 * value or an exception on the way in.
 *
 * <p>Confined to the thread that steps the body. A handoff frame passes it on to the body's thread and back, and is what
 * publishes it there.
 */
public abstract class Exchange {
    private @Nullable Frame innermost;
    private @Nullable Frame firstSaved;
    private @Nullable Frame lastSaved;
    private @Nullable Outcome signal;
    private @Nullable Object payload;

    /** The innermost handoff frame that is executing now; on its thread, suspending means to park. */
    @Nullable
    HandoffFrame handoff;

    /** For the machine. */
    protected Exchange() {}

    /**
     * Chooses the engine for a body and gets it ready for the first {@link #resume}.
     *
     * @param body what was given to the factory
     * @param call runs the body as a plain call, for a body that brings no frames of its own
     * @throws RuntimeException when there is no thread for it; nothing was started then
     */
    protected final void open(Object body, Callable<@Nullable Object> call) {
        Frame frame = body instanceof FrameBody resumable ? resumable.newFrame() : new HandoffFrame(this, call);
        frame.start(this);
        innermost = frame;
    }

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
            Outcome suspension = signal;
            if (suspension != null && raised == null) {
                signal = null;
                relink(frame);
                return suspension;
            }
            signal = null;
            firstSaved = null;
            lastSaved = null;
            value = result;
            error = raised;
            frame = frame.caller;
        }
        innermost = null;
        payload = error != null ? error : value;
        return error != null ? Outcome.RAISES : Outcome.RETURNS;
    }

    /** Puts the frames that saved themselves in the place of the one that was resumed; it may be among them. */
    private void relink(Frame resumed) {
        Frame first = firstSaved;
        Frame last = lastSaved;
        if (first == null || last == null) {
            innermost = resumed;
            return;
        }
        if (last != resumed) {
            last.caller = resumed.caller;
        }
        innermost = first;
        firstSaved = null;
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

    /** Forgets the frames of a body that will not be resumed. */
    protected final void discardFrames() {
        innermost = null;
    }

    /**
     * Whether a dropped body would leave something behind.
     *
     * @return true when one of its frames holds resources
     */
    protected final boolean holdsResources() {
        for (Frame frame = innermost; frame != null; frame = frame.caller) {
            if (frame.holdsResources()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where the innermost frame stands.
     *
     * @return its stack, innermost call first, or null when it is not known
     */
    protected final StackTraceElement @Nullable [] innermostStackTrace() {
        Frame frame = innermost;
        return frame == null ? null : frame.stackTrace();
    }

    /**
     * Whether a suspension is on its way out: every frame it meets saves itself and returns.
     *
     * @return true between the suspension and the return to the machine
     */
    public final boolean isSuspending() {
        return signal != null;
    }

    /**
     * Suspends with a value for whoever steps the body. The frame that calls this returns next.
     *
     * @param value what is yielded
     */
    public final void yields(@Nullable Object value) {
        signal = Outcome.YIELDS;
        payload = value;
    }

    /**
     * Suspends until something that is stepped in the body's place has ended. The frame that calls this returns next.
     *
     * @param sub what to step: an iterator of the protocol
     */
    public final void delegates(Object sub) {
        signal = Outcome.DELEGATES;
        payload = sub;
    }

    /**
     * Called by each frame through which a suspension unwinds, innermost first. A body of a single frame need not.
     *
     * @param frame the frame that is to be resumed when the one saved before it has ended
     */
    public final void save(Frame frame) {
        Frame last = lastSaved;
        if (last == null) {
            firstSaved = frame;
        } else {
            last.caller = frame;
        }
        lastSaved = frame;
    }

    /**
     * Runs code that cannot suspend by frames, in the middle of frames that can: it gets a handoff frame of its own. The frame
     * that calls this checks {@link #isSuspending()} next, as after any call that can suspend.
     *
     * @param code what to run; it may use the body's handle
     * @return its result
     * @throws Throwable what it raised
     */
    public final @Nullable Object callHandoff(Callable<@Nullable Object> code) throws Throwable {
        HandoffFrame frame = new HandoffFrame(this, code);
        frame.start(this);
        return frame.resume(this, null, null);
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
        signal = outcome;
        payload = what;
        return frame.park();
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
     * The error for a handle that is used anywhere but in its own running body.
     *
     * @return the exception to throw
     */
    protected abstract IllegalStateException outsideBody();
}
