package io.corobridge.asyncio;

import io.corobridge.AsyncContextManager;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.BaseExceptionGroup;
import io.corobridge.CancelledError;
import io.corobridge.Context;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.TaskGroup}: tasks that end before the block that made them does.
 *
 * <p>{@code co.withVoid(new TaskGroup(), group -> group.createTask(..))}. The end of the block waits for all tasks. When one fails,
 * the others are cancelled, and so is the block; when all have ended, the exceptions are raised as one
 * {@link io.corobridge.ExceptionGroup}. What the block raises itself cancels the tasks and is one of these exceptions. A task that
 * is cancelled by itself is no failure; a cancel of the task that runs the block cancels them all and goes on.
 *
 * <p>Single use. Belongs to the loop's thread, and works in every task, and so under every driver.
 */
public final class TaskGroup implements AsyncContextManager<TaskGroup> {
    private final Set<Task<?>> tasks = new LinkedHashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    private @Nullable EventLoop loop;
    private @Nullable Task<?> parent;
    private boolean exiting;
    private boolean aborting;
    private boolean parentCancelRequested;
    private @Nullable Throwable fatal;
    private @Nullable Future<Boolean> completed;

    /** Makes one that is to be entered. */
    public TaskGroup() {}

    /**
     * Python's {@code create_task}.
     *
     * @param <R> the result
     * @param coroutine one that has not started; it is closed when the group takes no tasks
     * @return its task
     * @throws RuntimeError when the group has not been entered, is finished or shutting down
     */
    public <R extends @Nullable Object> Task<R> createTask(Coroutine<R> coroutine) {
        return createTask(coroutine, null, Context.copyContext());
    }

    /**
     * As {@link #createTask(Coroutine)}, with a name.
     *
     * @param <R> the result
     * @param coroutine one that has not started
     * @param name the task's name
     * @return its task
     */
    public <R extends @Nullable Object> Task<R> createTask(Coroutine<R> coroutine, String name) {
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
    public <R extends @Nullable Object> Task<R> createTask(
            Coroutine<R> coroutine, @Nullable String name, Context context) {
        EventLoop running = loop;
        if (running == null) {
            throw refused(coroutine, "has not been entered");
        }
        if (exiting && tasks.isEmpty()) {
            throw refused(coroutine, "is finished");
        }
        if (aborting) {
            throw refused(coroutine, "is shutting down");
        }
        Task<R> task = running.createTask(coroutine, name, context);
        task.isChildOf(Objects.requireNonNull(parent));
        tasks.add(task);
        task.addDoneCallback(this::taskDone);
        return task;
    }

    private RuntimeError refused(Coroutine<?> coroutine, String why) {
        coroutine.close();
        return new RuntimeError("TaskGroup " + this + " " + why);
    }

    private void abort() {
        aborting = true;
        for (Task<?> task : new ArrayList<>(tasks)) {
            task.cancel();
        }
    }

    private void taskDone(Future<?> future) {
        Task<?> task = (Task<?>) future;
        tasks.remove(task);
        if (completed != null && tasks.isEmpty() && !completed.done()) {
            completed.setResult(true);
        }
        Throwable error = task.cancelled() ? null : task.exception();
        if (error == null) {
            return;
        }
        errors.add(error);
        if (fatal == null && Fatal.is(error)) {
            fatal = error;
        }
        Task<?> outer = Objects.requireNonNull(parent);
        if (outer.done()) {
            task.getLoop()
                    .callExceptionHandler(new ExceptionContext(
                            "Task " + task + " has errored out but its parent task " + outer + " is already completed",
                            error,
                            task));
        } else if (!aborting && !parentCancelRequested) {
            abort();
            parentCancelRequested = true;
            outer.cancel();
        }
    }

    @Override
    public Awaitable<TaskGroup> aenter() {
        return () -> {
            if (loop != null) {
                throw new RuntimeError("TaskGroup " + this + " has already been entered");
            }
            EventLoop running = Asyncio.getRunningLoop();
            parent = running.currentTask();
            if (parent == null) {
                throw new RuntimeError("TaskGroup " + this + " cannot determine the parent task");
            }
            loop = running;
            return Awaitables.ready(this).awaitIterator();
        };
    }

    @Override
    public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return Routine.coroutine("TaskGroup.__aexit__", () -> new Exit(error));
    }

    /** Waits for the tasks, however often the parent is cancelled meanwhile, and raises what there is to raise. */
    private final class Exit extends Routine<@Nullable Boolean> {
        private final @Nullable Throwable blockError;
        private @Nullable CancelledError propagated;

        Exit(@Nullable Throwable blockError) {
            this.blockError = blockError;
        }

        @Override
        protected Boolean step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (!exiting) {
                begin();
            } else if (error instanceof CancelledError cancelled) {
                if (!aborting) {
                    propagated = cancelled;
                    abort();
                }
            } else if (error != null) {
                throw error;
            }
            completed = null;
            if (!tasks.isEmpty()) {
                completed = Objects.requireNonNull(loop).createFuture();
                return awaits(completed);
            }
            finish();
            return false;
        }

        private void begin() {
            exiting = true;
            if (blockError == null) {
                return;
            }
            if (fatal == null && Fatal.is(blockError)) {
                fatal = blockError;
            }
            if (blockError instanceof CancelledError cancelled) {
                propagated = cancelled;
            }
            if (!aborting) {
                abort();
            }
        }

        private void finish() throws Throwable {
            if (fatal != null) {
                throw fatal;
            }
            Task<?> outer = Objects.requireNonNull(parent);
            if (parentCancelRequested && outer.uncancel() == 0) {
                propagated = null;
            }
            if (propagated != null && errors.isEmpty()) {
                throw propagated;
            }
            if (blockError != null && !(blockError instanceof CancelledError)) {
                errors.add(blockError);
            }
            if (!errors.isEmpty()) {
                if (outer.cancelling() > 0) {
                    // Others have cancelled the task too: their cancel is delivered after the group's exception.
                    outer.uncancel();
                    outer.cancel();
                }
                throw BaseExceptionGroup.of("unhandled errors in a TaskGroup", errors)
                        .toThrowable();
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder info = new StringBuilder();
        if (!tasks.isEmpty()) {
            info.append(" tasks=").append(tasks.size());
        }
        if (!errors.isEmpty()) {
            info.append(" errors=").append(errors.size());
        }
        if (aborting) {
            info.append(" cancelling");
        } else if (loop != null) {
            info.append(" entered");
        }
        return "<TaskGroup" + info + ">";
    }
}
