package io.corobridge.asyncio;

import io.corobridge.CancelledError;
import io.corobridge.Context;
import io.corobridge.Coroutine;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import io.corobridge.drive.Successor;
import io.corobridge.engine.Ambient;
import io.corobridge.engine.Outcome;
import io.corobridge.machine.Op;
import io.corobridge.machine.Steppable;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A body that is the main task of a {@link PumpedLoop} of its own, for a host: what a {@link Driver} is succeeded by when its body
 * asks for an event loop, and what runs a coroutine on an executor. As with {@link Asyncio#run}, tasks that are left over when the
 * main one has ended are cancelled, and the host is told when they have ended too.
 */
final class LoopRun<R extends @Nullable Object> implements Successor {
    private final PumpedLoop loop;
    private final Host<? super R> host;
    private final Task<R> task;

    /** Belongs to the loop. */
    private boolean cancelled;

    private LoopRun(PumpedLoop loop, Steppable body, Context context, Host<? super R> host) {
        this.loop = loop;
        this.host = host;
        this.task = new Task<>(loop, body, null, context);
        task.addDoneCallback(this::mainEnded);
    }

    /** Takes over from a driver, whose step the caller is in; for the rest of the step the new loop is the running one. */
    static <R extends @Nullable Object> EventLoop succeed(Driver<R> driver) {
        Ambient ambient = Ambient.current();
        Context context = (Context) ambient.context();
        if (context == null) {
            context = new Context();
            ambient.context(context);
        }
        PumpedLoop loop = new PumpedLoop(PumpedLoop.INLINE);
        loop.hold();
        ambient.driver(loop);
        LoopRun<R> run = new LoopRun<>(loop, driver.body(), context, driver.host());
        run.task.adopt(driver.awaited());
        loop.enter(run.task);
        driver.handOver(run);
        return loop;
    }

    /** Runs a coroutine on an executor. */
    static <R extends @Nullable Object> CompletableFuture<R> start(Executor executor, Coroutine<R> main) {
        PumpedLoop loop = new PumpedLoop(executor);
        loop.hold();
        Stage<R> stage = new Stage<>(loop, (Steppable) main);
        stage.run.task.schedule();
        executor.execute(loop::release);
        return stage;
    }

    @Override
    public void stepped(Outcome outcome, @Nullable Object result) {
        loop.leave(null);
        loop.inside(() -> task.getContext().run(() -> task.adoptStep(outcome, result)));
    }

    @Override
    public void resume(Op op, @Nullable Object value, @Nullable Throwable error) {
        cancelled |= op == Op.ACLOSE;
        task.resumeFromOutside(op, value, error);
    }

    @Override
    public void cancel() {
        loop.callSoonIfOpen(() -> {
            cancelled = true;
            task.close();
        });
    }

    @Override
    public void left() {
        loop.leave(null);
        loop.release();
    }

    private void mainEnded(Future<R> main) {
        Set<Task<?>> left = loop.allTasks();
        if (left.isEmpty()) {
            end();
            return;
        }
        left.forEach(Task::cancel);
        GatheringFuture.of(loop, new ArrayList<>(left), true).addDoneCallback(all -> {
            left.forEach(this::reportFailure);
            end();
        });
    }

    private void reportFailure(Task<?> leftOver) {
        Throwable failure = leftOver.cancelled() ? null : leftOver.exception();
        if (failure != null) {
            loop.callExceptionHandler(
                    new ExceptionContext("unhandled exception during asyncio.run() shutdown", failure, leftOver));
        }
    }

    private void end() {
        Throwable failure = task.failure();
        Object result = task.value();
        loop.closeAndThen(() -> tell(failure, result));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
    private void tell(@Nullable Throwable failure, @Nullable Object result) {
        if (cancelled) {
            host.cancelled((R) result, failure == null || Driver.isSilent(failure) ? null : failure);
        } else if (failure == null) {
            host.returned((R) result);
        } else {
            host.raised(failure);
        }
    }

    /** The host of a coroutine that runs on an executor. */
    private static final class Stage<R extends @Nullable Object> extends CompletableFuture<R> implements Host<R> {
        private final LoopRun<R> run;

        Stage(PumpedLoop loop, Steppable body) {
            this.run = new LoopRun<>(loop, body, Context.copyContext(), this);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                run.cancel();
            }
            return cancelled;
        }

        @Override
        public void returned(R result) {
            complete(result);
        }

        @Override
        public void raised(Throwable error) {
            if (error instanceof CancelledError) {
                super.cancel(false);
            } else {
                completeExceptionally(error);
            }
        }

        @Override
        public void cancelled(@Nullable R result, @Nullable Throwable error) {
            if (error != null) {
                run.loop.callExceptionHandler(
                        new ExceptionContext("exception in a coroutine that was cancelled", error, run.task));
            }
        }
    }
}
