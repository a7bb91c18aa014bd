package io.corobridge.streams;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.StopAsyncIteration;
import io.corobridge.TypeError;
import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import io.corobridge.drive.Runs;
import io.corobridge.engine.Rethrow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One subscriber's run of an async iterator: a step for each element that is requested, one at a time.
 *
 * <p>Everything that happens goes through {@link #drain}, which one thread at a time runs; {@link #wip} counts who else asked for
 * it meanwhile, and publishes the plain fields. A step that ends on another thread leaves its outcome first and says so with
 * {@link #stepping} then. What the subscriber or a hook throws is thrown on when everything is closed. {@link #discard} and
 * {@link #drop} are for hosts that have hooks.
 *
 * @param <T> the element
 */
public class AsyncIterableSubscription<T> implements Subscription, Host<T> {
    private final Subscriber<? super T> downstream;
    private final AsyncIterator<? extends T> iterator;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger wip = new AtomicInteger();

    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException badRequest;

    /** A step is under way; its end publishes the outcome. */
    private volatile boolean stepping;

    /** The outcome is in one of these. */
    private boolean hasElement;

    private @Nullable T element;
    private @Nullable Throwable failure;

    /** Of the last step; read by whoever cancels while that step keeps {@link #drain} busy. */
    private volatile @Nullable Driver<T> driver;

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
        this.downstream = downstream;
        if (iterator == null) {
            throw new TypeError(
                    "'async for' received an object from __aiter__ that does not implement __anext__: NoneType");
        }
        this.iterator = iterator;
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
     * Called before an error is signalled; a host that wants some errors thrown instead of signalled throws them here.
     *
     * @param error what the iterator raised
     */
    protected void checkFatal(Throwable error) {}

    @Override
    public void request(long n) {
        if (n <= 0) {
            badRequest = new IllegalArgumentException("§3.9: request(" + n + "), but n must be positive");
        } else {
            requested.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        }
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        Driver<T> current = driver;
        if (current != null) {
            current.cancel();
        }
        drain();
    }

    @Override
    public void returned(T result) {
        element = result;
        hasElement = true;
        stepping = false;
        drain();
    }

    @Override
    public void raised(Throwable error) {
        failure = error;
        stepping = false;
        drain();
    }

    @Override
    public void cancelled(@Nullable T result, @Nullable Throwable error) {
        element = result;
        hasElement = result != null;
        failure = error;
        stepping = false;
        drain();
    }

    private void drain() {
        if (wip.getAndIncrement() != 0) {
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
            missed = wip.addAndGet(-missed);
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
        if (stepping) {
            return false;
        }
        if (hasElement) {
            emit();
            return true;
        }
        if (failure != null) {
            end(failure);
            return true;
        }
        if (requested.get() == 0) {
            return false;
        }
        step();
        return true;
    }

    private void step() {
        stepping = true;
        Awaitable<? extends T> step;
        try {
            step = iterator.anext();
            if (step == null) {
                throw new TypeError("'async for' received an invalid object from __anext__: NoneType");
            }
        } catch (Throwable error) {
            stepping = false;
            failure = error;
            return;
        }
        Driver<T> next = Driver.of(step, this);
        driver = next;
        next.start();
    }

    private void emit() {
        T value = takeElement();
        if (value == null) {
            terminate(new NullPointerException("a null was yielded: Reactive Streams has no null elements (§2.13)"));
            return;
        }
        if (requested.get() != Long.MAX_VALUE) {
            requested.decrementAndGet();
        }
        try {
            downstream.onNext(value);
        } catch (Throwable error) {
            // §2.13 forbids it; the body is closed, and is not to blame.
            cancelled = true;
            drop(error);
        }
    }

    private @Nullable T takeElement() {
        T value = element;
        element = null;
        hasElement = false;
        return value;
    }

    private void end(Throwable error) {
        failure = null;
        terminated = true;
        closed = iterator instanceof AsyncGenerator;
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
        if (stepping) {
            Driver<T> current = driver;
            if (current != null) {
                current.cancel();
            }
            return false;
        }
        if (hasElement) {
            T value = takeElement();
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
            closeIterator();
        }
        return false;
    }

    private void closeIterator() {
        try {
            if (iterator instanceof AsyncGenerator<?, ?> generator) {
                Driver.<@Nullable Void>of(generator.aclose(), new Closing()).start();
            } else if (iterator instanceof AutoCloseable closeable) {
                closeable.close();
            }
        } catch (Throwable error) {
            drop(error);
        }
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
