package io.corobridge.asyncio;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.CancelledError;
import io.corobridge.Context;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.engine.Rethrow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Future}: a result that is not there yet, of one event loop.
 *
 * <p>Hot. May be awaited any number of times; awaiting one that is done does not suspend. Null is a result like any other. An
 * exception is raised at each await, the same instance. One that nobody retrieves is reported to the loop's exception handler when
 * the future is collected.
 *
 * <p>Cancelling a task that awaits a future cancels the future; a body that is closed at the await leaves it alone. Callbacks are
 * called by the loop, never from inside {@link #setResult} or {@link #addDoneCallback}.
 *
 * <p>Belongs to the loop's thread, and is not safe on others: use {@link EventLoop#callSoonThreadsafe}, or await it from elsewhere
 * through {@link #toCompletionStage()}. In the loop's {@linkplain EventLoop#setDebug debug mode} a call from outside the loop that
 * is running is a {@link RuntimeError}.
 *
 * @param <R> the result
 */
public sealed class Future<R extends @Nullable Object> implements Awaitable<R> permits Task, GatheringFuture {
    private enum State {
        PENDING,
        CANCELLED,
        FINISHED
    }

    private final EventLoop loop;
    private State state = State.PENDING;
    private @Nullable Object result;
    private @Nullable Throwable error;
    private @Nullable String cancelMessage;
    private @Nullable CancelledError cancelledError;
    private @Nullable Unretrieved unretrieved;

    /** Tasks that await this future, and callbacks, in the order in which they came; null when there are none. */
    private @Nullable List<Object> callbacks;

    Future(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Python's {@code get_loop()}.
     *
     * @return the loop that calls the callbacks
     */
    public final EventLoop getLoop() {
        return loop;
    }

    /**
     * Python's {@code done()}.
     *
     * @return whether it has a result or an exception, or was cancelled
     */
    public final boolean done() {
        return state != State.PENDING;
    }

    /**
     * Python's {@code cancelled()}.
     *
     * @return whether it was cancelled
     */
    public final boolean cancelled() {
        return state == State.CANCELLED;
    }

    /**
     * Python's {@code result()}.
     *
     * @return the result; an exception it was given is raised instead
     * @throws InvalidStateError when it is not done
     * @throws CancelledError when it was cancelled
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
    public final R result() {
        checkDone("Result is not set.");
        retrieved();
        if (error != null) {
            throw Rethrow.asIs(error);
        }
        return (R) result;
    }

    /**
     * Python's {@code exception()}.
     *
     * @return the exception it was given, or null when it has a result
     * @throws InvalidStateError when it is not done
     * @throws CancelledError when it was cancelled
     */
    public final @Nullable Throwable exception() {
        checkDone("Exception is not set.");
        retrieved();
        return error;
    }

    private void checkDone(String otherwise) {
        if (state == State.CANCELLED) {
            throw makeCancelledError();
        }
        if (state == State.PENDING) {
            throw new InvalidStateError(otherwise);
        }
    }

    /** The exception as {@link #result()} would raise it, null when there is none; never throws. */
    final @Nullable Throwable failure() {
        if (state == State.CANCELLED) {
            return makeCancelledError();
        }
        retrieved();
        return error;
    }

    /** The result, when there is one. */
    final @Nullable Object value() {
        return result;
    }

    /**
     * Python's {@code set_result}.
     *
     * @param value the result
     * @throws InvalidStateError when it is done
     */
    public void setResult(R value) {
        finish(value, null);
    }

    /**
     * Python's {@code set_exception}.
     *
     * @param failure what each await raises, the same instance; a {@link StopIteration} is wrapped in a {@link RuntimeError}
     * @throws InvalidStateError when it is done
     */
    public void setException(Throwable failure) {
        finish(null, Objects.requireNonNull(failure, "failure"));
    }

    final void finish(@Nullable Object value, @Nullable Throwable failure) {
        loop.checkThreadInDebug();
        if (state != State.PENDING) {
            throw new InvalidStateError("invalid state");
        }
        Throwable raised = failure;
        if (failure instanceof StopIteration) {
            raised = new RuntimeError(
                    "StopIteration interacts badly with generators and cannot be raised into a Future", failure);
        }
        result = value;
        error = raised;
        state = State.FINISHED;
        scheduleCallbacks();
        // That something was cancelled is no news to whoever does not ask.
        if (raised != null && !(raised instanceof CancelledError)) {
            unretrieved = Unretrieved.watch(this, raised);
        }
    }

    /**
     * Python's {@code cancel()}.
     *
     * @return false when it is done already
     */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Python's {@code cancel(msg)}.
     *
     * @param message the message of the {@link CancelledError} that each await raises, or null for none
     * @return false when it is done already
     */
    public boolean cancel(@Nullable String message) {
        return markCancelled(message, null);
    }

    /** Cancels this future itself. The error is what was raised, if it was. */
    final boolean markCancelled(@Nullable String message, @Nullable CancelledError raised) {
        loop.checkThreadInDebug();
        retrieved();
        if (state != State.PENDING) {
            return false;
        }
        state = State.CANCELLED;
        cancelMessage = message;
        cancelledError = raised;
        scheduleCallbacks();
        return true;
    }

    /** The very exception that a task raised, once; then new ones, with the message that this future itself was cancelled with. */
    final CancelledError makeCancelledError() {
        CancelledError raised = cancelledError;
        cancelledError = null;
        return raised != null ? raised : new CancelledError(cancelMessage);
    }

    final @Nullable String cancelMessage() {
        return cancelMessage;
    }

    final void cancelMessage(@Nullable String message) {
        cancelMessage = message;
    }

    /** Whatever became of it, it need not be reported. */
    final void retrieved() {
        Unretrieved watched = unretrieved;
        if (watched != null) {
            unretrieved = null;
            watched.retrieved();
        }
    }

    /** Whether it has an exception that will be reported unless somebody retrieves it. */
    final boolean isWatched() {
        return unretrieved != null;
    }

    /**
     * Python's {@code add_done_callback}: the loop calls it, in a copy of the current context, when this future is done.
     *
     * @param callback gets this future. The same one added twice is called twice
     */
    public final void addDoneCallback(Consumer<? super Future<R>> callback) {
        addDoneCallback(callback, Context.copyContext());
    }

    /**
     * As {@link #addDoneCallback(Consumer)}, in a given context.
     *
     * @param callback gets this future
     * @param context what it is called in
     */
    public final void addDoneCallback(Consumer<? super Future<R>> callback, Context context) {
        Callback<R> added = new Callback<>(
                Objects.requireNonNull(callback, "callback"), Objects.requireNonNull(context, "context"));
        loop.checkThreadInDebug();
        if (done()) {
            added.schedule(this);
        } else {
            add(added);
        }
    }

    /** A task is resumed when this future, which is pending, is done. */
    final void addWaiter(Task<?> task) {
        add(task);
    }

    private void add(Object callback) {
        List<Object> known = callbacks;
        if (known == null) {
            known = new ArrayList<>(1);
            callbacks = known;
        }
        known.add(callback);
    }

    /** A task that awaits this future no longer does. Returns false when it is too late. */
    final boolean removeWaiter(Task<?> task) {
        return callbacks != null && callbacks.remove(task);
    }

    /**
     * Python's {@code remove_done_callback}.
     *
     * @param callback all of its occurrences are removed
     * @return how many there were
     */
    public final int removeDoneCallback(Consumer<? super Future<R>> callback) {
        List<Object> known = callbacks;
        if (known == null) {
            return 0;
        }
        int before = known.size();
        known.removeIf(added -> added instanceof Callback<?> one && one.function == callback);
        return before - known.size();
    }

    private void scheduleCallbacks() {
        List<Object> due = callbacks;
        if (due == null) {
            return;
        }
        callbacks = null;
        for (Object callback : due) {
            if (callback instanceof Task<?> task) {
                task.wakeUp();
            } else {
                this.<Callback<R>>cast(callback).schedule(this);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private <T> T cast(Object object) {
        return (T) object;
    }

    /**
     * Awaits this future in another world. Cancelling the stage detaches it and leaves this future alone.
     *
     * @return a stage with the same outcome, completed on the loop's thread; cancelled is a {@link CancellationException}
     */
    public final CompletionStage<R> toCompletionStage() {
        CompletableFuture<R> stage = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> addDoneCallback(done -> done.passTo(stage)));
        return stage;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
    final void passTo(CompletableFuture<R> stage) {
        if (cancelled()) {
            stage.cancel(false);
        } else if (failure() != null) {
            stage.completeExceptionally(failure());
        } else {
            stage.complete((R) result);
        }
    }

    @Override
    public final AwaitIterator<R> awaitIterator() {
        if (!done()) {
            return new FuturePending<>(this);
        }
        Throwable raised = failure();
        return raised != null
                ? failedIterator(raised)
                : Awaitables.<R>ready(result()).awaitIterator();
    }

    @SuppressWarnings("unchecked")
    private AwaitIterator<R> failedIterator(Throwable raised) {
        return (AwaitIterator<R>) Awaitables.failed(raised).awaitIterator();
    }

    /** The bodies that run in its place, for who looks at what is suspended, from any thread. */
    List<?> bodies() {
        return List.of();
    }

    /** What it is, for messages. */
    String describe() {
        return "Future " + describeState();
    }

    final String describeState() {
        return switch (state) {
            case PENDING -> "pending";
            case CANCELLED -> "cancelled";
            case FINISHED -> "finished";
        };
    }

    /** Its outcome, for messages. */
    final String describeOutcome() {
        if (state != State.FINISHED) {
            return "";
        }
        return error != null ? " exception=" + error : " result=" + result;
    }

    @Override
    public String toString() {
        return "<" + describe() + describeOutcome() + ">";
    }

    private record Callback<R extends @Nullable Object>(Consumer<? super Future<R>> function, Context context) {
        void schedule(Future<R> future) {
            future.loop.callSoon(() -> function.accept(future), context);
        }
    }
}
