package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.CancelledError;
import io.corobridge.Completion;
import io.corobridge.Context;
import io.corobridge.Coroutine;
import io.corobridge.Pending;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Outcome;
import io.corobridge.machine.CancelSource;
import io.corobridge.machine.NamedDriver;
import io.corobridge.machine.Op;
import io.corobridge.machine.Steppable;
import io.corobridge.machine.Tracker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Task}: a coroutine that an event loop drives; as a {@link Future}, what it returned or raised.
 *
 * <p>Hot: the loop takes the first step soon after it was made, and keeps the task alive until it is done. It runs in a
 * {@link Context} of its own, a copy of the one that was current when it was made.
 *
 * <p>{@link #cancel()} raises {@link CancelledError} at the await the coroutine stands at, and cancels what is awaited there: a
 * future or a task that is awaited is itself cancelled, and its own end resumes this one. One that has not started does not run at
 * all (T24). A coroutine may catch the error and go on. A cancel that comes when the awaited value is already there replaces it
 * (T25).
 *
 * <p>Belongs to the loop's thread. What it awaits may complete on any thread.
 *
 * @param <R> the result
 */
public final class Task<R extends @Nullable Object> extends Future<R> {
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final AtomicIntegerFieldUpdater<Task<?>> PHASE = phaseUpdater();

    /** Nothing outside was started, or what was started has not completed. */
    private static final int WAITING = 0;
    /** The loop's thread is starting what the body awaits; whoever has the outcome leaves it there. */
    private static final int STARTING = 1;
    /** The outcome was there before the start was over. */
    private static final int ARRIVED = 2;

    private final Awaitable<R> awaitable;
    private final Steppable body;
    private final Step step;
    private String name;
    private int cancelRequests;
    private boolean mustCancel;

    /** The task that runs the block of the group that this one is in. Written once, read by dumps on any thread. */
    private volatile @Nullable Task<?> parent;

    /** What the body awaits: a future or a pending; null while a step is due. */
    private @Nullable Object waiter;

    /** The next step. Published by the loop's queue, or by {@link #phase}. */
    private Op op = Op.SEND;

    private @Nullable Object sent;
    private @Nullable Throwable raised;

    /** The next step takes its signal from the future that is the {@link #waiter}. */
    private boolean woken;

    private final Closing closing = new Closing();

    @SuppressWarnings("unused") // read by PHASE
    private volatile int phase = WAITING;

    /** The loop's list of tasks. */
    @Nullable
    Task<?> previous;

    @Nullable
    Task<?> next;

    @SuppressWarnings("unchecked")
    Task(EventLoop loop, Steppable body, @Nullable String name, Context context) {
        super(loop);
        this.awaitable = (Awaitable<R>) body;
        this.body = body;
        this.name = name != null ? name : "Task-" + NUMBER.incrementAndGet();
        this.step = new Step(context);
        loop.tasks().add(this);
        Tracker.drives(body, step);
    }

    @Override
    List<?> bodies() {
        return List.of(awaitable);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<Task<?>> phaseUpdater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Task.class, "phase");
    }

    /** It is in a group of that task. */
    void isChildOf(Task<?> task) {
        parent = task;
    }

    /** Has the loop take the first step. */
    Task<R> schedule() {
        getLoop().enqueue(step);
        return this;
    }

    /**
     * Python's {@code get_name()}.
     *
     * @return the name it was given, or {@code Task-} and a number
     */
    public String getName() {
        return name;
    }

    /**
     * Python's {@code set_name}.
     *
     * @param value the new name
     */
    public void setName(String value) {
        name = Objects.requireNonNull(value, "value");
    }

    /**
     * Python's {@code get_coro()}.
     *
     * @return what the task drives: mostly a {@link Coroutine}
     */
    public Awaitable<R> getCoro() {
        return awaitable;
    }

    /**
     * Python's {@code get_context()}.
     *
     * @return the context it runs in
     */
    public Context getContext() {
        return step.context;
    }

    /**
     * Python's {@code get_stack()}: where the task is suspended.
     *
     * @return the coroutine, then what it awaits, and so on to the innermost; empty when the task is done
     */
    public List<Object> getStack() {
        List<Object> stack = new ArrayList<>();
        Object next = done() ? null : awaitable;
        while (next != null) {
            stack.add(next);
            next = next instanceof Coroutine<?> coroutine ? coroutine.awaiting() : null;
        }
        return stack;
    }

    /**
     * Not for tasks.
     *
     * @throws RuntimeError always
     */
    @Override
    public void setResult(R value) {
        throw new RuntimeError("Task does not support set_result operation");
    }

    /**
     * Not for tasks.
     *
     * @throws RuntimeError always
     */
    @Override
    public void setException(Throwable failure) {
        throw new RuntimeError("Task does not support set_exception operation");
    }

    /**
     * Asks for the task's end: see above. Unlike a future, a task is not {@linkplain #cancelled() cancelled} before its coroutine has
     * ended with a {@link CancelledError}.
     *
     * @param message the message of that error, or null for none
     * @return false when it is done already
     */
    @Override
    public boolean cancel(@Nullable String message) {
        getLoop().checkThreadInDebug();
        retrieved();
        if (done()) {
            return false;
        }
        // Not by recursion: a chain of tasks that await each other may be long. It may also be a circle.
        Set<Task<?>> asked = new HashSet<>();
        Task<?> innermost = this;
        asked.add(innermost);
        innermost.cancelRequests++;
        while (innermost.waiter instanceof Task<?> awaited && !awaited.done()) {
            if (!asked.add(awaited)) {
                innermost.giveUp(awaited, message);
                return true;
            }
            innermost = awaited;
            innermost.retrieved();
            innermost.cancelRequests++;
        }
        innermost.cancelHere(message);
        return true;
    }

    private void cancelHere(@Nullable String message) {
        if (waiter instanceof GatheringFuture<?> gathering && gathering.isBeingCancelled()) {
            giveUp(gathering, message);
        } else if (waiter instanceof Future<?> future && future.cancel(message)) {
            // Its end resumes this task.
        } else if (waiter instanceof Pending<?> pending && pending.cancel()) {
            resumeSoon(Op.RAISE, null, new CancelledError(message));
        } else {
            mustCancel = true;
            cancelMessage(message);
        }
    }

    /** Breaks a circle of tasks that await each other: none of them would ever end. Python has a RecursionError here. */
    private void giveUp(Future<?> awaited, @Nullable String message) {
        if (awaited.removeWaiter(this)) {
            resumeSoon(Op.RAISE, null, new CancelledError(message));
        }
    }

    /**
     * Python's {@code cancelling()}.
     *
     * @return how often {@link #cancel()} was called, less how often {@link #uncancel()} was
     */
    public int cancelling() {
        return cancelRequests;
    }

    /**
     * Python's {@code uncancel()}: for whoever has caught the {@link CancelledError} of a cancel that it had asked for itself. A
     * cancel that has not been delivered yet is taken back with the last one.
     *
     * @return how many cancels are left
     */
    public int uncancel() {
        if (cancelRequests > 0) {
            cancelRequests--;
            if (cancelRequests == 0) {
                mustCancel = false;
            }
        }
        return cancelRequests;
    }

    /** Closes the body at the await it stands at, or when it next suspends, and drives it on until it ends. On the loop's thread. */
    void close() {
        closing.due = true;
        if (done()) {
            return;
        }
        if (waiter instanceof Future<?> future && future.removeWaiter(this)
                || waiter instanceof Pending<?> pending && pending.cancel()) {
            closing.due = false;
            resumeSoon(Op.ACLOSE, null, null);
        }
    }

    /** A future that this task awaits is done. */
    void wakeUp() {
        woken = true;
        getLoop().enqueue(step);
    }

    private void resumeSoon(Op next, @Nullable Object value, @Nullable Throwable error) {
        waiter = null;
        op = next;
        sent = value;
        raised = error;
        getLoop().enqueue(step);
    }

    /** Goes on where another driver has left the body, awaiting this. */
    void adopt(@Nullable Pending<?> awaited) {
        waiter = awaited;
    }

    /** What another driver had started has completed, on any thread. */
    void resumeFromOutside(Op next, @Nullable Object value, @Nullable Throwable error) {
        op = next;
        sent = value;
        raised = error;
        getLoop().enqueue(step);
    }

    private void takeStep() {
        if (done()) {
            throw new InvalidStateError("__step(): already done: " + this);
        }
        takeOutcomeOfFuture();
        if (mustCancel && op != Op.ACLOSE) {
            mustCancel = false;
            if (!(raised instanceof CancelledError)) {
                raised = makeCancelledError();
            }
            op = Op.RAISE;
            sent = null;
        }
        goOn();
    }

    /** The step in which this task took the body over has ended. */
    void adoptStep(Outcome outcome, @Nullable Object result) {
        if (stepped(outcome, result)) {
            goOn();
        }
    }

    private void goOn() {
        boolean going;
        do {
            Op now = op;
            Object value = sent;
            Throwable error = raised;
            waiter = null;
            sent = null;
            raised = null;
            EventLoop loop = getLoop();
            Task<?> outer = loop.enter(this);
            Outcome outcome;
            try {
                outcome = body.step(now, value, error, closing);
            } finally {
                loop.leave(outer);
            }
            going = stepped(outcome, body.takeResult());
        } while (going);
    }

    /** The outcome of a future is looked at when its turn has come, not when it was done. */
    private void takeOutcomeOfFuture() {
        if (woken && waiter instanceof Future<?> future) {
            woken = false;
            raised = future.failure();
            sent = raised == null ? future.value() : null;
            op = raised == null ? Op.SEND : Op.RAISE;
        }
    }

    /** Deals with the outcome of a step. Returns whether the next one is to be taken at once. */
    private boolean stepped(Outcome outcome, @Nullable Object result) {
        switch (outcome) {
            case YIELDS:
                return suspended(result);
            case RETURNS:
                ended();
                if (mustCancel) {
                    mustCancel = false;
                    markCancelled(cancelMessage(), null);
                } else {
                    finish(result, null);
                }
                return false;
            default:
                ended();
                Throwable error = Objects.requireNonNull((Throwable) result);
                if (error instanceof CancelledError cancelled) {
                    markCancelled(null, cancelled);
                } else {
                    finish(null, error);
                    Fatal.rethrow(error);
                }
                return false;
        }
    }

    private void ended() {
        getLoop().tasks().remove(this);
    }

    private boolean suspended(@Nullable Object yielded) {
        if (closing.due) {
            closing.due = false;
            if (yielded instanceof Pending<?> pending) {
                pending.cancel();
            }
            op = Op.ACLOSE;
            return true;
        }
        if (yielded instanceof FuturePending<?> pending) {
            return waitFor(pending.future());
        }
        if (yielded instanceof Pending<?> pending) {
            return waitFor(pending);
        }
        if (yielded == null) {
            resumeSoon(Op.SEND, null, null);
        } else if (yielded instanceof Future<?>) {
            misuse("yield was used instead of yield from in task " + this + " with " + yielded);
        } else {
            misuse("Task got bad yield: " + yielded);
        }
        return false;
    }

    private boolean waitFor(Future<?> future) {
        if (future.getLoop() != getLoop()) {
            misuse("Task " + this + " got Future " + future + " attached to a different loop");
        } else if (future == this) {
            misuse("Task cannot await on itself: " + this);
        } else if (future.done()) {
            // Somebody stepped the body by hand meanwhile, or it became done after it was asked.
            waiter = future;
            wakeUp();
        } else {
            future.addWaiter(this);
            waiter = future;
            if (mustCancel && future.cancel(cancelMessage())) {
                mustCancel = false;
            }
        }
        return false;
    }

    private boolean waitFor(Pending<?> pending) {
        if (mustCancel && pending.cancel()) {
            mustCancel = false;
            resumeSoon(Op.RAISE, null, makeCancelledError());
            return false;
        }
        phase = STARTING;
        waiter = pending;
        try {
            if (!start(pending)) {
                phase = WAITING;
                misuse("this await was given up before it was started: " + pending);
                return false;
            }
        } catch (RuntimeError startedBefore) {
            waiter = null;
            op = Op.RAISE;
            raised = startedBefore;
            return true;
        }
        return !PHASE.compareAndSet(this, STARTING, WAITING);
    }

    @SuppressWarnings("unchecked")
    private boolean start(Pending<?> pending) {
        return ((Pending<@Nullable Object>) pending).start(step);
    }

    private void misuse(String message) {
        resumeSoon(Op.RAISE, null, new RuntimeError(message));
    }

    @Override
    String describe() {
        return "Task " + (mustCancel ? "cancelling" : describeState()) + " name='" + name + "' coro=" + awaitable
                + (waiter instanceof Future<?> future ? " wait_for=<" + future.describe() + ">" : "");
    }

    /** One step as the loop sees it, and what the awaits see of the task. */
    private final class Step extends Entry implements Completion<@Nullable Object>, NamedDriver {
        Step(Context context) {
            super(context);
        }

        @Override
        public String driverName() {
            return name;
        }

        @Override
        public @Nullable Object parent() {
            Task<?> outer = parent;
            return outer == null ? null : outer.awaitable;
        }

        @Override
        void call() {
            takeStep();
        }

        @Override
        public void complete(@Nullable Object value) {
            arrived(Op.SEND, value, null);
        }

        @Override
        public void fail(Throwable error) {
            arrived(Op.RAISE, null, error);
        }

        private void arrived(Op next, @Nullable Object value, @Nullable Throwable error) {
            op = next;
            sent = value;
            raised = error;
            if (!PHASE.compareAndSet(Task.this, STARTING, ARRIVED)) {
                getLoop().enqueue(this);
            }
        }
    }

    /** Whether a close was asked for that the body has not got yet. The body refers to it, so it refers to nothing. */
    private static final class Closing implements CancelSource {
        /** Written on any thread. */
        private volatile boolean due;

        @Override
        public boolean isCancelDue() {
            return due;
        }
    }
}
