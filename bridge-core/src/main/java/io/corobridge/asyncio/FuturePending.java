package io.corobridge.asyncio;

import io.corobridge.Pending;
import io.corobridge.machine.StandsForBodies;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The await of a future that is not done. A task knows it and adds itself to the future; any other driver starts it, perhaps on
 * another thread, and detaches from the future when it gives up.
 */
final class FuturePending<R extends @Nullable Object> extends Pending<R> implements StandsForBodies {
    private final Future<R> future;

    /** Belongs to the future's loop. */
    private @Nullable Consumer<Future<R>> callback;

    FuturePending(Future<R> future) {
        this.future = future;
    }

    Future<R> future() {
        return future;
    }

    @Override
    public Object source() {
        return future;
    }

    @Override
    public List<?> bodies() {
        return future.bodies();
    }

    @Override
    protected void open() {
        future.getLoop().callSoonThreadsafe(() -> {
            Consumer<Future<R>> added = this::done;
            callback = added;
            future.addDoneCallback(added);
        });
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // R may be nullable
    private void done(Future<R> done) {
        Throwable failure = done.failure();
        if (failure != null) {
            settleFailed(failure);
        } else {
            settle((R) done.value());
        }
    }

    @Override
    protected void release() {
        future.getLoop().callSoonIfOpen(() -> {
            if (callback != null) {
                future.removeDoneCallback(callback);
            }
        });
    }
}
