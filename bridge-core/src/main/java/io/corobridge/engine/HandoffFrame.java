package io.corobridge.engine;

import io.corobridge.platform.Log;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A frame whose stack is a thread of its own: plain code suspends by parking that thread, while the stepping thread goes on.
 *
 * <p>What the current context puts in place on a thread, such as values of thread-locals, is put in place on the body's for each of its
 * turns.
 *
 * <p>The two threads take turns; {@link #turn} says whose it is, and is what publishes everything that either wrote before.
 * An interrupt follows the turn, so that the body sees it as it would on the stepping thread.
 */
final class HandoffFrame extends Frame implements Runnable {
    private static final int NEW = 0;

    /** The body's turn, which its thread has not taken yet. */
    private static final int GIVEN = 1;

    private static final int BODY = 2;
    private static final int STEPPER = 3;
    private static final int DONE = 4;

    /** Still the body's turn; it may neither take it nor end it before the interrupt that is on its way has arrived. */
    private static final int INTERRUPTING = 5;

    /** The body ends its turn: no interrupt is forwarded any more, so that none can come after it has looked. */
    private static final int ENDING = 6;

    private static final AtomicIntegerFieldUpdater<HandoffFrame> TURN =
            AtomicIntegerFieldUpdater.newUpdater(HandoffFrame.class, "turn");

    private final Exchange exchange;
    private final @Nullable HandoffFrame enclosing;
    private @Nullable Callable<@Nullable Object> code;
    private @Nullable Thread thread;

    /** Written by the stepping thread before it gives the turn to the body. */
    private @Nullable Thread stepper;

    /** What the stepping thread lends the body for its turn; written together with {@link #stepper}. */
    private @Nullable Ambient ambient;

    /** In: what to resume with. Out, when {@link #DONE}: the result. Published by {@link #turn}. */
    private @Nullable Object value;

    private @Nullable Throwable error;
    private boolean interrupted;

    /** Of the body's thread, during its turn: takes away what the context has put in place there. */
    private @Nullable Runnable unbind;

    private volatile int turn = NEW;

    HandoffFrame(Exchange exchange, Callable<@Nullable Object> code) {
        this.exchange = exchange;
        this.enclosing = exchange.handoff;
        this.code = code;
    }

    boolean isCurrentThread() {
        return thread == Thread.currentThread();
    }

    @Override
    protected boolean holdsResources() {
        return true;
    }

    @Override
    protected StackTraceElement @Nullable [] stackTrace() {
        Thread body = thread;
        return body == null ? null : body.getStackTrace();
    }

    /** Starts the thread, which waits for its first turn: a thread that cannot be had is known before the body counts as begun. */
    @Override
    protected void start(Exchange ignored) {
        thread = HandoffThreads.start(this);
    }

    @Override
    protected @Nullable Object resume(Exchange ignored, @Nullable Object sent, @Nullable Throwable raised)
            throws Throwable {
        value = sent;
        error = raised;
        Thread me = Thread.currentThread();
        stepper = me;
        ambient = Ambient.current();
        interrupted = Thread.interrupted();
        exchange.handoff = this;
        turn = GIVEN;
        LockSupport.unpark(thread);
        while (isTurnOfBody()) {
            LockSupport.park(this);
            if (Thread.interrupted() && !forwardInterrupt()) {
                me.interrupt();
            }
        }
        exchange.handoff = enclosing;
        stepper = null;
        ambient = null;
        if (interrupted) {
            me.interrupt();
        }
        if (turn == DONE) {
            Throwable failure = error;
            Object result = value;
            error = null;
            value = null;
            if (failure != null) {
                throw failure;
            }
            return result;
        }
        exchange.save(this, true);
        return null;
    }

    private boolean isTurnOfBody() {
        int now = turn;
        return now == GIVEN || now == BODY || now == ENDING;
    }

    private boolean forwardInterrupt() {
        Thread body = thread;
        if (TURN.compareAndSet(this, GIVEN, INTERRUPTING)) {
            interrupted = true;
            turn = GIVEN;
            LockSupport.unpark(body);
            return true;
        }
        if (body == null || !TURN.compareAndSet(this, BODY, INTERRUPTING)) {
            return false;
        }
        body.interrupt();
        turn = BODY;
        return true;
    }

    /** On the body's thread: gives the turn back and waits for the next one. */
    @Nullable
    Object park() {
        giveBack(STEPPER);
        awaitTurn();
        Throwable raised = error;
        Object sent = value;
        error = null;
        value = null;
        if (raised != null) {
            throw Rethrow.asIs(raised);
        }
        return sent;
    }

    @Override
    public void run() {
        awaitTurn();
        Callable<@Nullable Object> body = code;
        code = null;
        Object result = null;
        Throwable failure = error;
        error = null;
        if (failure == null && body != null) {
            try {
                result = body.call();
            } catch (Throwable e) {
                failure = e;
            }
        }
        value = result;
        error = failure;
        giveBack(DONE);
    }

    private void giveBack(int next) {
        Thread waiting = stepper;
        unbind();
        Ambient.giveBack();
        while (!TURN.compareAndSet(this, BODY, ENDING)) {
            Thread.yield();
        }
        interrupted = Thread.interrupted();
        turn = next;
        LockSupport.unpark(waiting);
    }

    private void awaitTurn() {
        while (!TURN.compareAndSet(this, GIVEN, BODY)) {
            LockSupport.park(this);
            // Nobody but the stepping thread, which holds the turn now, has a say in this thread: a stray interrupt is
            // dropped.
            Thread.interrupted();
        }
        Ambient.borrow(ambient);
        bind();
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    private void bind() {
        try {
            unbind = Ambient.bind(ambient);
        } catch (Throwable e) {
            // The thread must not end here, or the stepping one waits for ever.
            if (error == null) {
                error = e;
            }
        }
    }

    private void unbind() {
        Runnable undo = unbind;
        if (undo == null) {
            return;
        }
        unbind = null;
        try {
            undo.run();
        } catch (Throwable e) {
            Log.error("io.corobridge", "What was put in place on the thread of a body could not be taken away", e);
        }
    }
}
