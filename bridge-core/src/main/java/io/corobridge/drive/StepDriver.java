package io.corobridge.drive;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Context;
import io.corobridge.TypeError;
import io.corobridge.engine.Ambient;
import io.corobridge.engine.Outcome;
import io.corobridge.machine.AsyncGeneratorObject;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Drives the steps of an async iterator, one after the other, all of them in one {@link Context}, without an object for each.
 *
 * <p>Whoever calls {@link #enter} and {@link #step} has it to himself, and publishes it to who does next; a step that does not end
 * within the call is told to the host, which may go on with the next one then. {@link #cancel} may be called from anywhere.
 *
 * @param <T> the element
 */
public final class StepDriver<T extends @Nullable Object> {
    private final AsyncIterator<? extends T> iterator;
    private final @Nullable Executor executor;
    private final Driver<T> driver;

    /** Of the thread that has entered. */
    private @Nullable Ambient ambient;

    /** Of an async generator: the last step, to be used again. */
    private @Nullable Awaitable<? extends T> lastStep;

    /** There was no step to take, or, where this is null, the driver has what the last one came to. */
    private @Nullable Throwable failure;

    private boolean raised;

    /**
     * Makes one.
     *
     * @param iterator what to step
     * @param host is told how steps ended that {@link #step} left open
     * @param executor takes every step that does not begin {@linkplain #stepHere() here}, as {@link Driver#of(Awaitable, Host, Executor)}
     *     needs it; null for the calling thread, and the one that completes what a step awaits
     * @param context what the iterator sees; null for a copy of the current one
     */
    public StepDriver(
            AsyncIterator<? extends T> iterator,
            Host<? super T> host,
            @Nullable Executor executor,
            @Nullable Context context) {
        this.iterator = iterator;
        this.executor = executor;
        this.driver = Driver.ofSteps(context, host, executor);
    }

    /** The calling thread is going to take steps. */
    public void enter() {
        ambient = Ambient.current();
    }

    /**
     * Takes the next step, when the one before has ended.
     *
     * @return true when it has ended, with {@link #takeFailure} or {@link #takeElement}; false when the host is told, perhaps by now
     */
    public boolean step() {
        return step(executor);
    }

    /**
     * As {@link #step()}, for a thread that the executor would choose: the step begins here, and only goes on there.
     *
     * @return as {@link #step()}
     */
    public boolean stepHere() {
        return step(null);
    }

    private boolean step(@Nullable Executor where) {
        Awaitable<? extends T> step;
        try {
            step = nextStep();
        } catch (Throwable error) {
            failure = error;
            return true;
        }
        if (where != null) {
            driver.stepOn(step, where);
            return false;
        }
        Outcome outcome = driver.step(step, Objects.requireNonNull(ambient, "enter() comes first"));
        raised = outcome == Outcome.RAISES;
        return outcome != null;
    }

    @SuppressWarnings("unchecked") // the steps of this very generator
    private Awaitable<? extends T> nextStep() {
        Awaitable<? extends T> step;
        if (iterator instanceof AsyncGeneratorObject<?, ?> generator) {
            Awaitable<? extends T> used = driver.hasBodyToItself() ? lastStep : null;
            step = ((AsyncGeneratorObject<T, ?>) generator).anext((Awaitable<T>) used);
            if (lastStep != step) {
                lastStep = step;
            }
        } else {
            step = iterator.anext();
        }
        if (step == null) {
            throw new TypeError("'async for' received an invalid object from __anext__: NoneType");
        }
        return step;
    }

    /**
     * What the last step that {@link #step} returned true for has raised.
     *
     * @return the exception, or null when there is an element
     */
    public @Nullable Throwable takeFailure() {
        Throwable taken = failure;
        if (taken != null) {
            failure = null;
            return taken;
        }
        return raised ? (Throwable) driver.takeResult() : null;
    }

    /**
     * The element of the last step that {@link #step} returned true for.
     *
     * @return the element
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    public T takeElement() {
        return (T) driver.takeResult();
    }

    /**
     * The context variables that all steps see.
     *
     * @return the iterator's own context, for whoever runs something else in it between two steps; null when it has none
     */
    public @Nullable Context context() {
        return driver.context();
    }

    /** Cancels the step that is under way, if any: the awaited close. The host is told when it has ended. */
    public void cancel() {
        driver.cancel();
    }

    /**
     * Closes the iterator when no step is under way, in the same context.
     *
     * @param host is told when that is over; an iterator that cannot be awaited has been closed by then
     * @throws Exception what an iterator that cannot be awaited throws at its close
     */
    public void close(Host<@Nullable Void> host) throws Exception {
        if (iterator instanceof AsyncGenerator<?, ?> generator) {
            Awaitable<@Nullable Void> close = generator.aclose();
            if (executor == null) {
                start(Driver.of(close, host));
            } else {
                Driver<@Nullable Void> closing = Driver.of(close, host, executor);
                executor.execute(() -> start(closing));
            }
        } else if (iterator instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private void start(Driver<?> closing) {
        Context context = context();
        if (context == null) {
            closing.start();
        } else {
            closing.start(context);
        }
    }
}
