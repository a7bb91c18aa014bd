package io.corobridge.machine;

import io.corobridge.AsyncGenerator;
import io.corobridge.GeneratorExit;
import io.corobridge.Pending;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Ambient;
import io.corobridge.engine.Exchange;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One body and its state: what a handle is underneath.
 *
 * <p>It never refers to the object that the user holds, so that an object which is dropped while suspended can be found by the
 * garbage collector although the body's thread still holds the handle.
 *
 * <p>Fields are confined to the thread that takes the step. For bodies on a thread of their own, {@link #stepper} makes a
 * second step at the same time an error from any thread, and publishes the fields from step to step.
 */
public abstract class Machine extends Exchange {
    private static final AtomicReferenceFieldUpdater<Machine, @Nullable Machine> STEPPER =
            AtomicReferenceFieldUpdater.newUpdater(Machine.class, Machine.class, "stepper");

    /** For users, {@link #observedState()}. */
    enum State {
        CREATED,
        RUNNING,
        SUSPENDED,
        CLOSED
    }

    // Not the enum: each store of a reference into an object that has grown old is a memory fence under G1, and a step
    // has two.
    static final byte CREATED = 0;
    static final byte RUNNING = 1;
    static final byte SUSPENDED = 2;
    static final byte CLOSED = 3;

    private static final State[] STATES = State.values();
    private static final Kind[] KINDS = Kind.values();

    private final byte kind;

    /** The body until it runs, then its class: what it captured is not kept beyond its run. */
    private Object body;

    private final String name;

    /** Of this body alone. A body whose delegate executes stays SUSPENDED here; {@link #isRunning()} knows better. */
    byte state = CREATED;

    /** What the body delegates to: a {@link Link}, or an iterator that is not ours. */
    @Nullable
    Object sub;

    /** The mark of the chain that stepped this machine last as its innermost. */
    @Nullable
    Object stamp;

    /** This machine's own view of what it delegates to, once it did. */
    private @Nullable Chain chain;

    /** Of the step that was taken last on this machine from outside. */
    private @Nullable CancelSource cancelSource;

    private @Nullable Leftovers leftovers;
    private @Nullable Object result;

    /** Whether the body gets a thread of its own: neither woven nor with frames that it brings. */
    private final boolean exclusive;

    /**
     * The machine on which the step was taken that runs this one or, if it has a thread of its own, is about to. Null when it is not
     * running, and when it is woven and was stepped itself.
     */
    private volatile @Nullable Machine stepper;

    /**
     * Makes one that has not started.
     *
     * @param kind what it is
     * @param name the name for messages
     * @param body what was given to the factory
     */
    protected Machine(Kind kind, String name, Object body) {
        this.kind = (byte) kind.ordinal();
        this.name = Objects.requireNonNull(name, "name");
        this.body = Objects.requireNonNull(body, "body");
        this.exclusive = !(body instanceof FrameBody) && !kind.isWoven(body);
    }

    final Kind kind() {
        return KINDS[kind];
    }

    final String name() {
        return name;
    }

    /** The body, for a new object of the same code; null once it was entered or closed. */
    final @Nullable Object body() {
        return state == CREATED ? body : null;
    }

    /** What the body is an instance of: CPython's {@code cr_code}. */
    final Class<?> code() {
        return body instanceof Class<?> code ? code : body.getClass();
    }

    /** CPython's {@code cr_frame}: where the body stands, null when it is over. */
    final @Nullable StackTraceElement position() {
        return state == CLOSED ? null : Positions.of(this, stackTrace());
    }

    final boolean isClosed() {
        return state == CLOSED;
    }

    /** Whether a signal can be passed to the body, or to what it delegates to. */
    final boolean canStep() {
        return state == CREATED || (state == SUSPENDED && !isRunning());
    }

    /** Whether the body executes, or one that it delegates to does (C11). */
    final boolean isRunning() {
        return isExecuting() || isWaitingForExecution();
    }

    /** Whether this very body executes, or is about to in a step that has begun. */
    final boolean isExecuting() {
        return state == RUNNING || stepper != null;
    }

    private boolean isWaitingForExecution() {
        Chain known = chain;
        return state == SUSPENDED
                && sub instanceof Link
                && (known == null || !known.isFresh())
                && Chain.isOnActivePath(this);
    }

    /** Without regard to what it delegates to. */
    final State ownState() {
        return STATES[state];
    }

    final State observedState() {
        return isRunning() ? State.RUNNING : STATES[state];
    }

    /** What the body is suspended on (A28, B10); null while it runs. */
    final @Nullable Object delegate() {
        return isRunning() ? null : sub;
    }

    /**
     * Takes a step from outside.
     *
     * @param owner the object that the step was taken on
     * @param by who may cancel from outside, or null
     * @return YIELDS, RETURNS or RAISES; {@link #takeResult()} has the rest, and has to be called
     */
    final Outcome step(
            Link owner, Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        return exclusive ? stepExclusively(owner, op, value, error, by) : stepNow(owner, op, value, error, by);
    }

    /** Until {@link #takeResult()}, this machine belongs to the calling thread. */
    private Outcome stepExclusively(
            Link owner, Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        if (!STEPPER.compareAndSet(this, null, this)) {
            // Not in a field of this machine: another thread is stepping it.
            Ambient.current().refusal(kind().alreadyExecuting());
            return Outcome.RAISES;
        }
        try {
            return stepNow(owner, op, value, error, by);
        } catch (Throwable broken) {
            stepper = null;
            throw broken;
        }
    }

    private Outcome stepNow(
            Link owner, Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        if (state == SUSPENDED
                && chain == null
                && (sub == null || sub instanceof Pending<?>)
                && (op == Op.SEND || (op == Op.RAISE && !(error instanceof GeneratorExit)))) {
            if (cancelSource != by) {
                cancelSource = by;
            }
            return stepAlone(owner, value, error);
        }
        return switch (isWaitingForExecution() ? RUNNING : state) {
            case RUNNING -> raises(kind().alreadyExecuting());
            case CREATED -> stepCreated(owner, op, value, error, by);
            case CLOSED -> stepClosed(owner, op, value, error);
            default -> stepSuspended(owner, op, value, error, by);
        };
    }

    private Outcome stepSuspended(
            Link owner, Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        if (op == Op.START && kind() == Kind.COROUTINE) {
            return raises(new RuntimeError("coroutine is being awaited already"));
        }
        cancelSource = by;
        return chain().step(owner, op, value, error);
    }

    /** The everyday step: a suspended body that delegates to no other body and is not being closed. It needs no chain. */
    private Outcome stepAlone(Link owner, @Nullable Object value, @Nullable Throwable error) {
        PassedAwaits passed = error != null && sub != null ? PassedAwaits.note(null, error, this) : null;
        if (stamp != null) {
            stamp = null;
        }
        state = RUNNING;
        Outcome outcome = sub == null ? resume(value, error) : resumeAfterAwait(value, error);
        boolean generates = outcome == Outcome.YIELDS && kind() == Kind.ASYNC_GENERATOR;
        if (outcome != Outcome.YIELDS || (generates && chain != null)) {
            if (chain == null && (outcome == Outcome.RETURNS || outcome == Outcome.RAISES)) {
                return endAlone(owner, outcome, passed);
            }
            if (outcome != Outcome.DELEGATES || chain != null || !(lookAtPayload() instanceof Pending<?> awaited)) {
                return chain().goOn(owner, outcome);
            }
            sub = awaited;
        }
        state = SUSPENDED;
        if (heldResources()) {
            closeWhenDropped(owner);
        }
        if (generates) {
            return owner.endsWithYield() ? Outcome.RETURNS : chain().goOn(owner, outcome);
        }
        return Outcome.YIELDS;
    }

    /** The end of a body that never delegated to another. */
    private Outcome endAlone(Link owner, Outcome how, @Nullable PassedAwaits passed) {
        Object payload = takePayload();
        end();
        Signal signal = new Signal();
        if (payload instanceof Throwable error && how == Outcome.RAISES) {
            signal.raise(kind().escaping(error));
        } else {
            signal.send(payload);
        }
        if (owner.ended(how, signal) == Outcome.RETURNS) {
            return returns(signal.value);
        }
        PassedAwaits.attach(passed, signal.error);
        return raises(signal.error);
    }

    private Outcome resumeAfterAwait(@Nullable Object value, @Nullable Throwable error) {
        Signal signal = new Signal();
        signal.value = value;
        signal.error = error;
        Foreign.step(Objects.requireNonNull(sub), signal);
        sub = null;
        return resume(signal.value, signal.error);
    }

    private Outcome stepCreated(
            Link owner, Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        switch (op) {
            case SEND, START:
                if (value != null) {
                    return raises(kind().justStarted());
                }
                try {
                    enter();
                } catch (RuntimeError noThread) {
                    return raises(noThread);
                }
                cancelSource = by;
                return stepAlone(owner, null, null);
            case RAISE:
                end();
                return raises(error);
            default:
                end();
                return returns(null);
        }
    }

    private Outcome stepClosed(Link owner, Op op, @Nullable Object value, @Nullable Throwable error) {
        if (op == Op.CLOSE || op == Op.ACLOSE) {
            return returns(null);
        }
        Signal signal = new Signal();
        signal.value = value;
        signal.error = error;
        owner.finished(signal);
        return signal.error != null ? raises(signal.error) : returns(signal.value);
    }

    /** Gets the body ready to run; it counts as not started when there is no thread for it. */
    final void enter() {
        open(body, name, !exclusive && !(body instanceof FrameBody));
        Leftovers left = leftovers;
        BodyTrace trace = left == null ? null : left.trace();
        if (trace != null) {
            watch(trace);
        }
    }

    @Override
    protected final @Nullable Object runBody() throws Exception {
        Object entered = body;
        body = entered.getClass();
        return kind().call(entered, this);
    }

    /** Whether calls of a kind of body can suspend by frames. */
    static boolean isWovenBody(Object body, String run) {
        return isWoven(body, run);
    }

    /**
     * Claims the body for a step that was taken on an outer one.
     *
     * @return false when it is being stepped at this moment, from another thread
     */
    final boolean claim(Machine from) {
        return from == this || !exclusive || stepper == from || STEPPER.compareAndSet(this, null, from);
    }

    /** Gives back what was claimed and not run. */
    final void unclaim(Machine from) {
        if (from != this && exclusive) {
            stepper = null;
        }
    }

    /** Whoever has this machine now, if that can be told. */
    final @Nullable Machine stepper() {
        return stepper;
    }

    /** Runs the body from where it stands. */
    final Outcome run(Machine from, @Nullable Object value, @Nullable Throwable error) {
        running(from);
        return resume(value, error);
    }

    final void running(Machine from) {
        state = RUNNING;
        if (from != this && !exclusive) {
            STEPPER.lazySet(this, from);
        }
    }

    final @Nullable Object payload() {
        return takePayload();
    }

    /** The body is suspended: it may be stepped again, from anywhere. */
    final void suspended(Link owner) {
        state = SUSPENDED;
        if (heldResources()) {
            closeWhenDropped(owner);
        }
        release();
    }

    /** The body waits for something that is to be closed with it. */
    final void closeWhenDropped(Link owner) {
        leftovers().closeWhenDropped(owner, this);
    }

    private void release() {
        Machine from = stepper;
        if (from != null && from != this) {
            STEPPER.lazySet(this, null);
        }
    }

    /** The body is over: lets go of everything, and cancels what the body had opened. */
    final void end() {
        state = CLOSED;
        sub = null;
        stamp = null;
        body = code();
        cancelSource = null;
        discardFrames();
        release();
        Leftovers left = leftovers;
        if (left != null) {
            leftovers = left.keptAtEnd();
            left.close();
        }
    }

    /** Where the object was made, if that was tracked. */
    final @Nullable List<StackTraceElement> origin() {
        Leftovers left = leftovers;
        return left == null ? null : left.origin;
    }

    /** Takes the hook that is to close the async generator when it has been dropped. */
    final @Nullable Consumer<? super AsyncGenerator<?, ?>> takeFinalizer() {
        Leftovers left = leftovers;
        if (left == null) {
            return null;
        }
        Consumer<? super AsyncGenerator<?, ?>> finalizer = left.finalizer;
        left.finalizer = null;
        return finalizer;
    }

    final Leftovers leftovers() {
        Leftovers left = leftovers;
        if (left == null) {
            left = new Leftovers();
            leftovers = left;
        }
        return left;
    }

    /**
     * Has a resource closed when this body has ended.
     *
     * @param resource what to close
     */
    protected final void closeAtEnd(AutoCloseable resource) {
        holdResources();
        leftovers().add(resource);
    }

    /**
     * Forgets a resource that was closed before the end.
     *
     * @param resource what was closed
     */
    protected final void closedEarly(AutoCloseable resource) {
        leftovers().remove(resource);
    }

    /**
     * The driver of the chain in which this body executes.
     *
     * @return who may cancel it, or null when it is stepped by hand
     */
    protected final @Nullable CancelSource currentCancelSource() {
        Machine from = stepper;
        return from != null ? from.cancelSource : cancelSource;
    }

    final @Nullable Leftovers knownLeftovers() {
        return leftovers;
    }

    private Chain chain() {
        Chain known = chain;
        if (known == null) {
            known = new Chain(this);
            chain = known;
        }
        return known;
    }

    final @Nullable Chain knownChain() {
        return chain;
    }

    final Outcome suspends(@Nullable Object value) {
        result = value;
        return Outcome.YIELDS;
    }

    final Outcome returns(@Nullable Object value) {
        result = value;
        return Outcome.RETURNS;
    }

    final Outcome raises(@Nullable Throwable error) {
        result = error;
        return Outcome.RAISES;
    }

    /** What came with the outcome of {@link #step}; to be called after each, by the same thread. */
    final @Nullable Object takeResult() {
        return exclusive ? takeOwnResult() : takeAnyResult();
    }

    /** Only now may another thread take a step: it would overwrite the result of this one. */
    private @Nullable Object takeOwnResult() {
        Throwable refusal = Ambient.current().takeRefusal();
        if (refusal != null) {
            return refusal;
        }
        Object taken = takeAnyResult();
        stepper = null;
        return taken;
    }

    private @Nullable Object takeAnyResult() {
        Object taken = result;
        if (taken == null) {
            // The everyday step leaves it where the body has put it; so does a step that came to nothing.
            return takePayload();
        }
        result = null;
        return taken;
    }

    @Override
    protected final IllegalStateException outsideBody() {
        if (state == RUNNING && takesCalleeForWoven()) {
            return new RuntimeError("a method that was given the handle of " + kind().words() + " '" + name
                    + "' is not woven, though its caller was compiled when it was: compile the caller again, or weave the"
                    + " method's module");
        }
        return new RuntimeError(
                "'await' and 'yield' belong inside the running body that the handle was given to: this is "
                        + (state == RUNNING
                                ? "another body or thread"
                                : "not inside " + kind().words() + " '" + name + "'")
                        + "; use the handle of the body you are in");
    }
}
