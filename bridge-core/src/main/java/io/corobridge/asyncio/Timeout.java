package io.corobridge.asyncio;

import io.corobridge.AsyncContextManager;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.CancelledError;
import io.corobridge.RuntimeError;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Timeout}: cancels the task that is inside it when its time has come, and turns that
 * {@link CancelledError} into a {@link TimeoutException}, whose cause it is, at the end of the block. Made by
 * {@link Asyncio#timeout}.
 *
 * <p>Single use. A cancel by others goes through as it is. What else the block raises after the time has come goes through too; a
 * block that swallows the error ends as if nothing had happened. Works in every task, and so under every driver.
 */
public final class Timeout implements AsyncContextManager<Timeout> {
    private enum State {
        CREATED,
        ACTIVE,
        EXPIRING,
        EXPIRED,
        FINISHED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Gives the moment, by the loop's clock in nanoseconds, when the block is entered; null for never. */
    @FunctionalInterface
    interface Deadline {
        @Nullable
        Long nanos(EventLoop loop);
    }

    private final Deadline deadline;
    private State state = State.CREATED;
    private @Nullable EventLoop loop;
    private @Nullable Long when;
    private @Nullable Task<?> task;
    private int cancelling;
    private @Nullable ScheduledCall call;

    Timeout(Deadline deadline) {
        this.deadline = deadline;
    }

    /**
     * Python's {@code when()}.
     *
     * @return the moment, by the {@linkplain EventLoop#time() time} of the loop, or null for never or before the block is entered
     */
    public @Nullable Double when() {
        return loop == null || when == null ? null : loop.seconds(when);
    }

    /**
     * Python's {@code reschedule(when)}.
     *
     * @param moment by the time of the loop; null for never
     * @throws RuntimeError when the block is not running, or the time has come
     */
    public void reschedule(@Nullable Double moment) {
        if (state == State.CREATED) {
            throw new RuntimeError("Timeout has not been entered");
        }
        if (state != State.ACTIVE) {
            throw new RuntimeError("Cannot change state of " + state.word() + " Timeout");
        }
        schedule(moment == null ? null : EventLoop.toNanos(moment));
    }

    private void schedule(@Nullable Long moment) {
        EventLoop running = Objects.requireNonNull(loop);
        when = moment;
        if (call != null) {
            call.cancel();
        }
        if (moment == null) {
            call = null;
        } else if (moment <= running.nanos()) {
            call = running.callSoon(this::expire);
        } else {
            call = running.callAtNanos(moment, this::expire);
        }
    }

    /**
     * Python's {@code expired()}.
     *
     * @return whether its time came while the block ran
     */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    @Override
    public Awaitable<Timeout> aenter() {
        return () -> {
            enter();
            return Awaitables.ready(this).awaitIterator();
        };
    }

    /** Python's {@code __aenter__}, for who does not await. */
    void enter() {
        if (state != State.CREATED) {
            throw new RuntimeError("Timeout has already been entered");
        }
        EventLoop running = Asyncio.getRunningLoop();
        Task<?> current = running.currentTask();
        if (current == null) {
            throw new RuntimeError("Timeout should be used inside a task");
        }
        state = State.ACTIVE;
        loop = running;
        task = current;
        cancelling = current.cancelling();
        schedule(deadline.nanos(running));
    }

    private void expire() {
        call = null;
        state = State.EXPIRING;
        Objects.requireNonNull(task).cancel();
    }

    @Override
    public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
        return () -> {
            TimeoutException timedOut = exit(error);
            return timedOut != null
                    ? Awaitables.<Boolean>failed(timedOut).awaitIterator()
                    : Awaitables.<@Nullable Boolean>ready(false).awaitIterator();
        };
    }

    /** Python's {@code __aexit__}, for who does not await. Returns what is to be raised in the place of the error. */
    @Nullable
    TimeoutException exit(@Nullable Throwable error) {
        if (call != null) {
            call.cancel();
            call = null;
        }
        if (state == State.EXPIRING) {
            state = State.EXPIRED;
            if (Objects.requireNonNull(task).uncancel() <= cancelling && error instanceof CancelledError) {
                return timedOut(error);
            }
        } else if (state == State.ACTIVE) {
            state = State.FINISHED;
        }
        return null;
    }

    static TimeoutException timedOut(Throwable cause) {
        TimeoutException timedOut = new TimeoutException();
        timedOut.initCause(cause);
        return timedOut;
    }

    @Override
    public String toString() {
        Double moment = when();
        String rounded = moment == null ? "None" : String.valueOf(Math.round(moment * 1000) / 1000.0);
        String info = state == State.ACTIVE ? " when=" + rounded : "";
        return "<Timeout [" + state.word() + "]" + info + ">";
    }
}
