package io.corobridge.drive;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.TypeError;
import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;
import io.corobridge.machine.Steppable;
import org.jspecify.annotations.Nullable;

/**
 * The body {@code co -> co.await(awaitable)}, as a frame: it makes a coroutine of any awaitable without a thread.
 *
 * @param <R> the result
 */
final class AwaitBody<R extends @Nullable Object> implements Coroutine.Body<R>, FrameBody {
    private final Awaitable<? extends R> awaitable;

    private AwaitBody(Awaitable<? extends R> awaitable) {
        this.awaitable = awaitable;
    }

    static Steppable coroutine(Awaitable<?> awaitable) {
        return (Steppable) Coroutine.of("await", new AwaitBody<>(awaitable));
    }

    @Override
    public R run(Co co) {
        throw new IllegalStateException("runs as a frame");
    }

    @Override
    public Frame newFrame() {
        return new Frame() {
            private boolean awaiting;

            @Override
            protected @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
                    throws Throwable {
                if (error != null) {
                    throw error;
                }
                if (!awaiting) {
                    awaiting = true;
                    AwaitIterator<? extends R> iterator = awaitable.awaitIterator();
                    if (iterator == null) {
                        throw new TypeError("__await__() returned non-iterator of type 'NoneType'");
                    }
                    Frames.delegates(exchange, iterator);
                }
                return value;
            }
        };
    }
}
