package io.corobridge.asyncio;

import io.corobridge.AsyncContextManager;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Condition}: tasks that hold a lock wait until another one says that something has changed.
 *
 * <p>Python's {@code wait}, {@code wait_for}, {@code notify} and {@code notify_all} are called as in
 * {@code java.util.concurrent.locks.Condition}: {@link #await()}, {@link #awaitUntil}, {@link #signal()} and {@link #signalAll()}, since
 * every object in Java has a {@code wait} and a {@code notify}. Waiting may end for no reason. Belongs to the loop's thread.
 */
public final class Condition extends LoopBound implements AsyncContextManager<@Nullable Void>, Awaitable<Boolean> {
    private final Waiters waiters = new Waiters();
    private final Lock lock;

    /** Makes one with a lock of its own. */
    public Condition() {
        this(new Lock());
    }

    /**
     * Makes one with a lock that may be shared.
     *
     * @param lock held by who waits or signals
     */
    public Condition(Lock lock) {
        this.lock = Objects.requireNonNull(lock, "lock");
    }

    /**
     * Python's {@code locked()}.
     *
     * @return whether the lock is held
     */
    public boolean locked() {
        return lock.locked();
    }

    /**
     * Python's {@code acquire()}.
     *
     * @return a coroutine that ends, with true, when the lock is held
     */
    public Coroutine<Boolean> acquire() {
        return lock.acquire();
    }

    /**
     * Python's {@code release()}.
     *
     * @throws RuntimeError when the lock is not held
     */
    public void release() {
        lock.release();
    }

    @Override
    public Awaitable<@Nullable Void> aenter() {
        return lock.aenter();
    }

    @Override
    public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return lock.aexit(error);
    }

    /**
     * Python's {@code wait()}: lets go of the lock, waits for a signal, and takes the lock again, also when it is cancelled.
     *
     * @return a coroutine that ends, with true, after a signal; a {@link RuntimeError} at the await when the lock is not held
     */
    public Coroutine<Boolean> await() {
        return Routine.coroutine("Condition.wait", Wait::new);
    }

    @Override
    public AwaitIterator<Boolean> awaitIterator() {
        return await().awaitIterator();
    }

    /**
     * Python's {@code wait_for(predicate)}: waits until something is true.
     *
     * @param predicate asked at first and after each signal, with the lock held
     * @return a coroutine that ends with true
     */
    public Coroutine<Boolean> awaitUntil(BooleanSupplier predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return Routine.coroutine("Condition.wait_for", () -> new WaitUntil(predicate));
    }

    /**
     * Python's {@code notify()}: wakes one task.
     *
     * @throws RuntimeError when the lock is not held
     */
    public void signal() {
        signal(1);
    }

    /**
     * Python's {@code notify(n)}.
     *
     * @param count how many are woken at most
     * @throws RuntimeError when the lock is not held
     */
    public void signal(int count) {
        if (!locked()) {
            throw new RuntimeError("cannot notify on un-acquired lock");
        }
        wake(count);
    }

    /**
     * Python's {@code notify_all()}.
     *
     * @throws RuntimeError when the lock is not held
     */
    public void signalAll() {
        signal(waiters.size());
    }

    private void wake(int count) {
        for (int i = 0; i < count; i++) {
            if (!waiters.wakeNext()) {
                return;
            }
        }
    }

    @Override
    public String toString() {
        return describe(locked() ? "locked" : "unlocked", waiters);
    }

    private final class Wait extends Routine<Boolean> {
        private @Nullable Future<Boolean> waiter;
        private boolean acquiring;
        private @Nullable Throwable failure;

        @Override
        protected Boolean step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (waiter == null) {
                if (!locked()) {
                    throw new RuntimeError("cannot wait on un-acquired lock");
                }
                Future<Boolean> queued = waiters.add(boundLoop());
                waiter = queued;
                release();
                return awaits(queued);
            }
            if (error != null) {
                failure = error;
            }
            if (!acquiring) {
                acquiring = true;
                waiters.remove(waiter);
                return awaits(acquire());
            }
            if (error instanceof CancelledError) {
                return awaits(acquire());
            }
            if (failure != null) {
                // The signal may have been meant for this one; another one gets it.
                wake(1);
                throw failure;
            }
            return true;
        }
    }

    private final class WaitUntil extends Routine<Boolean> {
        private final BooleanSupplier predicate;

        WaitUntil(BooleanSupplier predicate) {
            this.predicate = predicate;
        }

        @Override
        protected Boolean step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            if (predicate.getAsBoolean()) {
                return true;
            }
            return awaits(await());
        }
    }
}
