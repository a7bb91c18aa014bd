package io.corobridge;

import io.corobridge.engine.Rethrow;
import io.corobridge.machine.Unraisable;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What a body yields to its driver when it awaits something outside: one await, not started yet.
 *
 * <p>A driver starts it and resumes the coroutine with its outcome. Whoever steps by hand need not start it, and may send the
 * value that the await is to result in, or raise an exception there. When the await is given up, by raise or close, it is
 * cancelled. Single use.
 *
 * <p>Exactly one of completion and {@link #cancel()} wins, whatever threads they come from.
 *
 * @param <R> the await's result
 */
public abstract class Pending<R extends @Nullable Object>
        implements AwaitIterator<R>, AwaitIterator.Sends, AwaitIterator.Raises, AutoCloseable {
    private static final AtomicIntegerFieldUpdater<Pending<?>> STATE = updater();

    private static final int NEW = 0;
    private static final int STARTED = 1;
    private static final int SETTLED = 2;
    /** By whoever steps the body by hand. A driver that has started it is not told, and may still cancel. */
    private static final int GIVEN_UP = 3;

    private static final int CANCELLED = 4;

    private volatile int state;

    /** Written before {@link #state} becomes STARTED, read after. */
    private @Nullable Completion<? super R> completion;

    private boolean yielded;

    /** Makes one that has not started. */
    protected Pending() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<Pending<?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Pending.class, "state");
    }

    /**
     * What is awaited, for messages and tests: the publisher, the future, the awaitable.
     *
     * @return that object
     */
    public abstract Object source();

    /**
     * Starts the operation. Called once, after {@code completion} and everything it needs is in place; calls {@link #settle} or
     * {@link #settleFailed} when done, on any thread, perhaps before it returns.
     *
     * @throws Exception the await fails with it
     */
    protected abstract void open() throws Exception;

    /**
     * Cancels the operation. Called at most once, when {@link #open} is about to be called, runs, or has returned. What it throws is
     * logged: the body is closed all the same.
     */
    protected abstract void release();

    /** Called, at most once, instead of {@link #open} when the await is given up before it was started. Does nothing here. */
    protected void dismiss() {}

    /**
     * Where the body has to go on when the outcome came from another thread while its driver was still starting this await. A hop
     * says so.
     *
     * @return null, as here, when it may go on on the thread that started it
     */
    public @Nullable Executor goesOnIn() {
        return null;
    }

    /**
     * Starts the operation. Does nothing when it was cancelled before.
     *
     * @param receiver gets the outcome, once, unless {@link #cancel()} comes first; perhaps before this method returns
     * @return false when it was cancelled before: there will be no outcome
     * @throws RuntimeError when it was started before
     */
    public final boolean start(Completion<? super R> receiver) {
        if (completion != null) {
            throw new RuntimeError("this await was started already: " + this);
        }
        completion = receiver;
        if (!STATE.compareAndSet(this, NEW, STARTED)) {
            return false;
        }
        try {
            open();
        } catch (Throwable error) {
            if (!settleFailed(error)) {
                Unraisable.report("starting " + this, error);
            }
        }
        return true;
    }

    /**
     * Gives up the await, for whoever has started it.
     *
     * @return true when there will be no outcome any more; false when there was one, or this method was called before
     */
    public final boolean cancel() {
        return giveUp(CANCELLED) || STATE.compareAndSet(this, GIVEN_UP, CANCELLED);
    }

    private boolean giveUp(int next) {
        boolean unopened = STATE.compareAndSet(this, NEW, next);
        if (!unopened && !STATE.compareAndSet(this, STARTED, next)) {
            return false;
        }
        try {
            if (unopened) {
                dismiss();
            } else {
                release();
            }
        } catch (Throwable error) {
            Unraisable.report("cancelling " + this, error);
        }
        return true;
    }

    /**
     * Whether the await was given up.
     *
     * @return true after {@link #cancel()} has won, or the body was closed or raised in there
     */
    protected final boolean isCancelled() {
        return state >= GIVEN_UP;
    }

    /**
     * Whether there was an outcome.
     *
     * @return true once it is on its way to who started this await
     */
    public final boolean isSettled() {
        return state == SETTLED;
    }

    /**
     * Wins against a cancel that may come: after true, the outcome has to be delivered. For operations that must not take a value
     * out of somewhere before they know that it is wanted.
     *
     * @return false when it was too late
     */
    protected final boolean claim() {
        return STATE.compareAndSet(this, STARTED, SETTLED);
    }

    /**
     * The operation has succeeded, and was claimed.
     *
     * @param value its result
     */
    protected final void deliver(R value) {
        receiver().complete(value);
    }

    /**
     * The operation has failed, and was claimed.
     *
     * @param error why
     */
    protected final void deliverFailure(Throwable error) {
        receiver().fail(error);
    }

    /**
     * The operation has succeeded.
     *
     * @param value its result
     * @return false when it was too late: the value reaches nobody
     */
    protected final boolean settle(R value) {
        boolean claimed = claim();
        if (claimed) {
            deliver(value);
        }
        return claimed;
    }

    /**
     * The operation has failed.
     *
     * @param error why
     * @return false when it was too late: the error reaches nobody
     */
    protected final boolean settleFailed(Throwable error) {
        boolean claimed = claim();
        if (claimed) {
            deliverFailure(error);
        }
        return claimed;
    }

    private Completion<? super R> receiver() {
        return Objects.requireNonNull(completion);
    }

    /** The first step gives the driver this object; a later one is {@code send(null)}. */
    @Override
    public final @Nullable Object next() {
        if (!yielded) {
            yielded = true;
            return this;
        }
        giveUp(GIVEN_UP);
        throw new StopIteration(null);
    }

    @Override
    public final @Nullable Object send(Object value) {
        giveUp(GIVEN_UP);
        throw new StopIteration(value);
    }

    @Override
    public final @Nullable Object raise(Throwable error) throws Exception {
        giveUp(GIVEN_UP);
        throw Rethrow.asIs(error);
    }

    @Override
    public final void close() {
        giveUp(GIVEN_UP);
    }

    @Override
    public String toString() {
        return "<Pending " + source() + ">";
    }
}
