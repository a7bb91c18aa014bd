package io.corobridge.asyncio;

import io.corobridge.AsyncContextManager;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.ValueError;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Semaphore}: held by so many tasks at a time. Use it with {@code co.withVoid(semaphore, ignored -> ..)}.
 *
 * <p>Fair, as {@link Lock} is. Belongs to the loop in which somebody first waited for it, and to its thread.
 */
public sealed class Semaphore extends LoopBound implements AsyncContextManager<@Nullable Void>
        permits BoundedSemaphore {
    private final Waiters waiters = new Waiters();
    private int value;

    /** Makes one that one task can hold. */
    public Semaphore() {
        this(1);
    }

    /**
     * Makes one.
     *
     * @param value how many tasks can hold it
     * @throws ValueError when it is negative
     */
    public Semaphore(int value) {
        if (value < 0) {
            throw new ValueError("Semaphore initial value must be >= 0");
        }
        this.value = value;
    }

    final int value() {
        return value;
    }

    /**
     * Python's {@code locked()}.
     *
     * @return whether who wants it now has to wait
     */
    public final boolean locked() {
        return value == 0 || waiters.isAnyWaiting();
    }

    /**
     * Python's {@code acquire()}.
     *
     * @return a coroutine that ends, with true, when it is held
     */
    public final Coroutine<Boolean> acquire() {
        return Routine.coroutine("Semaphore.acquire", () -> new Acquire<>(true));
    }

    /** Python's {@code release()}: one more may hold it. */
    public void release() {
        value++;
        wakeNext();
    }

    private boolean wakeNext() {
        boolean woken = waiters.wakeNext();
        if (woken) {
            // Taken on behalf of the one that is woken, so that nobody can overtake it.
            value--;
        }
        return woken;
    }

    @Override
    @SuppressWarnings("NullAway") // the result is @Nullable Void
    public final Awaitable<@Nullable Void> aenter() {
        return Routine.<@Nullable Void>coroutine("Semaphore.__aenter__", () -> new Acquire<>(null));
    }

    @Override
    public final Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return () -> {
            release();
            return Awaitables.<@Nullable Boolean>ready(false).awaitIterator();
        };
    }

    @Override
    public final String toString() {
        return describe(locked() ? "locked" : "unlocked, value:" + value, waiters);
    }

    private final class Acquire<R extends @Nullable Object> extends Routine<R> {
        private final R outcome;
        private @Nullable Future<Boolean> waiter;

        Acquire(R outcome) {
            this.outcome = outcome;
        }

        @Override
        protected R step(@Nullable Object ignored, @Nullable Throwable error) throws Throwable {
            Future<Boolean> queued = waiter;
            if (queued == null) {
                if (!locked()) {
                    value--;
                    return outcome;
                }
                queued = waiters.add(boundLoop());
                waiter = queued;
                return awaits(queued);
            }
            waiters.remove(queued);
            if (error != null && queued.done() && !queued.cancelled()) {
                value++;
            }
            boolean more = value > 0;
            while (more) {
                more = wakeNext() && value > 0;
            }
            if (error != null) {
                throw error;
            }
            return outcome;
        }
    }
}
