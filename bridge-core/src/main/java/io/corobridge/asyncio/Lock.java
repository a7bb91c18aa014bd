package io.corobridge.asyncio;

import io.corobridge.AsyncContextManager;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Lock}: held by one task at a time. Use it with {@code co.withVoid(lock, ignored -> ..)}.
 *
 * <p>Fair: who comes first gets it first, and nobody overtakes those who wait (G22). Not reentrant, and not owned: any task may
 * release it. A task that is cancelled while it waits leaves the queue. Belongs to the loop in which somebody first waited for it,
 * and to its thread.
 */
public final class Lock extends LoopBound implements AsyncContextManager<@Nullable Void> {
    private final Waiters waiters = new Waiters();
    private boolean locked;

    /** Makes one that is not held. */
    public Lock() {}

    /**
     * Python's {@code locked()}.
     *
     * @return whether it is held
     */
    public boolean locked() {
        return locked;
    }

    /**
     * Python's {@code acquire()}.
     *
     * @return a coroutine that ends, with true, when the lock is held
     */
    public Coroutine<Boolean> acquire() {
        return Routine.coroutine("Lock.acquire", () -> new Acquire<>(true));
    }

    /**
     * Python's {@code release()}.
     *
     * @throws RuntimeError when it is not held
     */
    public void release() {
        if (!locked) {
            throw new RuntimeError("Lock is not acquired.");
        }
        locked = false;
        waiters.wakeHead();
    }

    @Override
    @SuppressWarnings("NullAway") // the result is @Nullable Void
    public Awaitable<@Nullable Void> aenter() {
        return Routine.<@Nullable Void>coroutine("Lock.__aenter__", () -> new Acquire<>(null));
    }

    @Override
    public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return () -> {
            release();
            return Awaitables.<@Nullable Boolean>ready(false).awaitIterator();
        };
    }

    @Override
    public String toString() {
        return describe(locked ? "locked" : "unlocked", waiters);
    }

    private final class Acquire<R extends @Nullable Object> extends Routine<R> {
        private final R outcome;
        private @Nullable Future<Boolean> waiter;

        Acquire(R outcome) {
            this.outcome = outcome;
        }

        @Override
        protected R step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (waiter != null) {
                waiters.remove(waiter);
                if (error != null) {
                    if (!locked) {
                        // It may have been this one's turn.
                        waiters.wakeHead();
                    }
                    throw error;
                }
            } else if (locked || waiters.isAnyWaiting()) {
                Future<Boolean> queued = waiters.add(boundLoop());
                waiter = queued;
                return awaits(queued);
            }
            locked = true;
            return outcome;
        }
    }
}
