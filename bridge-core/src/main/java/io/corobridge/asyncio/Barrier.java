package io.corobridge.asyncio;

import io.corobridge.AsyncContextManager;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.ValueError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Barrier}: so many tasks wait for each other, again and again. {@code co.await(barrier)} and
 * {@code co.await(barrier.await())} are Python's {@code await barrier.wait()}.
 *
 * <p>Who comes while the tasks of the last round are leaving waits until they have. Belongs to the loop's thread.
 */
public final class Barrier extends LoopBound implements AsyncContextManager<Integer>, Awaitable<Integer> {
    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private final Condition changed = new Condition();
    private final int parties;
    private State state = State.FILLING;
    private int count;

    /**
     * Makes one.
     *
     * @param parties how many tasks wait for each other
     * @throws ValueError when there are none
     */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new ValueError("parties must be > 0");
        }
        this.parties = parties;
    }

    /**
     * Python's {@code parties}.
     *
     * @return how many tasks wait for each other
     */
    public int parties() {
        return parties;
    }

    /**
     * Python's {@code n_waiting}.
     *
     * @return how many are waiting for the others
     */
    public int waiting() {
        return state == State.FILLING ? count : 0;
    }

    /**
     * Python's {@code broken}.
     *
     * @return whether it was aborted
     */
    public boolean broken() {
        return state == State.BROKEN;
    }

    /**
     * Python's {@code wait()}.
     *
     * @return a coroutine that ends when all have come, with a number from 0 that is another one for each; a
     *     {@link BrokenBarrierError} at the await when the barrier is aborted or reset
     */
    public Coroutine<Integer> await() {
        return Routine.coroutine("Barrier.wait", Wait::new);
    }

    @Override
    public AwaitIterator<Integer> awaitIterator() {
        return await().awaitIterator();
    }

    @Override
    public Awaitable<Integer> aenter() {
        return await();
    }

    @Override
    public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return Awaitables.<@Nullable Boolean>ready(false);
    }

    /**
     * Python's {@code reset()}: those who wait get a {@link BrokenBarrierError}, and the barrier is as new.
     *
     * @return a coroutine
     */
    public Coroutine<@Nullable Void> reset() {
        return Routine.coroutine(
                "Barrier.reset",
                () -> new Change(() -> {
                    if (count == 0) {
                        state = State.FILLING;
                    } else {
                        state = State.RESETTING;
                    }
                }));
    }

    /**
     * Python's {@code abort()}: those who wait, and who come later, get a {@link BrokenBarrierError}.
     *
     * @return a coroutine
     */
    public Coroutine<@Nullable Void> abort() {
        return Routine.coroutine("Barrier.abort", () -> new Change(() -> state = State.BROKEN));
    }

    @Override
    public String toString() {
        String info =
                state.name().toLowerCase(Locale.ROOT) + (broken() ? "" : ", waiters:" + waiting() + "/" + parties);
        return "<Barrier object at 0x" + Integer.toHexString(System.identityHashCode(this)) + " [" + info + "]>";
    }

    /** Changes the state with the lock held, and tells everybody. */
    private final class Change extends Routine<@Nullable Void> {
        private final Runnable change;
        private boolean acquired;

        Change(Runnable change) {
            this.change = change;
        }

        @Override
        @SuppressWarnings("NullAway") // the result is @Nullable Void
        protected Void step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            if (!acquired) {
                acquired = true;
                return awaits(changed.acquire());
            }
            change.run();
            changed.signalAll();
            changed.release();
            return null;
        }
    }

    private final class Wait extends Routine<Integer> {
        private enum At {
            START,
            LOCK,
            LAST_ROUND,
            OTHERS
        }

        private At at = At.START;
        private int index;

        @Override
        protected Integer step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            switch (at) {
                case START:
                    at = At.LOCK;
                    return awaits(changed.acquire());
                case LOCK:
                    if (error != null) {
                        throw error;
                    }
                    at = At.LAST_ROUND;
                    return awaits(changed.awaitUntil(() -> state != State.DRAINING && state != State.RESETTING));
                case LAST_ROUND:
                    return arrive(error);
                default:
                    return leave(
                            error == null && (state == State.BROKEN || state == State.RESETTING)
                                    ? new BrokenBarrierError("Abort or reset of barrier")
                                    : error);
            }
        }

        private Integer arrive(@Nullable Throwable error) throws Throwable {
            Throwable failure =
                    error == null && state == State.BROKEN ? new BrokenBarrierError("Barrier aborted") : error;
            if (failure != null) {
                changed.release();
                throw failure;
            }
            index = count++;
            if (count < parties) {
                at = At.OTHERS;
                return awaits(changed.awaitUntil(() -> state != State.FILLING));
            }
            state = State.DRAINING;
            changed.signalAll();
            return leave(null);
        }

        private Integer leave(@Nullable Throwable error) throws Throwable {
            count--;
            if (count == 0) {
                if (state == State.RESETTING || state == State.DRAINING) {
                    state = State.FILLING;
                }
                changed.signalAll();
            }
            changed.release();
            if (error != null) {
                throw error;
            }
            return index;
        }
    }
}
