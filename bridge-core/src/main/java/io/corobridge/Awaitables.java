package io.corobridge;

import io.corobridge.machine.GeneratorAwaitIterator;
import io.corobridge.machine.Unraisable;
import io.corobridge.streams.Publishers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Makes awaitables from callbacks, generators, values and foreign types. */
public final class Awaitables {
    private Awaitables() {}

    /**
     * Makes an awaitable from a callback, as {@code Mono.create} makes a Mono. Cold: each await runs {@code operation} anew, on
     * the thread that drives the body.
     *
     * @param <R> the result
     * @param operation starts the work and tells its outcome, from any thread; an exception that it throws is raised at the await
     * @return an awaitable that may be awaited any number of times
     */
    public static <R extends @Nullable Object> Awaitable<R> create(
            Consumer<? super Completion.Cancellable<R>> operation) {
        Objects.requireNonNull(operation, "operation");
        return () -> new CallbackPending<>(operation);
    }

    /**
     * A hop to where tasks run: the body goes on in a task, until it awaits something that completes elsewhere. A body that is driven on an
     * executor comes back to that after every await.
     *
     * @param schedule has a task run once and returns what gives it up; throws {@code RejectedExecutionException} when there are no
     *     tasks any more, which is raised at the await
     * @return an awaitable that may be awaited any number of times
     */
    public static Awaitable<@Nullable Void> hop(UnaryOperator<Runnable> schedule) {
        Objects.requireNonNull(schedule, "schedule");
        return () -> new Hop(schedule);
    }

    /**
     * An awaitable whose result is there: awaiting it does not suspend.
     *
     * @param <R> the result
     * @param value the result
     * @return an awaitable that may be awaited any number of times
     */
    public static <R extends @Nullable Object> Awaitable<R> ready(R value) {
        return () -> Settled.value("ready", value);
    }

    /**
     * An awaitable whose result is there and was taken out of somewhere, a queue for example: when the await is given up, it is
     * not lost.
     *
     * @param <R> the result
     * @param value the result
     * @param unused is given the result when the body is cancelled instead of getting it
     * @return an awaitable, to be awaited once
     */
    public static <R extends @Nullable Object> Awaitable<R> ready(R value, Consumer<? super R> unused) {
        Objects.requireNonNull(unused, "unused");
        return () -> Settled.taken(value, unused);
    }

    /**
     * An awaitable that has failed: awaiting it raises, without suspending.
     *
     * @param <R> the result it does not have
     * @param error what each await raises, the same instance
     * @return an awaitable that may be awaited any number of times
     */
    public static <R> Awaitable<@Nullable R> failed(Throwable error) {
        Objects.requireNonNull(error, "error");
        return () -> Settled.failed("failed", error);
    }

    /**
     * Python's {@code types.coroutine}: what the generator yields goes to the driver, what it returns is the await's result.
     * Unlike a coroutine, it is not checked for being awaited already (F02), and one that has ended results in null.
     *
     * @param <R> what the generator returns
     * @param generator what to step
     * @return an awaitable for this one generator
     */
    public static <R extends @Nullable Object> Awaitable<R> fromGenerator(Generator<?, ?, R> generator) {
        Objects.requireNonNull(generator, "generator");
        return () -> new GeneratorAwaitIterator<>(generator);
    }

    /**
     * An awaitable for a future, with the rules of {@link Co#await(CompletionStage)}.
     *
     * @param <T> its value
     * @param stage what to wait for
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<@Nullable T> from(CompletionStage<? extends T> stage) {
        if (stage == null) {
            throw new TypeError("object NoneType can't be used in 'await' expression");
        }
        return () -> stage instanceof CompletableFuture<? extends T> future && isDone(future)
                ? settled(future)
                : new StagePending<>(stage);
    }

    /** The stages that {@code CompletableFuture.completedStage} and {@code minimalCompletionStage} make are futures that do not tell. */
    private static boolean isDone(CompletableFuture<?> future) {
        try {
            return future.isDone();
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * An awaitable for a publisher of at most one element, with the rules of {@link Co#await(Publisher)}.
     *
     * @param <T> the element
     * @param publisher each await subscribes anew
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<@Nullable T> from(Publisher<? extends T> publisher) {
        if (publisher == null) {
            throw new TypeError("object NoneType can't be used in 'await' expression");
        }
        return Publishers.awaitable(publisher);
    }

    private static <T> Settled<@Nullable T> settled(CompletableFuture<? extends T> future) {
        try {
            return Settled.value(future, future.get());
        } catch (ExecutionException e) {
            return Settled.failed(future, unwrapped(e.getCause() != null ? e.getCause() : e));
        } catch (InterruptedException e) {
            throw new IllegalStateException("a completed future does not wait", e);
        } catch (RuntimeException e) {
            // CancellationException
            return Settled.failed(future, e);
        }
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : null;
        return cause != null ? cause : error;
    }

    /** The await of {@link #create}. */
    private static final class CallbackPending<R extends @Nullable Object> extends Pending<R>
            implements Completion.Cancellable<R> {
        private final Consumer<? super Completion.Cancellable<R>> operation;

        /** Guarded by this. */
        private @Nullable Runnable cancelAction;

        CallbackPending(Consumer<? super Completion.Cancellable<R>> operation) {
            this.operation = operation;
        }

        @Override
        public Object source() {
            return operation;
        }

        @Override
        protected void open() {
            operation.accept(this);
        }

        @Override
        public void complete(R value) {
            settle(value);
        }

        @Override
        public void fail(Throwable error) {
            settleFailed(Objects.requireNonNull(error, "error"));
        }

        @Override
        public void onCancel(Runnable action) {
            synchronized (this) {
                cancelAction = action;
                if (!isCancelled()) {
                    return;
                }
            }
            release();
        }

        @Override
        protected void release() {
            Runnable action;
            synchronized (this) {
                action = cancelAction;
                cancelAction = null;
            }
            if (action != null) {
                action.run();
            }
        }
    }

    /** The await of a future that is not done. */
    private static final class StagePending<T> extends Pending<@Nullable T> {
        private final CompletionStage<? extends T> stage;

        StagePending(CompletionStage<? extends T> stage) {
            this.stage = stage;
        }

        @Override
        public Object source() {
            return stage;
        }

        @Override
        protected void open() {
            stage.whenComplete((value, error) -> {
                try {
                    settle(value, error);
                } catch (Throwable thrown) {
                    // Whoever drives the body wants it thrown, but the stage would keep it to itself.
                    Unraisable.report("resuming what has awaited " + stage, thrown);
                }
            });
        }

        @SuppressWarnings("NullAway") // the result is @Nullable T
        private void settle(@Nullable T value, @Nullable Throwable error) {
            if (error != null) {
                settleFailed(unwrapped(error));
            } else {
                settle(value);
            }
        }

        @Override
        protected void release() {
            if (stage instanceof Future<?> future) {
                try {
                    future.cancel(false);
                } catch (UnsupportedOperationException e) {
                    // A minimal stage: nobody but its owner can cancel it.
                    return;
                }
            }
        }
    }
}
