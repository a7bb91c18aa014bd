package io.corobridge.asyncio;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Event}: a flag that tasks can wait for. {@code co.await(event)} and {@code co.await(event.await())} are
 * Python's {@code await event.wait()}: {@code wait()} is a method of every object in Java.
 *
 * <p>Belongs to the loop in which somebody first waited for it, and to its thread.
 */
public final class Event extends LoopBound implements Awaitable<Boolean> {
    private final Waiters waiters = new Waiters();
    private boolean value;

    /** Makes one that is not set. */
    public Event() {}

    /**
     * Python's {@code is_set()}.
     *
     * @return the flag
     */
    public boolean isSet() {
        return value;
    }

    /** Python's {@code set()}: sets the flag, and wakes all who wait. */
    public void set() {
        if (!value) {
            value = true;
            waiters.wakeAll();
        }
    }

    /** Python's {@code clear()}: from now on, who waits waits. Those who were woken go on. */
    public void clear() {
        value = false;
    }

    /**
     * Python's {@code wait()}.
     *
     * @return a coroutine that ends, with true, when the flag is set
     */
    public Coroutine<Boolean> await() {
        return Routine.coroutine("Event.wait", Wait::new);
    }

    @Override
    public AwaitIterator<Boolean> awaitIterator() {
        return await().awaitIterator();
    }

    @Override
    public String toString() {
        return describe(value ? "set" : "unset", waiters);
    }

    private final class Wait extends Routine<Boolean> {
        private @Nullable Future<Boolean> waiter;

        @Override
        protected Boolean step(@Nullable Object ignored, @Nullable Throwable error) throws Throwable {
            if (waiter != null) {
                waiters.remove(waiter);
            } else if (!value) {
                Future<Boolean> queued = waiters.add(boundLoop());
                waiter = queued;
                return awaits(queued);
            }
            if (error != null) {
                throw error;
            }
            return true;
        }
    }
}
