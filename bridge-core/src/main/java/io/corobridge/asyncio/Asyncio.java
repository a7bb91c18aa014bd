package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.Context;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import io.corobridge.TypeError;
import io.corobridge.ValueError;
import io.corobridge.drive.Driver;
import io.corobridge.engine.Ambient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Python's {@code asyncio}.
 *
 * <p>Those that need a running loop use the one that runs the calling code, on whatever thread: that of {@link #run}, or that of the
 * Mono, Single or suspend function that drives the body. Outside of any they raise {@code RuntimeError: no running event loop}.
 *
 * <p>Delays are in seconds, as in Python, or durations.
 */
public final class Asyncio {
    private Asyncio() {}

    // ---- running

    /**
     * Python's {@code asyncio.run}: runs a coroutine on a new loop, on the calling thread. Tasks that are left over when it has ended are
     * cancelled and waited for.
     *
     * <p>When the thread is interrupted, the coroutine's task is cancelled; the interrupt is there again when this method ends.
     *
     * @param <R> the result
     * @param main one that has not started
     * @return its result; what it raised is raised, the same instance
     * @throws RuntimeError when a loop, or another driver of coroutines, is running on this thread
     */
    public static <R extends @Nullable Object> R run(Coroutine<R> main) {
        if (Ambient.current().driver() != null) {
            throw new RuntimeError("asyncio.run() cannot be called from a running event loop");
        }
        try (Runner runner = new Runner()) {
            return runner.run(main);
        }
    }

    // ---- loop and tasks

    /**
     * Python's {@code get_running_loop()}.
     *
     * @return the loop that runs the calling code
     * @throws RuntimeError when there is none
     */
    public static EventLoop getRunningLoop() {
        Object driver = Ambient.current().driver();
        if (driver instanceof EventLoop loop) {
            return loop;
        }
        if (driver instanceof Driver<?> body) {
            return LoopRun.succeed(body);
        }
        throw new RuntimeError("no running event loop");
    }

    /**
     * Python's {@code current_task()}.
     *
     * @return the task in whose step the calling code is, or null in a callback
     * @throws RuntimeError when no loop is running
     */
    public static @Nullable Task<?> currentTask() {
        return getRunningLoop().currentTask();
    }

    /**
     * Python's {@code all_tasks()}.
     *
     * @return the tasks of the running loop that are not done, in the order in which they were made
     * @throws RuntimeError when no loop is running
     */
    public static Set<Task<?>> allTasks() {
        return getRunningLoop().allTasks();
    }

    /**
     * Python's {@code create_task}: has the running loop drive a coroutine; it takes the first step soon, not at once.
     *
     * @param <R> the result
     * @param coroutine one that has not started
     * @return its task
     * @throws RuntimeError when no loop is running
     */
    public static <R extends @Nullable Object> Task<R> createTask(Coroutine<R> coroutine) {
        return getRunningLoop().createTask(coroutine);
    }

    /**
     * As {@link #createTask(Coroutine)}, with a name.
     *
     * @param <R> the result
     * @param coroutine one that has not started
     * @param name the task's name
     * @return its task
     */
    public static <R extends @Nullable Object> Task<R> createTask(Coroutine<R> coroutine, String name) {
        return getRunningLoop().createTask(coroutine, name);
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
    public static <R extends @Nullable Object> Task<R> createTask(
            Coroutine<R> coroutine, @Nullable String name, Context context) {
        return getRunningLoop().createTask(coroutine, name, context);
    }

    /**
     * Python's {@code ensure_future}.
     *
     * @param <R> the result
     * @param awaitable anything that can be awaited
     * @return the awaitable when it is a future, else a task of the running loop that awaits it
     * @throws RuntimeError when no loop is running
     */
    public static <R extends @Nullable Object> Future<R> ensureFuture(Awaitable<R> awaitable) {
        return awaitable instanceof Future<R> future ? future : ensureFuture(awaitable, getRunningLoop());
    }

    static <R extends @Nullable Object> Future<R> ensureFuture(Awaitable<R> awaitable, EventLoop loop) {
        if (awaitable instanceof Future<R> future) {
            if (future.getLoop() != loop) {
                throw new ValueError(
                        "The future belongs to a different loop than the one specified as the loop argument");
            }
            return future;
        }
        if (awaitable instanceof Coroutine<R> coroutine) {
            return loop.createTask(coroutine);
        }
        if (awaitable == null) {
            throw new TypeError("An asyncio.Future, a coroutine or an awaitable is required");
        }
        return loop.createTask(Routine.awaiting("_wrap_awaitable", awaitable));
    }

    // ---- waiting

    /**
     * Python's {@code sleep(delay)}: with a delay that is not positive, it lets the others run once.
     *
     * @param delay seconds; not a number is a {@link ValueError} at the await
     * @return a coroutine
     */
    @SuppressWarnings("NullAway") // the result is @Nullable Void
    public static Coroutine<@Nullable Void> sleep(double delay) {
        return sleep(delay, null);
    }

    /**
     * Python's {@code sleep(delay)}.
     *
     * @param delay for how long
     * @return a coroutine
     */
    public static Coroutine<@Nullable Void> sleep(Duration delay) {
        return sleep(EventLoop.toNanos(delay) / EventLoop.NANOS_PER_SECOND);
    }

    /**
     * Python's {@code sleep(delay, result)}.
     *
     * @param <R> the result
     * @param delay seconds
     * @param result what the await results in
     * @return a coroutine
     */
    public static <R extends @Nullable Object> Coroutine<R> sleep(double delay, R result) {
        return Sleep.coroutine(delay, result);
    }

    /**
     * Python's {@code gather}: awaits all of them at the same time. Coroutines run as tasks; one that is given twice runs once.
     *
     * <p>The first exception is raised at once, and the others run on. Cancelling the future that is returned, or a task that awaits it,
     * cancels them all; when one of them is cancelled by others, that is raised like any exception.
     *
     * @param <T> their results
     * @param awaitables what to wait for
     * @return a future with the results in the order of the arguments
     * @throws RuntimeError when no loop is running
     * @throws ValueError when futures of different loops are among them
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return gather(Arrays.asList(awaitables));
    }

    /**
     * As {@link #gather(Awaitable...)}.
     *
     * @param <T> their results
     * @param awaitables what to wait for
     * @return a future with the results in the same order
     */
    public static <T extends @Nullable Object> Future<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return gather(awaitables, false);
    }

    /**
     * Python's {@code gather} with {@code return_exceptions=True}: waits for all of them, however they end.
     *
     * @param awaitables what to wait for
     * @return a future with their results, or what they raised, in the order of the arguments
     */
    public static Future<List<@Nullable Object>> gatherReturningExceptions(Awaitable<?>... awaitables) {
        return gatherReturningExceptions(Arrays.asList(awaitables));
    }

    /**
     * As {@link #gatherReturningExceptions(Awaitable...)}.
     *
     * @param awaitables what to wait for
     * @return a future with their results, or what they raised, in the same order
     */
    public static Future<List<@Nullable Object>> gatherReturningExceptions(
            Collection<? extends Awaitable<?>> awaitables) {
        return gather(awaitables, true);
    }

    private static <T extends @Nullable Object> Future<List<T>> gather(
            Collection<? extends Awaitable<?>> awaitables, boolean returnExceptions) {
        Map<Awaitable<?>, Future<?>> futures = new HashMap<>();
        List<Future<?>> children = new ArrayList<>(awaitables.size());
        EventLoop loop = null;
        for (Awaitable<?> awaitable : awaitables) {
            Future<?> child = futures.get(awaitable);
            if (child == null) {
                child = loop == null ? ensureFuture(awaitable) : ensureFuture(awaitable, loop);
                futures.put(awaitable, child);
                loop = child.getLoop();
            }
            children.add(child);
        }
        if (loop == null) {
            loop = getRunningLoop();
        }
        return GatheringFuture.of(loop, children, returnExceptions);
    }

    /** When {@link #waitUntil} has waited long enough. */
    public enum ReturnWhen {
        /** One of them is done. */
        FIRST_COMPLETED,
        /** One of them has failed, or all are done. */
        FIRST_EXCEPTION,
        /** All are done. */
        ALL_COMPLETED
    }

    /**
     * Python's {@code wait}: waits for some or all of them, and leaves them alone. (Java has a {@code wait} in every object.)
     *
     * @param <F> tasks or futures
     * @param returnWhen when that is enough
     * @param futures what to wait for, at least one
     * @return a coroutine that ends with those that are done and those that are not
     */
    public static <F extends Future<?>> Coroutine<Waited<F>> waitUntil(
            ReturnWhen returnWhen, Collection<? extends F> futures) {
        Objects.requireNonNull(returnWhen, "returnWhen");
        Objects.requireNonNull(futures, "futures");
        return Routine.coroutine("wait", () -> new Waits.Until<F>(futures, returnWhen, null));
    }

    /**
     * As {@link #waitUntil(ReturnWhen, Collection)}, for a limited time. It does not raise when that is over.
     *
     * @param <F> tasks or futures
     * @param returnWhen when that is enough
     * @param futures what to wait for, at least one
     * @param timeout seconds
     * @return a coroutine that ends with those that are done and those that are not
     */
    public static <F extends Future<?>> Coroutine<Waited<F>> waitUntil(
            ReturnWhen returnWhen, Collection<? extends F> futures, double timeout) {
        Objects.requireNonNull(returnWhen, "returnWhen");
        Objects.requireNonNull(futures, "futures");
        return Routine.coroutine("wait", () -> new Waits.Until<F>(futures, returnWhen, EventLoop.toNanos(timeout)));
    }

    /**
     * Python's {@code wait_for}: awaits with a time limit. When that is over, what is awaited is cancelled, and when it has ended, a
     * {@link TimeoutException} is raised; what it returns or raises in reply to the cancel counts instead. Without any time, a coroutine
     * does not start.
     *
     * @param <R> the result
     * @param awaitable what to wait for
     * @param timeout seconds
     * @return a coroutine that ends with its result
     */
    public static <R extends @Nullable Object> Coroutine<R> waitFor(Awaitable<R> awaitable, double timeout) {
        return waitForNanos(awaitable, EventLoop.toNanos(timeout));
    }

    /**
     * As {@link #waitFor(Awaitable, double)}.
     *
     * @param <R> the result
     * @param awaitable what to wait for
     * @param timeout for how long
     * @return a coroutine that ends with its result
     */
    public static <R extends @Nullable Object> Coroutine<R> waitFor(Awaitable<R> awaitable, Duration timeout) {
        return waitForNanos(awaitable, EventLoop.toNanos(timeout));
    }

    private static <R extends @Nullable Object> Coroutine<R> waitForNanos(Awaitable<R> awaitable, long timeout) {
        Objects.requireNonNull(awaitable, "awaitable");
        return Routine.coroutine("wait_for", () -> new Waits.For<>(awaitable, timeout));
    }

    /**
     * Python's {@code timeout(delay)}: {@code co.with(Asyncio.timeout(5), timeout -> ..)} cancels what the block awaits when the time has
     * come, and raises a {@link TimeoutException} at its end.
     *
     * @param delay seconds from when the block is entered
     * @return enters once
     */
    public static Timeout timeout(double delay) {
        return timeoutNanos(EventLoop.toNanos(delay));
    }

    /**
     * As {@link #timeout(double)}.
     *
     * @param delay from when the block is entered
     * @return enters once
     */
    public static Timeout timeout(Duration delay) {
        return timeoutNanos(EventLoop.toNanos(delay));
    }

    /**
     * Python's {@code timeout(None)}: never, unless it is {@linkplain Timeout#reschedule rescheduled}.
     *
     * @return enters once
     */
    public static Timeout timeout() {
        return timeoutNanos(null);
    }

    static Timeout timeoutNanos(@Nullable Long delay) {
        return new Timeout(loop -> delay == null ? null : EventLoop.later(loop.nanos(), delay));
    }

    /**
     * Python's {@code timeout_at(when)}.
     *
     * @param when by the {@linkplain EventLoop#time() time} of the loop
     * @return enters once
     */
    public static Timeout timeoutAt(double when) {
        long nanos = EventLoop.toNanos(when);
        return new Timeout(loop -> nanos);
    }

    /**
     * Python's {@code shield}: awaits something that is not to be cancelled with who awaits it.
     *
     * @param <R> the result
     * @param awaitable a future, or something that is made a task
     * @return a future with the same outcome; cancelling it leaves what it shields alone
     */
    public static <R extends @Nullable Object> Future<R> shield(Awaitable<R> awaitable) {
        return Waits.shield(awaitable);
    }

    /**
     * Python's {@code as_completed}: runs all of them, and hands them out in the order in which they are done.
     *
     * @param <T> the result
     * @param awaitables what to run
     * @return to be looped over once
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<T>> awaitables) {
        return new AsCompleted<>(awaitables, null);
    }

    /**
     * As {@link #asCompleted(Collection)}, with a time limit: when that is over, a {@link TimeoutException} is raised by each step.
     *
     * @param <T> the result
     * @param awaitables what to run
     * @param timeout seconds
     * @return to be looped over once
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<T>> awaitables, double timeout) {
        return new AsCompleted<>(awaitables, EventLoop.toNanos(timeout));
    }

    // ---- threads

    /**
     * Python's {@code to_thread}: runs blocking code on a thread of the loop's own executor, in a copy of the current context.
     *
     * @param <R> the result
     * @param code what to run
     * @return a coroutine that ends with its result
     */
    public static <R extends @Nullable Object> Coroutine<R> toThread(Callable<R> code) {
        Objects.requireNonNull(code, "code");
        return Routine.awaiting("to_thread", () -> {
            Context context = Context.copyContext();
            return getRunningLoop()
                    .runInExecutor(null, () -> context.call(code))
                    .awaitIterator();
        });
    }

    /**
     * Python's {@code run_coroutine_threadsafe}: has a loop that runs on another thread drive a coroutine.
     *
     * @param <R> the result
     * @param coroutine one that has not started
     * @param loop drives it
     * @return its outcome; cancelling it cancels the task
     */
    public static <R extends @Nullable Object> CompletableFuture<R> runCoroutineThreadsafe(
            Coroutine<R> coroutine, EventLoop loop) {
        if (coroutine == null) {
            throw new TypeError("A coroutine object is required");
        }
        CompletableFuture<R> outcome = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> {
            Task<R> task = loop.createTask(coroutine);
            task.addDoneCallback(done -> done.passTo(outcome));
            outcome.whenComplete((result, error) -> {
                if (outcome.isCancelled()) {
                    loop.callSoonIfOpen(task::cancel);
                }
            });
        });
        return outcome;
    }

    /**
     * As {@link #run}, on an executor, without waiting for it: the coroutine has a loop of its own, which runs there whenever there is
     * something to do.
     *
     * @param <R> the result
     * @param executor any one
     * @param main a coroutine that has not started
     * @return its outcome; cancelling it closes the coroutine, its clean-up included
     */
    public static <R extends @Nullable Object> CompletableFuture<R> runOn(Executor executor, Coroutine<R> main) {
        return LoopRun.start(Objects.requireNonNull(executor, "executor"), Objects.requireNonNull(main, "main"));
    }
}
