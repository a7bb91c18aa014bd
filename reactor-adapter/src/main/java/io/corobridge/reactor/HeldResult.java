package io.corobridge.reactor;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;

/**
 * The one result of a Mono between the producer and the subscriber: it waits for demand, and exactly one of result, error and
 * cancel wins. {@link #state} decides, and publishes the value.
 */
final class HeldResult<T> {
    private static final int NOTHING = 0;
    private static final int REQUESTED = 1;
    private static final int HAS_VALUE = 2;
    private static final int OVER = 3;

    private final CoreSubscriber<? super T> actual;
    private final AtomicInteger state = new AtomicInteger();
    private @Nullable T value;

    HeldResult(CoreSubscriber<? super T> actual) {
        this.actual = actual;
    }

    /** There is demand. Returns true when it is the first and there is no result yet. */
    boolean request() {
        if (state.compareAndSet(NOTHING, REQUESTED)) {
            return true;
        }
        emit();
        return false;
    }

    /** Emits the result if it waits. */
    void emit() {
        if (state.compareAndSet(HAS_VALUE, OVER)) {
            emit(Objects.requireNonNull(value));
        }
    }

    /** Null completes without a value, which needs no demand. */
    void complete(@Nullable T result) {
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
            Operators.onDiscard(result, actual.currentContext());
        }
    }

    void fail(Throwable error) {
        Exceptions.throwIfJvmFatal(error);
        if (end()) {
            actual.onError(error);
        } else {
            Dropped.drop(error, actual.currentContext());
        }
    }

    /** Nothing will be emitted any more; a result that waits is discarded. Returns false when it was over already. */
    boolean end() {
        int before = state.getAndSet(OVER);
        if (before == HAS_VALUE) {
            Operators.onDiscard(value, actual.currentContext());
        }
        return before != OVER;
    }

    boolean isOver() {
        return state.get() == OVER;
    }

    private void emit(T result) {
        try {
            actual.onNext(result);
        } catch (Throwable error) {
            // §2.13 forbids it; the producer has ended and is not to blame.
            Dropped.drop(error, actual.currentContext());
            return;
        }
        actual.onComplete();
    }
}
