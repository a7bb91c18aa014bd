package io.corobridge.asyncio;

import io.corobridge.CancelledError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What gather returns: the results of several futures as one; cancelling it cancels them all (G13). */
final class GatheringFuture<T extends @Nullable Object> extends Future<List<T>> {
    private final List<? extends Future<?>> children;
    private final boolean returnExceptions;
    private int unfinished;
    private boolean cancelRequested;
    private boolean cancelling;

    private GatheringFuture(EventLoop loop, List<? extends Future<?>> children, boolean returnExceptions) {
        super(loop);
        this.children = children;
        this.returnExceptions = returnExceptions;
    }

    /** Children may occur more than once. */
    static <T extends @Nullable Object> Future<List<T>> of(
            EventLoop loop, List<? extends Future<?>> children, boolean returnExceptions) {
        GatheringFuture<T> outer = new GatheringFuture<>(loop, children, returnExceptions);
        Set<Future<?>> distinct = new LinkedHashSet<>(children);
        outer.unfinished = distinct.size();
        if (distinct.isEmpty()) {
            outer.setResult(new ArrayList<>());
        }
        for (Future<?> child : distinct) {
            outer.watch(child);
        }
        return outer;
    }

    private <C extends @Nullable Object> void watch(Future<C> child) {
        if (child.done()) {
            childDone(child);
        } else {
            child.addDoneCallback(this::childDone);
        }
    }

    private void childDone(Future<?> child) {
        unfinished--;
        if (done()) {
            child.retrieved();
            return;
        }
        if (!returnExceptions) {
            Throwable failure = child.failure();
            if (failure != null) {
                setException(failure);
                return;
            }
        }
        if (unfinished == 0) {
            finishWithAll();
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
    private void finishWithAll() {
        List<T> results = new ArrayList<>(children.size());
        for (Future<?> child : children) {
            Object outcome;
            if (child.cancelled()) {
                String message = child.cancelMessage();
                outcome = new CancelledError(message == null ? "" : message);
            } else {
                Throwable failure = child.failure();
                outcome = failure != null ? failure : child.value();
            }
            results.add((T) outcome);
        }
        if (cancelRequested) {
            // As in Python, the last argument says with which message, whichever was done last.
            setException(children.get(children.size() - 1).makeCancelledError());
        } else {
            setResult(results);
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        if (done()) {
            return false;
        }
        boolean cancelled = false;
        cancelling = true;
        try {
            for (Future<?> child : children) {
                cancelled |= child.cancel(message);
            }
        } finally {
            cancelling = false;
        }
        cancelRequested |= cancelled;
        return cancelled;
    }

    /** Whether the caller is called by {@link #cancel}, because a child awaits this very future in a roundabout way. */
    boolean isBeingCancelled() {
        return cancelling;
    }

    @Override
    List<?> bodies() {
        Set<Object> bodies = new LinkedHashSet<>();
        children.forEach(child -> bodies.addAll(child.bodies()));
        return List.copyOf(bodies);
    }

    @Override
    String describe() {
        return "GatheringFuture " + describeState();
    }
}
