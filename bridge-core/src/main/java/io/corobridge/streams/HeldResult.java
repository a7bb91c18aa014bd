package io.corobridge.streams;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/**
 * A result between its producer and the subscriber, the only one or the last element of several: it waits for demand, and exactly
 * one of result, error and cancel wins. {@link #state} decides, and publishes the value.
 *
 * @param <T> the result
 */
public final class HeldResult<T> {
    private static final int NOTHING = 0;
    private static final int REQUESTED = 1;
    private static final int HAS_VALUE = 2;
    private static final int OVER = 3;

    private final Subscriber<? super T> actual;
    private final Hooks hooks;
    private final AtomicInteger state = new AtomicInteger();
    private @Nullable T value;

    /**
     * Makes one without a result.
     *
     * @param actual gets the result
     * @param hooks gets what comes too late
     */
    public HeldResult(Subscriber<? super T> actual, Hooks hooks) {
        this.actual = actual;
        this.hooks = hooks;
    }

    /**
     * There is demand.
     *
     * @return true when it is the first, and there is no result yet
     */
    public boolean request() {
        if (state.compareAndSet(NOTHING, REQUESTED)) {
            return true;
        }
        emit();
        return false;
    }

    /** Emits the result if it waits. */
    public void emit() {
        if (state.compareAndSet(HAS_VALUE, OVER)) {
            emit(Objects.requireNonNull(value));
        }
    }

    /**
     * The producer has returned.
     *
     * @param result emitted when there is demand; null completes without a value, which needs none
     */
    public void complete(@Nullable T result) {
        if (result == null) {
            if (end()) {
                actual.onComplete();
            }
            return;
        }
        value = result;
        if (state.compareAndSet(NOTHING, HAS_VALUE)) {
            return;
        }
        if (state.compareAndSet(REQUESTED, OVER)) {
            emit(result);
        } else {
            hooks.discard(result);
        }
    }

    /**
     * The producer has raised, which needs no demand.
     *
     * @param error what it raised
     */
    public void fail(Throwable error) {
        hooks.checkFatal(error);
        if (end()) {
            actual.onError(error);
        } else {
            hooks.drop(error);
        }
    }

    /**
     * Nothing will be emitted any more; a result that waits is discarded.
     *
     * @return false when it was over already
     */
    public boolean end() {
        int before = state.getAndSet(OVER);
        if (before == HAS_VALUE) {
            hooks.discard(Objects.requireNonNull(value));
        }
        return before != OVER;
    }

    /**
     * Whether there was a terminal signal or a cancel.
     *
     * @return true when nothing more will be emitted
     */
    public boolean isOver() {
        return state.get() == OVER;
    }

    private void emit(T result) {
        try {
            actual.onNext(result);
        } catch (Throwable error) {
            // §2.13 forbids it; the producer has ended and is not to blame.
            hooks.drop(error);
            return;
        }
        actual.onComplete();
    }
}
