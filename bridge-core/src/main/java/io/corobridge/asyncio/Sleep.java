package io.corobridge.asyncio;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Pending;
import io.corobridge.Routine;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import io.corobridge.engine.Ambient;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Python's {@code sleep}: a timer of the loop that drives the body, or of the JVM when it is driven without one. */
final class Sleep<R extends @Nullable Object> extends Routine<R> {
    private final double delay;
    private final R value;
    private boolean slept;

    private Sleep(double delay, R value) {
        this.delay = delay;
        this.value = value;
    }

    static <R extends @Nullable Object> Coroutine<R> coroutine(double delay, R value) {
        return Routine.coroutine("sleep", () -> new Sleep<>(delay, value));
    }

    @Override
    protected R step(@Nullable Object ignored, @Nullable Throwable error) throws Throwable {
        if (error != null) {
            throw error;
        }
        if (slept) {
            return value;
        }
        slept = true;
        if (Double.isNaN(delay)) {
            throw new ValueError("Invalid delay: NaN (not a number)");
        }
        Awaitable<@Nullable Void> awaited = delay <= 0 ? Once::new : () -> new Timer(delay);
        return awaits(awaited);
    }

    /** A bare yield: gives way to the others once. */
    private static final class Once implements AwaitIterator<@Nullable Void> {
        private boolean yielded;

        @Override
        public @Nullable Object next() {
            if (yielded) {
                throw new StopIteration(null);
            }
            yielded = true;
            return null;
        }
    }

    private static final class Timer extends Pending<@Nullable Void> {
        private final double delay;

        /** Of the loop, and on its thread. */
        private @Nullable ScheduledCall call;

        /** Of the JVM's timer. Written before {@link #release} can be called by the driver; a canceller may miss it, and then it fires in vain. */
        private volatile @Nullable Future<?> alarm;

        Timer(double delay) {
            this.delay = delay;
        }

        @Override
        public Object source() {
            return "sleep(" + delay + ")";
        }

        @Override
        @SuppressWarnings("NullAway") // the result is @Nullable Void
        protected void open() {
            if (Ambient.current().driver() instanceof EventLoop loop) {
                call = loop.callLater(delay, () -> settle(null));
            } else {
                alarm = PumpedLoop.timer(EventLoop.toNanos(delay), () -> settle(null));
            }
        }

        @Override
        protected void release() {
            if (call != null) {
                call.cancel();
            }
            Future<?> running = alarm;
            if (running != null) {
                running.cancel(false);
            }
        }
    }
}
