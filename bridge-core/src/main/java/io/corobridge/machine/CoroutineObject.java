package io.corobridge.machine;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Outcome;
import io.corobridge.platform.Reachability;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine that users hold.
 *
 * @param <R> its result
 */
public final class CoroutineObject<R extends @Nullable Object> extends BodyObject
        implements Coroutine<R>, Steppable, Link {
    /**
     * Makes one that has not started.
     *
     * @param handle what its body is given
     */
    public CoroutineObject(Co handle) {
        super(handle);
        Tracker.made(this, handle);
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public @Nullable Object send(@Nullable Object value) {
        return Steps.valueOrThrow(step(Op.SEND, value, null, null), takeResult());
    }

    @Override
    public @Nullable Object raise(Throwable error) {
        return Steps.valueOrThrow(step(Op.RAISE, null, Steps.checkRaised(error), null), takeResult());
    }

    @Override
    public void close() {
        closeAndReturn();
    }

    @Override
    public @Nullable R closeAndReturn() {
        return Steps.closed(step(Op.CLOSE, null, null, null), takeResult());
    }

    @Override
    public Awaitable<@Nullable Void> aclose() {
        return new AwaitedClose(this);
    }

    @Override
    public AwaitIterator<R> awaitIterator() {
        return new CoroutineAwaitIterator<>(this);
    }

    /** {@code await coroutine}: unlike every other way in, it refuses one that is suspended (A19, A22). */
    @Override
    public boolean enter(Signal signal) {
        if (machine.state == Machine.SUSPENDED && !machine.isRunning()) {
            signal.raise(new RuntimeError("coroutine is being awaited already"));
            return false;
        }
        return Link.super.enter(signal);
    }

    @Override
    public Outcome step(Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        try {
            return machine.step(this, op, value, error, by);
        } finally {
            // Without it, this object may be found unreachable, and its body closed, in the middle of the step.
            Reachability.fence(this);
        }
    }

    @Override
    public @Nullable Object takeResult() {
        return machine.takeResult();
    }

    @Override
    public CoroutineState state() {
        return CoroutineState.valueOf(machine.observedState().name());
    }

    @Override
    public boolean isRunning() {
        return state() == CoroutineState.RUNNING;
    }

    @Override
    public boolean isSuspended() {
        return state() == CoroutineState.SUSPENDED;
    }

    @Override
    public @Nullable Object awaiting() {
        return machine.delegate();
    }

    @Override
    public @Nullable List<StackTraceElement> origin() {
        return machine.origin();
    }

    /**
     * What makes more coroutines that run the same body. It has to be asked for before this one starts.
     *
     * @return makes a new coroutine at each call; null when this one has started
     */
    @SuppressWarnings("unchecked")
    public @Nullable Supplier<Coroutine<R>> again() {
        Object body = machine.body();
        String name = machine.name();
        return body == null ? null : () -> Coroutine.of(name, (Coroutine.Body<R>) body);
    }

    @Override
    public String toString() {
        return Steps.describe("coroutine", machine.name(), this);
    }
}
