package io.corobridge.drive;

import io.corobridge.Awaitable;
import io.corobridge.CancelledError;
import io.corobridge.Completion;
import io.corobridge.GeneratorExit;
import io.corobridge.Pending;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Outcome;
import io.corobridge.machine.CancelSource;
import io.corobridge.machine.Op;
import io.corobridge.machine.Steppable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Drives a coroutine, or another awaitable, to its end: takes a step, starts the {@link Pending} that the step yields, and takes
 * the next step with its outcome.
 *
 * <p>Single use. The first step is taken on the thread that calls {@link #start}, each later one on the thread that completes what
 * is awaited. Awaits that complete at once are resumed in a loop, so any number of them uses no stack. There are never two steps
 * at once: the phase says who may take the next one, and passing it on publishes everything that was written before.
 *
 * <p>{@link #cancel} closes the body, and drives it on until its clean-up has ended. A value that arrived before the cancel is
 * delivered first; a cancel that comes while the body runs is delivered at its next suspension.
 *
 * @param <R> the result
 */
public final class Driver<R extends @Nullable Object> {
    private static final AtomicIntegerFieldUpdater<Driver<?>> PHASE = updater("phase");
    private static final AtomicIntegerFieldUpdater<Driver<?>> CANCEL = updater("cancel");

    /** Not started. */
    private static final int NEW = 0;
    /** One thread, which owns all plain fields, takes steps. */
    private static final int STEPPING = 1;
    /** That thread is starting what the body awaits; whoever has the outcome leaves it there. */
    private static final int STARTING = 2;
    /** The outcome was there before the start was over. */
    private static final int ARRIVED = 3;
    /** Nobody steps; whoever has the outcome goes on. */
    private static final int WAITING = 4;
    /** The body has ended. */
    private static final int ENDED = 5;

    private static final int NOT_ASKED = 0;
    private static final int DUE = 1;
    private static final int DELIVERED = 2;

    private final Steppable body;
    private final Host<? super R> host;
    private final Inside inside = new Inside();

    @SuppressWarnings("unused") // read by PHASE
    private volatile int phase = NEW;

    private volatile int cancel = NOT_ASKED;

    /** What the body awaits; read by a canceller, which competes with the outcome for it. */
    private volatile @Nullable Pending<?> awaited;

    private Op op = Op.SEND;
    private @Nullable Object value;
    private @Nullable Throwable error;

    private Driver(Steppable body, Host<? super R> host) {
        this.body = body;
        this.host = host;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<Driver<?>> updater(String field) {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Driver.class, field);
    }

    /**
     * Makes a driver.
     *
     * @param <R> the result
     * @param awaitable what to drive; a coroutine, or the step of an async generator, is stepped directly
     * @param host is told the outcome
     * @return a driver that has not started
     */
    public static <R extends @Nullable Object> Driver<R> of(Awaitable<? extends R> awaitable, Host<? super R> host) {
        Steppable body = awaitable instanceof Steppable steppable ? steppable : AwaitBody.coroutine(awaitable);
        return new Driver<>(body, host);
    }

    /**
     * Takes the first step.
     *
     * @throws RuntimeError when called twice
     */
    public void start() {
        if (PHASE.compareAndSet(this, NEW, STEPPING)) {
            body.cancelledBy(inside);
            drive();
        } else if (cancel == NOT_ASKED) {
            throw new RuntimeError("a driver can be started once");
        }
    }

    /**
     * Cancels the run: the awaited close. Returns at once or when the body suspends again; the host is told when the body has
     * ended. Does nothing when it has ended already, or the second time: subscriptions may be cancelled twice (Reactive Streams
     * 3.7).
     */
    public void cancel() {
        if (!CANCEL.compareAndSet(this, NOT_ASKED, DUE)) {
            return;
        }
        if (PHASE.compareAndSet(this, NEW, STEPPING)) {
            closeNext();
            drive();
            return;
        }
        Pending<?> pending = awaited;
        if (pending != null && pending.cancel()) {
            closeNext();
            arrived();
        }
    }

    /** Either this cancel or an outcome has won the await; here it is the cancel. */
    private void closeNext() {
        cancel = DELIVERED;
        op = Op.ACLOSE;
        value = null;
        error = null;
    }

    private void arrived() {
        if (!PHASE.compareAndSet(this, STARTING, ARRIVED)) {
            phase = STEPPING;
            drive();
        }
    }

    private void drive() {
        do {
            Op next = op;
            Object sent = value;
            Throwable raised = error;
            awaited = null;
            value = null;
            error = null;
            Outcome outcome = body.step(next, sent, raised);
            Object result = body.takeResult();
            if (outcome != Outcome.YIELDS) {
                phase = ENDED;
                // Who keeps the body does not keep whoever it was run for (Reactive Streams 3.13).
                body.cancelledBy(null);
                finish(outcome, result);
                return;
            }
            suspend(result);
        } while (goOn());
    }

    /** Starts what the body awaits, unless it is to be closed there. */
    private void suspend(@Nullable Object yielded) {
        phase = STARTING;
        if (!(yielded instanceof Pending<?> pending)) {
            if (takeCancel()) {
                closeNext();
            } else {
                raiseAtOnce(new RuntimeError("Task got bad yield: " + yielded));
            }
            phase = ARRIVED;
            return;
        }
        awaited = pending;
        if (cancel == DUE && pending.cancel()) {
            closeNext();
            phase = ARRIVED;
            return;
        }
        try {
            // When the cancel of this driver wins the await, it is on its way here.
            if (!start(pending) && pending.cancel()) {
                raiseAtOnce(new RuntimeError("this await was given up before it was started: " + pending));
            }
        } catch (RuntimeError startedBefore) {
            raiseAtOnce(startedBefore);
        }
    }

    private void raiseAtOnce(RuntimeError misuse) {
        op = Op.RAISE;
        error = misuse;
        phase = ARRIVED;
    }

    @SuppressWarnings("unchecked")
    private boolean start(Pending<?> pending) {
        return ((Pending<@Nullable Object>) pending).start(inside);
    }

    private boolean goOn() {
        if (PHASE.compareAndSet(this, STARTING, WAITING)) {
            return false;
        }
        phase = STEPPING;
        return true;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
    private void finish(Outcome outcome, @Nullable Object result) {
        boolean returned = outcome == Outcome.RETURNS;
        if (cancel != NOT_ASKED) {
            boolean silent = returned || result instanceof GeneratorExit || result instanceof CancelledError;
            host.cancelled(returned ? (R) result : null, silent ? null : (Throwable) result);
        } else if (returned) {
            host.returned((R) result);
        } else if (result instanceof Throwable thrown) {
            host.raised(thrown);
        }
    }

    private boolean takeCancel() {
        return CANCEL.compareAndSet(this, DUE, DELIVERED);
    }

    /** What the awaited operations and the body itself see of the driver. */
    private final class Inside implements Completion<@Nullable Object>, CancelSource {
        @Override
        public void complete(@Nullable Object result) {
            op = Op.SEND;
            value = result;
            error = null;
            arrived();
        }

        @Override
        public void fail(Throwable failure) {
            op = Op.RAISE;
            value = null;
            error = failure;
            arrived();
        }

        @Override
        public boolean isCancelDue() {
            return cancel == DUE;
        }

        @Override
        public boolean takeCancel() {
            return Driver.this.takeCancel();
        }
    }
}
