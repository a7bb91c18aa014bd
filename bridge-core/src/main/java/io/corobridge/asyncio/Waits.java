package io.corobridge.asyncio;

import io.corobridge.Awaitable;
import io.corobridge.CancelledError;
import io.corobridge.Routine;
import io.corobridge.ValueError;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How {@link Asyncio#waitUntil}, {@link Asyncio#waitFor} and {@link Asyncio#shield} wait. */
final class Waits {
    private Waits() {}

    private static void release(Future<@Nullable Void> waiter) {
        if (!waiter.done()) {
            waiter.finish(null, null);
        }
    }

    /** Python's {@code wait}. */
    static final class Until<F extends Future<?>> extends Routine<Waited<F>> {
        private final Set<F> futures;
        private final Asyncio.ReturnWhen returnWhen;
        private final @Nullable Long timeout;
        private final Consumer<Future<?>> callback = this::completed;
        private @Nullable Future<@Nullable Void> waiter;
        private @Nullable ScheduledCall timer;
        private int left;

        Until(Collection<? extends F> futures, Asyncio.ReturnWhen returnWhen, @Nullable Long timeout) {
            this.futures = new LinkedHashSet<>(futures);
            this.returnWhen = returnWhen;
            this.timeout = timeout;
        }

        @Override
        protected Waited<F> step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (waiter == null) {
                return awaits(begin());
            }
            stopTimer();
            for (F future : futures) {
                future.removeDoneCallback(callback);
            }
            if (error != null) {
                throw error;
            }
            Set<F> done = new LinkedHashSet<>();
            Set<F> pending = new LinkedHashSet<>();
            for (F future : futures) {
                (future.done() ? done : pending).add(future);
            }
            return new Waited<>(done, pending);
        }

        private Future<@Nullable Void> begin() {
            if (futures.isEmpty()) {
                throw new ValueError("Set of Tasks/Futures is empty.");
            }
            EventLoop loop = Asyncio.getRunningLoop();
            Future<@Nullable Void> released = loop.createFuture();
            waiter = released;
            if (timeout != null) {
                timer = loop.callAfter(timeout, () -> release(released));
            }
            left = futures.size();
            for (F future : futures) {
                future.addDoneCallback(callback);
            }
            return released;
        }

        private void completed(Future<?> future) {
            left--;
            boolean enough = switch (returnWhen) {
                case FIRST_COMPLETED -> true;
                case FIRST_EXCEPTION -> !future.cancelled() && future.failure() != null;
                case ALL_COMPLETED -> false;
            };
            if (left <= 0 || enough) {
                stopTimer();
                release(Objects.requireNonNull(waiter));
            }
        }

        private void stopTimer() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    /** Python's {@code wait_for}. */
    static final class For<R extends @Nullable Object> extends Routine<R> {
        private final Awaitable<R> awaitable;
        private final @Nullable Long delay;
        private @Nullable Timeout timeout;
        private @Nullable Future<R> cancelled;
        private @Nullable Future<@Nullable Void> waiter;
        private final Consumer<Future<?>> callback = done -> release(Objects.requireNonNull(waiter));

        For(Awaitable<R> awaitable, @Nullable Long delay) {
            this.awaitable = awaitable;
            this.delay = delay;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
        protected R step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (timeout != null) {
                TimeoutException timedOut = timeout.exit(error);
                if (timedOut != null) {
                    throw timedOut;
                }
                if (error != null) {
                    throw error;
                }
                return (R) value;
            }
            if (waiter != null) {
                return cancelledAndWaited(error);
            }
            if (delay != null && delay <= 0) {
                return cancelAtOnce();
            }
            Timeout entered = Asyncio.timeoutNanos(delay);
            entered.enter();
            timeout = entered;
            return awaits(awaitable);
        }

        /** Without time, a coroutine never starts, and what is done already is taken. */
        private R cancelAtOnce() {
            Future<R> future = Asyncio.ensureFuture(awaitable);
            cancelled = future;
            if (future.done()) {
                return future.result();
            }
            Future<@Nullable Void> released = future.getLoop().createFuture();
            waiter = released;
            future.addDoneCallback(callback);
            future.cancel();
            return awaits(released);
        }

        private R cancelledAndWaited(@Nullable Throwable error) throws Throwable {
            Future<R> future = Objects.requireNonNull(cancelled);
            future.removeDoneCallback(callback);
            if (error != null) {
                throw error;
            }
            try {
                return future.result();
            } catch (CancelledError e) {
                throw Timeout.timedOut(e);
            }
        }
    }

    /** Python's {@code shield}. */
    static <R extends @Nullable Object> Future<R> shield(Awaitable<R> awaitable) {
        Future<R> inner = Asyncio.ensureFuture(awaitable);
        if (inner.done()) {
            return inner;
        }
        Future<R> outer = inner.getLoop().createFuture();
        Consumer<Future<R>> innerDone = done -> copy(done, outer);
        inner.addDoneCallback(innerDone);
        outer.addDoneCallback(done -> {
            if (!inner.done()) {
                inner.removeDoneCallback(innerDone);
            }
        });
        return outer;
    }

    private static <R extends @Nullable Object> void copy(Future<R> inner, Future<R> outer) {
        if (outer.cancelled()) {
            if (!inner.cancelled()) {
                inner.retrieved();
            }
        } else if (inner.cancelled()) {
            outer.cancel();
        } else {
            Throwable failure = inner.failure();
            outer.finish(failure == null ? inner.value() : null, failure);
        }
    }
}
