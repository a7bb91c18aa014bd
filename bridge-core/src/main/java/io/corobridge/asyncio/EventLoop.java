package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.Context;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.TypeError;
import io.corobridge.ValueError;
import io.corobridge.engine.Ambient;
import io.corobridge.machine.Steppable;
import io.corobridge.platform.Log;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Python's event loop: calls callbacks and takes the steps of tasks, one at a time, in the order in which they became due.
 *
 * <p>One made by {@link #create()} runs on the thread that calls {@link #runUntilComplete} or {@link #runForever}; one made by
 * {@link #on} on an executor, by itself, whenever there is something to do. Each coroutine that is driven as a Mono, a Single or a
 * suspend function has one of its own as soon as it asks for it. A loop that waits holds no CPU: it parks, and is woken by its next
 * timer or by another thread.
 *
 * <p>Only {@link #callSoon}, {@link #callSoonThreadsafe} and {@link #stop} may be called from any thread; everything else belongs to
 * the thread that runs the loop. What a callback throws goes to the exception handler; errors of the JVM itself end the run.
 */
public abstract sealed class EventLoop permits BlockingLoop, PumpedLoop {
    static final double NANOS_PER_SECOND = 1e9;
    private static final String LOGGER = "io.corobridge.asyncio";

    private final LoopClock clock;
    private final long origin;
    private final Schedule schedule = new Schedule();
    private final TaskList tasks = new TaskList();
    private final LoopExecutor executor = new LoopExecutor(this);
    private final Runnable callCurrent = this::callCurrent;

    private @Nullable Entry current;
    private @Nullable Task<?> currentTask;
    private long timersMade;
    private @Nullable BiConsumer<? super EventLoop, ? super ExceptionContext> exceptionHandler;
    private double slowCallbackDuration = 0.1;

    /** Read by whoever calls from another thread. */
    private volatile boolean closed;

    private volatile boolean debug = LoopDebug.isDefault();

    EventLoop(LoopClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.origin = clock.nanoTime();
    }

    /**
     * Python's {@code new_event_loop()}.
     *
     * @return a loop that runs on the thread that calls one of its {@code run} methods
     */
    public static EventLoop create() {
        return create(LoopClock.SYSTEM);
    }

    /**
     * As {@link #create()}, with a clock.
     *
     * @param clock where it has its time from
     * @return a loop that runs on the thread that calls one of its {@code run} methods
     */
    public static EventLoop create(LoopClock clock) {
        return new BlockingLoop(clock);
    }

    /**
     * Makes a loop that runs on an executor, never on two of its threads at once, whenever there is something to do.
     *
     * @param executor any one
     * @return a loop that is running
     */
    public static EventLoop on(Executor executor) {
        return new PumpedLoop(Objects.requireNonNull(executor, "executor"));
    }

    // ---- scheduling

    /**
     * Python's {@code call_soon}: calls back in the next iteration, after what was asked for before. From another thread it is
     * {@link #callSoonThreadsafe}.
     *
     * @param callback runs in a copy of the current context
     * @return cancels it
     * @throws RuntimeError when this loop is closed
     */
    public final ScheduledCall callSoon(Runnable callback) {
        return callSoon(callback, Context.copyContext());
    }

    /**
     * As {@link #callSoon(Runnable)}, in a given context.
     *
     * @param callback what to call
     * @param context what to call it in
     * @return cancels it
     * @throws RuntimeError when this loop is closed
     */
    public final ScheduledCall callSoon(Runnable callback, Context context) {
        checkOpen();
        ScheduledCall call = new ScheduledCall(this, callback, Objects.requireNonNull(context, "context"), 0, 0);
        enqueue(call);
        return call;
    }

    /**
     * Python's {@code call_soon_threadsafe}: as {@link #callSoon}, from any thread; wakes the loop.
     *
     * @param callback runs in a copy of the context that is current on the calling thread
     * @return cancels it; on the loop's thread only
     * @throws RuntimeError when this loop is closed
     */
    public final ScheduledCall callSoonThreadsafe(Runnable callback) {
        return callSoon(callback);
    }

    /** As {@link #callSoonThreadsafe}; when this loop is closed, perhaps just now, nothing is called and nothing raised. */
    final boolean callSoonIfOpen(Runnable callback) {
        if (closed) {
            return false;
        }
        enqueue(new ScheduledCall(this, callback, Context.copyContext(), 0, 0));
        return true;
    }

    /**
     * Python's {@code call_later}.
     *
     * @param delay seconds from now; not a number is a {@link ValueError}
     * @param callback runs in a copy of the current context
     * @return cancels it
     * @throws RuntimeError when this loop is closed, or the caller is outside of it while it runs
     */
    public final ScheduledCall callLater(double delay, Runnable callback) {
        return callAfter(toNanos(delay), callback);
    }

    /**
     * Python's {@code call_later}.
     *
     * @param delay from now
     * @param callback runs in a copy of the current context
     * @return cancels it
     * @throws RuntimeError when this loop is closed, or the caller is outside of it while it runs
     */
    public final ScheduledCall callLater(Duration delay, Runnable callback) {
        return callAfter(toNanos(delay), callback);
    }

    /**
     * Python's {@code call_at}.
     *
     * @param when a moment of {@link #time()}
     * @param callback runs in a copy of the current context
     * @return cancels it
     * @throws RuntimeError when this loop is closed, or the caller is outside of it while it runs
     */
    public final ScheduledCall callAt(double when, Runnable callback) {
        return callAtNanos(toNanos(when), callback);
    }

    final ScheduledCall callAfter(long delay, Runnable callback) {
        return callAtNanos(later(nanos(), delay), callback);
    }

    /** A moment after another one, or the last there is. */
    static long later(long now, long delay) {
        long when = now + delay;
        return delay > 0 && when < now ? Long.MAX_VALUE : when;
    }

    final ScheduledCall callAtNanos(long when, Runnable callback) {
        checkOpen();
        checkThread();
        ScheduledCall call = new ScheduledCall(this, callback, Context.copyContext(), when, timersMade++);
        schedule.later(call);
        return call;
    }

    static long toNanos(double seconds) {
        if (Double.isNaN(seconds)) {
            throw new ValueError("Invalid delay: NaN (not a number)");
        }
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    static long toNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /**
     * Python's {@code time()}.
     *
     * @return seconds since this loop was made, by its clock
     */
    public final double time() {
        return seconds(nanos());
    }

    final long nanos() {
        return clock.nanoTime() - origin;
    }

    final double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }

    final LoopClock clock() {
        return clock;
    }

    // ---- futures and tasks

    /**
     * Python's {@code create_future()}.
     *
     * @param <R> the result
     * @return a future of this loop
     */
    public final <R extends @Nullable Object> Future<R> createFuture() {
        return new Future<>(this);
    }

    /**
     * Python's {@code create_task}: takes the coroutine's first step soon.
     *
     * @param <R> the result
     * @param coroutine one that has not started
     * @return its task
     */
    public final <R extends @Nullable Object> Task<R> createTask(Coroutine<R> coroutine) {
        return createTask(coroutine, null);
    }

    /**
     * As {@link #createTask(Coroutine)}, with a name.
     *
     * @param <R> the result
     * @param coroutine one that has not started
     * @param name the task's name, or null for a number
     * @return its task
     */
    public final <R extends @Nullable Object> Task<R> createTask(Coroutine<R> coroutine, @Nullable String name) {
        return createTask(coroutine, name, Context.copyContext());
    }

    /**
     * As {@link #createTask(Coroutine)}, with a name and a context.
     *
     * @param <R> the result
     * @param coroutine one that has not started
     * @param name the task's name, or null for a number
     * @param context what it runs in; not a copy of it
     * @return its task
     */
    public final <R extends @Nullable Object> Task<R> createTask(
            Coroutine<R> coroutine, @Nullable String name, Context context) {
        checkOpen();
        if (coroutine == null) {
            throw new TypeError("a coroutine was expected, got None");
        }
        return new Task<R>(this, (Steppable) coroutine, name, Objects.requireNonNull(context, "context")).schedule();
    }

    /**
     * Python's {@code run_in_executor}: runs blocking code elsewhere.
     *
     * @param <R> the result
     * @param where runs the code; null for this loop's own executor, of a few daemon threads
     * @param code what to run; it does not see the current context
     * @return a future of this loop
     */
    public final <R extends @Nullable Object> Future<R> runInExecutor(@Nullable Executor where, Callable<R> code) {
        checkOpen();
        return executor.run(where, code);
    }

    /**
     * Python's {@code shutdown_default_executor()}: waits for the code that runs in this loop's own executor.
     *
     * @return a coroutine that ends when the executor has
     */
    public final Coroutine<@Nullable Void> shutdownDefaultExecutor() {
        return executor.shutdown();
    }

    /**
     * Python's {@code shutdown_asyncgens()}: closes the async generators that were begun while this loop ran and have not ended. Of a
     * loop that a driver brings, which is over with it, dropped ones are closed after garbage collection only.
     *
     * @return a coroutine that ends when they are closed
     */
    public abstract Coroutine<@Nullable Void> shutdownAsyncgens();

    final TaskList tasks() {
        return tasks;
    }

    final Set<Task<?>> allTasks() {
        return tasks.toSet();
    }

    final @Nullable Task<?> currentTask() {
        return currentTask;
    }

    /** A task takes a step. Returns the one in whose step that happens, for {@link #leave}. */
    final @Nullable Task<?> enter(@Nullable Task<?> task) {
        Task<?> outer = currentTask;
        currentTask = task;
        return outer;
    }

    final void leave(@Nullable Task<?> outer) {
        currentTask = outer;
    }

    // ---- running

    /**
     * Python's {@code run_until_complete}: runs until the awaitable is done.
     *
     * @param <R> the result
     * @param main a future of this loop, or a coroutine or another awaitable, of which a task is made
     * @return its result; what it raised is raised
     * @throws RuntimeError when this loop is running, or another one is running on this thread, or {@link #stop} was called before
     *     the awaitable was done
     */
    public abstract <R extends @Nullable Object> R runUntilComplete(Awaitable<R> main);

    /** Python's {@code run_forever()}: runs until {@link #stop}. */
    public abstract void runForever();

    /** Python's {@code stop()}: ends the run after the current iteration. From any thread. */
    public abstract void stop();

    /**
     * Python's {@code is_running()}.
     *
     * @return whether it is being run
     */
    public abstract boolean isRunning();

    /**
     * Python's {@code close()}. Tasks that are not done are closed and reported.
     *
     * @throws RuntimeError when it is running
     */
    public void close() {
        if (isRunning()) {
            throw new RuntimeError("Cannot close a running event loop");
        }
        dispose();
    }

    final void dispose() {
        if (closed) {
            return;
        }
        for (Task<?> task : allTasks()) {
            callExceptionHandler(new ExceptionContext("Task was destroyed but it is pending!", null, task));
            if (task.getCoro() instanceof AutoCloseable body) {
                LoopDebug.closeQuietly(body);
            }
        }
        closed = true;
        schedule.clear();
        executor.close();
    }

    /**
     * Python's {@code is_closed()}.
     *
     * @return whether {@link #close} was called
     */
    public final boolean isClosed() {
        return closed;
    }

    final void checkOpen() {
        if (closed) {
            throw new RuntimeError("Event loop is closed");
        }
    }

    /** As Python does in debug mode. Timers are checked always: from another thread they would corrupt the heap. */
    final void checkThread() {
        if (isRunning() && !isCurrent()) {
            throw new RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one:"
                    + " use callSoonThreadsafe");
        }
    }

    final void checkThreadInDebug() {
        if (debug) {
            checkThread();
        }
    }

    final Schedule schedule() {
        return schedule;
    }

    /** Whether the calling code is run by this loop, on whatever thread. */
    final boolean isCurrent() {
        return Ambient.current().driver() == this;
    }

    /** From any thread. */
    final void enqueue(Entry entry) {
        if (isCurrent()) {
            schedule.soon(entry);
        } else {
            schedule.fromOutside(entry);
            wake();
        }
    }

    /** Another thread has asked for something. */
    abstract void wake();

    /** Does what is due now, and not what becomes due meanwhile. */
    final void runOnce() {
        int due = schedule.collect(nanos());
        for (int i = 0; i < due; i++) {
            Entry entry = schedule.take();
            if (entry == null) {
                return;
            }
            current = entry;
            long start = debug ? System.nanoTime() : 0;
            try {
                entry.context.run(callCurrent);
            } catch (RuntimeException notCallable) {
                // The context is entered already, or a task was stepped by others.
                callExceptionHandler(new ExceptionContext("Exception in callback " + entry, notCallable, null));
            }
            if (debug) {
                LoopDebug.checkDuration(entry, System.nanoTime() - start, slowCallbackDuration);
            }
        }
    }

    private void callCurrent() {
        Entry entry = current;
        if (entry != null) {
            current = null;
            entry.call();
        }
    }

    // ---- errors and debugging

    /**
     * Python's {@code set_exception_handler}.
     *
     * @param handler is told what nobody else can be told; null for the default, which logs it
     */
    public final void setExceptionHandler(@Nullable BiConsumer<? super EventLoop, ? super ExceptionContext> handler) {
        exceptionHandler = handler;
    }

    /**
     * Python's {@code call_exception_handler}.
     *
     * @param context what happened
     */
    public final void callExceptionHandler(ExceptionContext context) {
        BiConsumer<? super EventLoop, ? super ExceptionContext> handler = exceptionHandler;
        if (handler == null) {
            defaultExceptionHandler(context);
            return;
        }
        try {
            handler.accept(this, context);
        } catch (Throwable error) {
            Fatal.rethrow(error);
            defaultExceptionHandler(
                    new ExceptionContext("Unhandled error in exception handler: " + context.message(), error, null));
        }
    }

    /**
     * Python's {@code default_exception_handler}: logs at error level.
     *
     * @param context what happened
     */
    public final void defaultExceptionHandler(ExceptionContext context) {
        String source = context.source() == null ? "" : "\nsource: " + context.source();
        Log.error(LOGGER, context.message() + source, context.exception());
    }

    /** From any thread, also when this loop is closed or will never run again. */
    final void reportFromOutside(ExceptionContext context) {
        if (!isRunning() || !callSoonIfOpen(() -> callExceptionHandler(context))) {
            callExceptionHandler(context);
        }
    }

    /**
     * Python's {@code get_debug()}.
     *
     * @return whether slow callbacks are logged, and futures checked for use from outside the loop
     */
    public final boolean getDebug() {
        return debug;
    }

    /**
     * Python's {@code set_debug}. The default is the system property {@code corobridge.debug}.
     *
     * @param enabled whether slow callbacks are to be logged, and what is done to a future or a task from outside the running loop
     *     is to be a {@link RuntimeError}
     */
    public final void setDebug(boolean enabled) {
        debug = enabled;
    }

    /**
     * Python's {@code slow_callback_duration}.
     *
     * @param seconds callbacks and steps that take at least as long are logged in debug mode; 0.1 by default
     */
    public final void setSlowCallbackDuration(double seconds) {
        slowCallbackDuration = seconds;
    }

    @Override
    public String toString() {
        return "<EventLoop running=" + isRunning() + " closed=" + closed + " debug=" + debug + ">";
    }
}
