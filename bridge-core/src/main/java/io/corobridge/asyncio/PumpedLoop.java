package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Ambient;
import io.corobridge.platform.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The loop without a thread of its own: it runs, on an executor, whenever there is something to do, and one thread at a time.
 *
 * <p>{@link #wip} counts who has asked for something; who finds it zero has the loop run, and it publishes everything from one thread
 * that runs it to the next. A timer of the JVM, shared by all such loops, wakes it when its next timer is due.
 */
final class PumpedLoop extends EventLoop {
    /** Runs the loop on the very thread that completes what it waits for. */
    static final Executor INLINE = Runnable::run;

    /** Where the JDK itself runs what is given no executor. */
    private static final Executor ANYWHERE = CompletableFuture::runAsync;

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Executor executor;

    /** Where the timer's thread, which must not be held up, has an inline loop run. */
    private final Executor timerExecutor;

    private final AtomicInteger wip = new AtomicInteger();

    private @Nullable Future<?> alarm;
    private long alarmNanos;
    private @Nullable Runnable last;

    PumpedLoop(Executor executor) {
        super(LoopClock.SYSTEM);
        this.executor = executor;
        this.timerExecutor = executor == INLINE ? ANYWHERE : INLINE;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Threads.daemons("corobridge-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Runs something later, away from the timer's own thread, for whoever has no loop. */
    static Future<?> timer(long nanos, Runnable code) {
        return TIMER.schedule(() -> ANYWHERE.execute(code), nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes the loop into the hands of the calling thread, which runs it in {@link #release()}. It is new: nobody has it. */
    void hold() {
        wip.set(1);
    }

    void release() {
        pump();
    }

    /** Runs code as a part of this loop, on the thread that has it. */
    void inside(Runnable code) {
        Ambient ambient = Ambient.current();
        Object outer = ambient.driver();
        ambient.driver(this);
        try {
            code.run();
        } finally {
            ambient.driver(outer);
        }
    }

    /** Ends this loop; then, no longer inside it, the code is run. */
    void closeAndThen(Runnable code) {
        dispose();
        last = code;
    }

    @Override
    void wake() {
        if (wip.getAndIncrement() == 0) {
            try {
                executor.execute(this::pump);
            } catch (RejectedExecutionException refused) {
                // Who comes next tries again.
                wip.set(0);
                throw refused;
            }
        }
    }

    private void pump() {
        int missed = 1;
        do {
            inside(this::runWhatIsDue);
            Runnable end = last;
            if (end != null) {
                last = null;
                end.run();
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void runWhatIsDue() {
        while (hasWork()) {
            try {
                runOnce();
            } catch (Throwable error) {
                callExceptionHandler(new ExceptionContext("Fatal error in the event loop", error, null));
            }
        }
        setAlarm();
    }

    private boolean hasWork() {
        if (schedule().isReady()) {
            return true;
        }
        ScheduledCall next = schedule().nextTimer();
        return next != null && next.nanos() <= nanos();
    }

    private void setAlarm() {
        ScheduledCall next = schedule().nextTimer();
        if (alarm != null && (next == null || next.nanos() != alarmNanos)) {
            alarm.cancel(false);
            alarm = null;
        }
        if (alarm == null && next != null) {
            alarmNanos = next.nanos();
            alarm = TIMER.schedule(this::alarmed, alarmNanos - nanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void alarmed() {
        timerExecutor.execute(() -> callSoonIfOpen(() -> alarm = null));
    }

    @Override
    public <R extends @Nullable Object> R runUntilComplete(Awaitable<R> main) {
        throw alreadyRunning();
    }

    @Override
    public void runForever() {
        throw alreadyRunning();
    }

    @Override
    public Coroutine<@Nullable Void> shutdownAsyncgens() {
        return Routine.coroutine("shutdown_asyncgens", Nothing::new);
    }

    private static final class Nothing extends Routine<@Nullable Void> {
        @Override
        @SuppressWarnings("NullAway") // the result is @Nullable Void
        protected Void step(@Nullable Object value, @Nullable Throwable error) {
            return null;
        }
    }

    private static RuntimeError alreadyRunning() {
        return new RuntimeError("This event loop is already running");
    }

    /** This loop runs by itself; it ends when it is closed. */
    @Override
    public void stop() {
        throw new RuntimeError("This event loop runs on an executor: close it");
    }

    @Override
    public boolean isRunning() {
        return !isClosed();
    }

    /** Ends this loop, from any thread. */
    @Override
    public void close() {
        callSoonIfOpen(this::dispose);
    }
}
