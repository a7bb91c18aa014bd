package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.Context;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
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
            return future;
        }
        if (awaitable instanceof Coroutine<R> coroutine) {
            return loop.createTask(coroutine);
        }
        Objects.requireNonNull(awaitable, "awaitable");
        return loop.createTask(Routine.coroutine("_wrap_awaitable", () -> new Wrapped<>(awaitable)));
    }

    private static final class Wrapped<R extends @Nullable Object> extends Routine<R> {
        private final Awaitable<R> awaitable;
        private boolean awaiting;

        Wrapped(Awaitable<R> awaitable) {
            this.awaitable = awaitable;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
        @Nullable
        Awaitable<?> resume(@Nullable Object value, @Nullable Throwable error) {
            if (error != null) {
                throw raise(error);
            }
            if (!awaiting) {
                awaiting = true;
                return awaitable;
            }
            return end((R) value);
        }
    }

    // ---- waiting

    /**
     * Python's {@code sleep(delay)}: with a delay that is not positive, it lets the others run once.
     *
     * @param delay seconds; not a number is a {@link io.corobridge.ValueError} at the await
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
        for (Awaitable<?> awaitable : awaitables) {
            children.add(futures.computeIfAbsent(awaitable, Asyncio::ensureFuture));
        }
        EventLoop loop = children.isEmpty() ? getRunningLoop() : children.get(0).getLoop();
        return GatheringFuture.of(loop, children, returnExceptions);
    }
}
