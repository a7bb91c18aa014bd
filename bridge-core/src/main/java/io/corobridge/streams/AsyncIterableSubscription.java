package io.corobridge.streams;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Context;
import io.corobridge.StopAsyncIteration;
import io.corobridge.TypeError;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import io.corobridge.drive.Runs;
import io.corobridge.drive.StepDriver;
import io.corobridge.engine.Rethrow;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One subscriber's run of an async iterator: a step for each element that is requested, one at a time, all of them in one
 * {@link Context}.
 *
 * <p>Everything that happens goes through {@link #drain}, which one thread at a time runs; {@link #wip} counts who else asked for
 * it meanwhile, and publishes the plain fields. A step that ends within the call is dealt with at once; one that ends later leaves its
 * outcome first and says so with {@link #stepping} then. What the subscriber or a hook throws is thrown on when everything is
 * closed. {@link #discard} and {@link #drop} are for hosts that have hooks.
 *
 * @param <T> the element
 */
public class AsyncIterableSubscription<T> implements Subscription, Host<T> {
    private static final AtomicLongFieldUpdater<AsyncIterableSubscription<?>> REQUESTED = requestedUpdater();
    private static final AtomicIntegerFieldUpdater<AsyncIterableSubscription<?>> WIP = updater("wip");
    private static final AtomicIntegerFieldUpdater<AsyncIterableSubscription<?>> STEPPING = updater("stepping");

    private final Subscriber<? super T> downstream;
    private final StepDriver<T> driver;

    /** An iterator that has raised needs no close. */
    private final boolean endsClosed;

    @SuppressWarnings("unused") // by REQUESTED
    private volatile long requested;

    @SuppressWarnings("unused") // by WIP
    private volatile int wip;

    /** 1 while a step is under way; its end publishes the outcome. */
    private volatile int stepping;

    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException badRequest;

    /** How many were signalled that {@link #requested} still counts. */
    private long emitted;

    /** The outcome is in one of these. */
    private boolean hasElement;

    private @Nullable T element;
    private @Nullable Throwable failure;

    private boolean terminated;
    private boolean closed;

    /**
     * Makes one. The caller hands it to the subscriber's {@code onSubscribe}.
     *
     * @param downstream gets the signals
     * @param iterator what to step; closed when the subscription is cancelled
     * @throws TypeError when there is no iterator
     */
    public AsyncIterableSubscription(Subscriber<? super T> downstream, AsyncIterator<? extends T> iterator) {
        this(downstream, iterator, null, null);
    }

    /**
     * Makes one that steps and closes on an executor, or in a context. The caller hands it to the subscriber's {@code onSubscribe}.
     *
     * @param downstream gets the signals
     * @param iterator what to step; closed when the subscription is cancelled
     * @param executor takes every step, as {@link Driver#of(Awaitable, Host, Executor)} needs it; null for the thread that has the
     *     demand or the outcome
     * @param context what the iterator sees; null for a copy of the current one
     * @throws TypeError when there is no iterator
     */
    @SuppressWarnings("this-escape") // the driver tells this object nothing before it is given a step
    public AsyncIterableSubscription(
            Subscriber<? super T> downstream,
            AsyncIterator<? extends T> iterator,
            @Nullable Executor executor,
            @Nullable Context context) {
        this.downstream = downstream;
        if (iterator == null) {
            throw new TypeError(
                    "'async for' received an object from __aiter__ that does not implement __anext__: NoneType");
        }
        this.endsClosed = iterator instanceof AsyncGenerator;
        this.driver = new StepDriver<>(iterator, this, executor, context);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicLongFieldUpdater<AsyncIterableSubscription<?>> requestedUpdater() {
        return (AtomicLongFieldUpdater) AtomicLongFieldUpdater.newUpdater(AsyncIterableSubscription.class, "requested");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<AsyncIterableSubscription<?>> updater(String field) {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(AsyncIterableSubscription.class, field);
    }

    /**
     * How each subscription gets its iterator: of an async generator each run is a new object, any other iterable knows how to
     * begin anew.
     *
     * @param <T> the element
     * @param iterable what is subscribed to
     * @return called once for each subscription; it may throw, which is then the subscriber's {@code onError}
     */
    public static <T> Supplier<AsyncIterator<? extends T>> runs(AsyncIterable<? extends T> iterable) {
        if (iterable instanceof AsyncGenerator<? extends T, ?> generator) {
            Runs<? extends AsyncGenerator<? extends T, ?>> runs = Runs.of(generator);
            return runs::get;
        }
        return iterable::aiter;
    }

    /**
     * Called for an element that reaches nobody, because the subscription was cancelled.
     *
     * @param dropped the element
     */
    protected void discard(T dropped) {}

    /**
     * Called for an error that reaches nobody, because the subscription was cancelled or the subscriber threw it. What this
     * method throws goes on to whoever has cancelled, requested or completed an await, when everything is closed.
     *
     * @param dropped the error
     */
    protected void drop(Throwable dropped) {
        Dropped.report(dropped);
    }

    /**
     * Signals an element.
     *
     * @param next the element
     * @return false when the subscriber has no use for it, so that it takes nothing off the demand
     */
    protected boolean signal(T next) {
        downstream.onNext(next);
        return true;
    }

    /**
     * Called before an error is signalled; a host that wants some errors thrown instead of signalled throws them here.
     *
     * @param error what the iterator raised
     */
    protected void checkFatal(Throwable error) {}

    /**
     * The demand that is not met yet.
     *
     * @return how many elements, an estimate while some are signalled
     */
    protected final long requested() {
        long current = requested;
        return current == Long.MAX_VALUE ? current : current - emitted;
    }

    /**
     * Whether nobody wants signals any more.
     *
     * @return true after {@link #cancel()}, and after the subscriber has thrown something
     */
    protected final boolean isCancelled() {
        return cancelled;
    }

    /**
     * Whether there was a terminal signal.
     *
     * @return true after it
     */
    protected final boolean isTerminated() {
        return terminated;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badRequest = Demand.refused(n);
        } else if (REQUESTED.getAndAccumulate(this, n, Demand::add) != 0) {
            // Whoever meets the demand that was there before meets this too.
            return;
        }
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        driver.cancel();
        drain();
    }

    @Override
    public void returned(T result) {
        element = result;
        hasElement = true;
        stepping = 0;
        drain();
    }

    @Override
    public void raised(Throwable error) {
        failure = error;
        stepping = 0;
        drain();
    }

    @Override
    public void cancelled(@Nullable T result, @Nullable Throwable error) {
        element = result;
        hasElement = result != null;
        failure = error;
        stepping = 0;
        drain();
    }

    private void drain() {
        if (WIP.getAndIncrement(this) != 0) {
            return;
        }
        int missed = 1;
        Throwable thrown = null;
        do {
            boolean more = true;
            while (more) {
                try {
                    more = advance();
                } catch (Throwable error) {
                    cancelled = true;
                    thrown = thrown == null ? error : thrown;
                }
            }
            missed = WIP.addAndGet(this, -missed);
        } while (missed != 0);
        if (thrown != null) {
            throw Rethrow.asIs(thrown);
        }
    }

    /** Does the next thing there is to do. Returns false when there is nothing until something else happens. */
    private boolean advance() {
        if (cancelled || terminated) {
            return shutDown();
        }
        IllegalArgumentException refused = badRequest;
        if (refused != null) {
            terminate(refused);
            return true;
        }
        if (stepping != 0) {
            return false;
        }
        if (hasElement) {
            T value = element;
            element = null;
            hasElement = false;
            emit(value);
            return true;
        }
        if (failure != null) {
            end(failure);
            return true;
        }
        if (!hasDemand()) {
            return false;
        }
        stepWhileThereIsDemand();
        return true;
    }

    private boolean hasDemand() {
        if (requested != emitted) {
            return true;
        }
        long met = emitted;
        emitted = 0;
        return met != 0 && REQUESTED.addAndGet(this, -met) != 0;
    }

    /** Steps and signals, for as long as steps end at once. */
    private void stepWhileThereIsDemand() {
        boolean left = false;
        driver.enter();
        // Nobody but this thread looks at it before a step has ended elsewhere, which publishes it.
        STEPPING.lazySet(this, 1);
        try {
            do {
                if (!driver.step()) {
                    left = true;
                    return;
                }
                Throwable raised = driver.takeFailure();
                if (raised != null) {
                    failure = raised;
                    return;
                }
                T next = driver.takeElement();
                if (isStopped()) {
                    element = next;
                    hasElement = true;
                    return;
                }
                emit(next);
            } while (!isStopped() && hasDemand());
        } finally {
            if (!left) {
                STEPPING.lazySet(this, 0);
            }
        }
    }

    private boolean isStopped() {
        return cancelled || terminated || badRequest != null;
    }

    private void emit(@Nullable T value) {
        if (value == null) {
            terminate(Demand.nullYielded());
            return;
        }
        try {
            if (signal(value)) {
                emitted++;
            }
        } catch (Throwable error) {
            // §2.13 forbids it; the body is closed, and is not to blame.
            cancelled = true;
            drop(error);
        }
    }

    private void end(Throwable error) {
        failure = null;
        terminated = true;
        closed = endsClosed;
        if (error instanceof StopAsyncIteration) {
            downstream.onComplete();
        } else {
            checkFatal(error);
            downstream.onError(error);
        }
    }

    /** The subscriber gets this error and nothing else; the iterator is still to be closed. */
    private void terminate(RuntimeException error) {
        terminated = true;
        downstream.onError(error);
    }

    /** Closes the step that is under way, then the iterator; a step at a time, as they end. */
    private boolean shutDown() {
        if (stepping != 0) {
            driver.cancel();
            return false;
        }
        if (hasElement) {
            T value = element;
            element = null;
            hasElement = false;
            if (value != null) {
                discard(value);
            }
        }
        Throwable late = failure;
        failure = null;
        if (late != null && !(late instanceof StopAsyncIteration)) {
            drop(late);
        }
        if (!closed) {
            closed = true;
            try {
                driver.close(new Closing());
            } catch (Throwable error) {
                drop(error);
            }
        }
        return false;
    }

    /** Nobody waits for the end of the clean-up; only its failure is told. */
    private final class Closing implements Host<@Nullable Void> {
        @Override
        public void returned(@Nullable Void result) {}

        @Override
        public void raised(Throwable error) {
            // An async generator whose close was begun by its own body raises this (D11).
            if (!(error instanceof StopAsyncIteration)) {
                drop(error);
            }
        }

        @Override
        public void cancelled(@Nullable Void result, @Nullable Throwable error) {}
    }
}
