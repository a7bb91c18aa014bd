package io.corobridge.asyncio;

import io.corobridge.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Handle} and {@code TimerHandle}: a callback that a loop is going to call, and that can be cancelled.
 * (What is called a handle here is what a body suspends with.) Belongs to the loop's thread.
 */
public final class ScheduledCall extends Entry implements Comparable<ScheduledCall> {
    private final EventLoop loop;
    private final long nanos;
    private final long number;
    private @Nullable Runnable callback;

    /** Whether it waits for its time. */
    boolean waits;

    ScheduledCall(EventLoop loop, Runnable callback, Context context, long nanos, long number) {
        super(context);
        this.loop = loop;
        this.callback = Objects.requireNonNull(callback, "callback");
        this.nanos = nanos;
        this.number = number;
    }

    /** Keeps the callback from being called. A second time it does nothing. */
    public void cancel() {
        if (callback != null) {
            callback = null;
            if (waits) {
                loop.schedule().timerCancelled();
            }
        }
    }

    /**
     * Python's {@code cancelled()}.
     *
     * @return whether it will not be called, because it was cancelled or has been called
     */
    public boolean cancelled() {
        return callback == null;
    }

    /**
     * Python's {@code when()}.
     *
     * @return the time of the loop, in seconds, at which it is due
     */
    public double when() {
        return loop.seconds(nanos);
    }

    long nanos() {
        return nanos;
    }

    @Override
    void call() {
        Runnable due = callback;
        if (due == null) {
            return;
        }
        callback = null;
        try {
            due.run();
        } catch (Throwable error) {
            Fatal.rethrow(error);
            loop.callExceptionHandler(new ExceptionContext("Exception in callback " + due, error, null));
        }
    }

    /** By time; of those at the same time, the one that was made first. */
    @Override
    public int compareTo(ScheduledCall other) {
        int byTime = Long.compare(nanos, other.nanos);
        return byTime != 0 ? byTime : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "<ScheduledCall when=" + when() + (callback == null ? " cancelled" : " " + callback) + ">";
    }
}
