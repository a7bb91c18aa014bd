package io.corobridge.drive;

import io.corobridge.Awaitable;
import io.corobridge.BaseExceptionGroup;
import io.corobridge.CancelledError;
import io.corobridge.Completion;
import io.corobridge.Context;
import io.corobridge.GeneratorExit;
import io.corobridge.Pending;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Ambient;
import io.corobridge.engine.Outcome;
import io.corobridge.machine.Op;
import io.corobridge.machine.Steppable;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Drives a coroutine, or another awaitable, to its end: takes a step, starts the {@link Pending} that the step yields, and takes
 * the next step with its outcome.
 *
 * <p>Single use, but for steps ({@link StepDriver}). The first step is taken on the thread that calls {@link #start}, each later
 * one on the thread that completes what is awaited, or on an executor. Awaits that complete at once are resumed in a loop, so any number of them uses no stack. There are never two steps
 * at once: the phase says who may take the next one, and passing it on publishes everything that was written before.
 *
 * <p>The body runs in a copy of the {@link Context} that was current at the start. When it asks for the event loop or for its own
 * task, a {@link Successor} takes over, so that whoever drives is a running loop for the body; one that never asks pays nothing.
 *
 * <p>{@link #cancel} closes the body, and drives it on until its clean-up has ended. A value that arrived before the cancel is
 * delivered first; a cancel that comes while the body runs is delivered at its next suspension.
 *
 * @param <R> the result
 */
public final class Driver<R extends @Nullable Object> {
    private static final AtomicIntegerFieldUpdater<Driver<?>> PHASE = updater();

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

    /** Of a driver for steps, the latest one; null before the first. */
    private @Nullable Steppable body;

    private final Host<? super R> host;
    private final @Nullable Executor executor;
    private final Inside inside = new Inside();

    @SuppressWarnings("unused") // read by PHASE
    private volatile int phase;

    private final Cancel cancel = new Cancel();

    /** What the body awaits; read by a canceller, which competes with the outcome for it. */
    private volatile @Nullable Pending<?> awaited;

    private Op op = Op.START;
    private @Nullable Object value;
    private @Nullable Throwable error;

    /** What came with the outcome of the last step, until it is passed on. */
    private @Nullable Object result;

    /** The body's own, while nobody steps; null until the body, or whoever started this driver, has set a variable. */
    private @Nullable Context context;

    /** Drives from the next step on; written by the thread that steps, read by a canceller as well. */
    private volatile @Nullable Successor successor;

    private Driver(@Nullable Steppable body, Host<? super R> host, @Nullable Executor executor, int phase) {
        this.body = body;
        this.host = host;
        this.executor = executor;
        this.phase = phase;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<Driver<?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(Driver.class, "phase");
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
        return new Driver<>(steppable(awaitable), host, null, NEW);
    }

    /**
     * Makes a driver that takes every step after the first on an executor, instead of on the thread that has the outcome.
     *
     * @param <R> the result
     * @param awaitable what to drive
     * @param host is told the outcome
     * @param executor runs what it is given later or at once, one at a time as far as this driver is concerned; it may not refuse
     * @return a driver that has not started
     */
    public static <R extends @Nullable Object> Driver<R> of(
            Awaitable<? extends R> awaitable, Host<? super R> host, Executor executor) {
        return new Driver<>(steppable(awaitable), host, executor, NEW);
    }

    /**
     * Makes a driver for one awaitable after the other, such as the steps of an async iterator. They all see one {@link Context}.
     *
     * @param <R> the result of each
     * @param context copied from whoever makes the driver when it is null
     * @param host is told the outcome of each that {@link #step} did not return
     * @param executor as for {@link #of(Awaitable, Host, Executor)}; null for none
     * @return a driver that does nothing yet
     */
    static <R extends @Nullable Object> Driver<R> ofSteps(
            @Nullable Context context, Host<? super R> host, @Nullable Executor executor) {
        Driver<R> driver = new Driver<>(null, host, executor, ENDED);
        driver.context = context != null ? context : currentCopy();
        return driver;
    }

    private static @Nullable Context currentCopy() {
        Context current = (Context) Ambient.current().context();
        return current == null ? null : current.copy();
    }

    private static Steppable steppable(Awaitable<?> awaitable) {
        return awaitable instanceof Steppable steppable ? steppable : (Steppable) Routine.awaiting("await", awaitable);
    }

    /**
     * Takes the first step.
     *
     * @throws RuntimeError when called twice
     */
    public void start() {
        if (PHASE.compareAndSet(this, NEW, STEPPING)) {
            if (context == null) {
                context = currentCopy();
            }
            drive();
        } else if (!cancel.wasAsked()) {
            throw new RuntimeError("a driver can be started once");
        }
    }

    /**
     * As {@link #start()}, in a given context.
     *
     * @param own the body's own
     */
    public void start(Context own) {
        context = own;
        start();
    }

    /**
     * Drives the next awaitable of a driver for steps, when the one before has ended.
     *
     * @param next what to drive
     * @param ambient the calling thread's own, so that who drives many asks for it once
     * @return how it ended, within this call, with {@link #takeResult()}; null when the host is told instead, perhaps by now
     */
    @Nullable
    Outcome step(Awaitable<? extends R> next, Ambient ambient) {
        prepare(next);
        Outcome outcome = run(ambient);
        if (outcome == null || !cancel.wasAsked()) {
            return outcome;
        }
        finish(outcome);
        return null;
    }

    /**
     * Drives the next awaitable as {@link #step} does, on an executor. The host is told how it ended.
     *
     * @param next what to drive
     * @param where this driver's executor
     */
    void stepOn(Awaitable<? extends R> next, Executor where) {
        prepare(next);
        where.execute(this::driveUnlessCancelled);
    }

    private void prepare(Awaitable<? extends R> next) {
        Steppable driven = steppable(next);
        if (body != driven) {
            body = driven;
        }
        op = Op.START;
        if (successor != null) {
            successor = null;
        }
    }

    /**
     * Hands out what came with the outcome that {@link #step} has returned, and forgets it.
     *
     * @return the result, or what was raised
     */
    @Nullable
    Object takeResult() {
        Object taken = result;
        result = null;
        return taken;
    }

    /**
     * The context variables that the body sees.
     *
     * @return the body's own context, for whoever runs something else in it when the body has ended; null when it has none
     */
    @Nullable
    Context context() {
        return context;
    }

    /**
     * Cancels the run: the awaited close. Returns at once or when the body suspends again; the host is told when the body has
     * ended. Does nothing when it has ended already, or the second time: subscriptions may be cancelled twice (Reactive Streams
     * 3.7).
     */
    public void cancel() {
        if (!cancel.ask()) {
            return;
        }
        if (PHASE.compareAndSet(this, NEW, STEPPING)) {
            closeNext();
            driveLater();
            return;
        }
        Successor heir = successor;
        if (heir != null) {
            heir.cancel();
            return;
        }
        Pending<?> pending = awaited;
        if (pending != null && pending.cancel()) {
            closeNext();
            arrived();
        }
    }

    /**
     * Hands the body over. To be called by whom {@link Ambient#driver()} says to be driven by this driver.
     *
     * @param heir takes the next step, and tells the host the outcome
     */
    public void handOver(Successor heir) {
        successor = heir;
    }

    /**
     * What is driven.
     *
     * @return the body, for who takes it over
     */
    @SuppressWarnings("exports")
    public Steppable body() {
        return Objects.requireNonNull(body);
    }

    /**
     * Whether the body of the last step was driven by this driver alone.
     *
     * @return false when a successor took it over, which may still refer to it
     */
    boolean hasBodyToItself() {
        return successor == null;
    }

    /**
     * For whom this driver drives.
     *
     * @return the host, for who takes the body over
     */
    public Host<? super R> host() {
        return host;
    }

    /**
     * What the body awaits.
     *
     * @return what was started, or null while the body runs
     */
    public @Nullable Pending<?> awaited() {
        return awaited;
    }

    /** Either this cancel or an outcome has won the await; here it is the cancel. */
    private void closeNext() {
        cancel.deliver();
        op = Op.ACLOSE;
        value = null;
        error = null;
    }

    private void arrived() {
        if (!PHASE.compareAndSet(this, STARTING, ARRIVED)) {
            phase = STEPPING;
            Successor heir = successor;
            if (heir != null) {
                heir.resume(op, value, error);
            } else {
                driveLater();
            }
        }
    }

    private void driveLater() {
        if (executor == null) {
            drive();
        } else {
            executor.execute(this::drive);
        }
    }

    private void driveUnlessCancelled() {
        if (cancel.isCancelDue()) {
            closeNext();
        }
        drive();
    }

    private void drive() {
        Outcome outcome = run(Ambient.current());
        if (outcome != null) {
            phase = ENDED;
            finish(outcome);
        }
    }

    /** Takes steps until the body has ended, with {@link #result}, or somebody else goes on: then there is no outcome. */
    private @Nullable Outcome run(Ambient ambient) {
        Steppable driven = body();
        Object outerContext = ambient.context();
        Object outerDriver = ambient.driver();
        ambient.context(context);
        ambient.driver(this);
        Runnable unbind = null;
        Outcome outcome;
        Object yielded;
        Successor heir;
        boolean arrived;
        try {
            unbind = context == null ? null : context.bind();
            do {
                arrived = false;
                Op next = op;
                Object sent = value;
                Throwable raised = error;
                if (awaited != null) {
                    awaited = null;
                }
                if (sent != null) {
                    value = null;
                }
                if (raised != null) {
                    error = null;
                }
                outcome = driven.step(next, sent, raised, cancel);
                yielded = driven.takeResult();
                keep((Context) ambient.context());
                heir = successor;
                if (heir != null || outcome != Outcome.YIELDS) {
                    break;
                }
                suspend(yielded);
                heir = successor;
                arrived = goOn();
                if (arrived && heir == null && goesOnElsewhere()) {
                    break;
                }
            } while (arrived && heir == null);
        } finally {
            try {
                if (unbind != null) {
                    unbind.run();
                }
            } finally {
                ambient.context(outerContext);
                ambient.driver(outerDriver);
            }
        }
        if (heir != null) {
            leaveTo(heir, outcome, yielded, arrived);
            return null;
        }
        if (outcome == Outcome.YIELDS) {
            return null;
        }
        result = yielded;
        return outcome;
    }

    /** Has the next step taken where what was awaited wants it, unless that is here. */
    private boolean goesOnElsewhere() {
        Pending<?> ended = awaited;
        Executor elsewhere = executor != null || ended == null ? null : ended.goesOnIn();
        if (elsewhere != null) {
            elsewhere.execute(this::drive);
        }
        return elsewhere != null;
    }

    /** Stores to a field cost more than looking at it. */
    private void keep(@Nullable Context current) {
        if (context != current) {
            context = current;
        }
    }

    /** The body was handed over in a step, or while what it awaits was started, which may have ended at once. */
    private void leaveTo(Successor heir, Outcome outcome, @Nullable Object result, boolean arrived) {
        if (arrived) {
            heir.resume(op, value, error);
        } else if (awaited == null) {
            heir.stepped(outcome, result);
        }
        if (cancel.isCancelDue()) {
            heir.cancel();
        }
        heir.left();
    }

    /** Starts what the body awaits, unless it is to be closed there. */
    private void suspend(@Nullable Object yielded) {
        phase = STARTING;
        if (yielded == null) {
            // Python's bare yield gives way to others; here there are none.
            op = Op.SEND;
            if (cancel.isCancelDue()) {
                closeNext();
            }
            phase = ARRIVED;
            return;
        }
        if (!(yielded instanceof Pending<?> pending)) {
            if (cancel.isCancelDue()) {
                closeNext();
            } else {
                raiseAtOnce(new RuntimeError("Task got bad yield: " + yielded));
            }
            phase = ARRIVED;
            return;
        }
        awaited = pending;
        if (cancel.isCancelDue() && pending.cancel()) {
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
    private void finish(Outcome outcome) {
        Object ending = takeResult();
        boolean returned = outcome == Outcome.RETURNS;
        if (cancel.wasAsked()) {
            Throwable raised = returned ? null : (Throwable) ending;
            host.cancelled(returned ? (R) ending : null, raised == null || isSilent(raised) ? null : raised);
        } else if (returned) {
            host.returned((R) ending);
        } else if (ending instanceof Throwable thrown) {
            host.raised(thrown);
        }
    }

    /**
     * Whether an error says no more than that the body was cancelled.
     *
     * @param error what a cancelled body raised
     * @return true for a {@link GeneratorExit}, a {@link CancelledError} or a group of only these
     */
    public static boolean isSilent(Throwable error) {
        if (error instanceof BaseExceptionGroup group) {
            return group.exceptions().stream().allMatch(Driver::isSilent);
        }
        return error instanceof GeneratorExit || error instanceof CancelledError;
    }

    /** What the awaited operations see of the driver. */
    private final class Inside implements Completion<@Nullable Object> {
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
    }
}
