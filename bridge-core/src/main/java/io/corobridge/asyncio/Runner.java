package io.corobridge.asyncio;

import io.corobridge.CancelledError;
import io.corobridge.Context;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.ValueError;
import io.corobridge.engine.Ambient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Runner}: an event loop, made when it is first needed, on which coroutines are run one after the other.
 * {@link #close()} cancels the tasks that are left, waits for them, and closes the loop.
 *
 * <p>For one thread.
 */
public final class Runner implements AutoCloseable {
    private final LoopClock clock;
    private @Nullable BlockingLoop loop;
    private @Nullable Context context;
    private boolean closed;
    private int interrupts;

    /** What ended the last run: where {@link #close} meets it again, it is on its way already. */
    private @Nullable Throwable raised;

    /** Makes one with the real time. */
    public Runner() {
        this(LoopClock.SYSTEM);
    }

    /**
     * Makes one with a clock.
     *
     * @param clock where the loop has its time from
     */
    public Runner(LoopClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Python's {@code get_loop()}.
     *
     * @return the loop
     * @throws RuntimeError when this runner is closed
     */
    public EventLoop getLoop() {
        return open();
    }

    private BlockingLoop open() {
        if (closed) {
            throw new RuntimeError("Runner is closed");
        }
        BlockingLoop opened = loop;
        if (opened == null) {
            opened = new BlockingLoop(clock);
            loop = opened;
            context = Context.copyContext();
        }
        return opened;
    }

    /**
     * Python's {@code Runner.run}: runs a coroutine in this runner's context, which all its runs share.
     *
     * <p>When the thread is interrupted, the coroutine's task is cancelled; a second interrupt ends the run with a
     * {@link CancelledError}. The interrupt is there again when this method ends.
     *
     * @param <R> the result
     * @param main one that has not started
     * @return its result; what it raised is raised, the same instance
     * @throws RuntimeError when a loop, or another driver of coroutines, is running on this thread, or this runner is closed
     */
    public <R extends @Nullable Object> R run(Coroutine<R> main) {
        BlockingLoop opened = runnable(main);
        return run(opened, opened.createTask(main, null, Objects.requireNonNull(context)));
    }

    /**
     * As {@link #run(Coroutine)}, in a given context.
     *
     * @param <R> the result
     * @param main one that has not started
     * @param context what it runs in; not a copy of it
     * @return its result
     */
    public <R extends @Nullable Object> R run(Coroutine<R> main, Context context) {
        return run(runnable(main), open().createTask(main, null, context));
    }

    private BlockingLoop runnable(@Nullable Coroutine<?> main) {
        if (main == null) {
            throw new ValueError("a coroutine was expected, got None");
        }
        if (Ambient.current().driver() != null) {
            throw new RuntimeError("Runner.run() cannot be called from a running event loop");
        }
        return open();
    }

    private <R extends @Nullable Object> R run(BlockingLoop opened, Task<R> task) {
        interrupts = 0;
        opened.onInterrupt(() -> {
            if (++interrupts > 1 || task.done()) {
                throw new CancelledError("the thread of the event loop was interrupted");
            }
            task.cancel();
        });
        raised = null;
        try {
            return opened.runUntilComplete(task);
        } catch (Throwable error) {
            raised = error;
            throw error;
        } finally {
            opened.onInterrupt(null);
        }
    }

    /** Cancels the tasks that are left, waits for them, shuts down the loop's async generators and executor, and closes the loop. */
    @Override
    public void close() {
        BlockingLoop opened = loop;
        if (opened == null || closed) {
            return;
        }
        // The interrupt that ended the run is not to cut the clean-up short.
        boolean interrupted = Thread.interrupted();
        try {
            cancelAllTasks(opened);
            opened.runUntilComplete(opened.shutdownAsyncgens());
            opened.runUntilComplete(opened.shutdownDefaultExecutor());
        } catch (Throwable error) {
            if (error != raised) {
                throw error;
            }
        } finally {
            closed = true;
            loop = null;
            opened.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void cancelAllTasks(BlockingLoop loop) {
        List<Task<?>> left = new ArrayList<>(loop.allTasks());
        if (left.isEmpty()) {
            return;
        }
        left.forEach(Task::cancel);
        loop.runUntilComplete(GatheringFuture.of(loop, left, true));
        for (Task<?> task : left) {
            Throwable failure = task.cancelled() ? null : task.exception();
            if (failure != null) {
                loop.callExceptionHandler(
                        new ExceptionContext("unhandled exception during asyncio.run() shutdown", failure, task));
            }
        }
    }
}
