package io.corobridge.machine;

import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import io.corobridge.GeneratorState;
import io.corobridge.engine.Outcome;
import io.corobridge.platform.Reachability;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The generator that users hold.
 *
 * @param <Y> what it yields
 * @param <S> what is sent to it
 * @param <R> what it returns
 */
public final class GeneratorObject<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
        extends BodyObject implements Generator<Y, S, R>, Steppable, Link {
    /**
     * Makes one that has not started.
     *
     * @param handle what its body is given
     */
    public GeneratorObject(GeneratorCo<?, ?> handle) {
        super(handle);
        Tracker.made(handle);
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public Y next() {
        return Steps.valueOrThrow(step(Op.SEND, null, null, null), takeResult());
    }

    @Override
    public Y send(S value) {
        return Steps.valueOrThrow(step(Op.SEND, value, null, null), takeResult());
    }

    @Override
    public Y raise(Throwable error) {
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
    public GeneratorState state() {
        return GeneratorState.valueOf(machine.observedState().name());
    }

    @Override
    public boolean isRunning() {
        return state() == GeneratorState.RUNNING;
    }

    @Override
    public boolean isSuspended() {
        return state() == GeneratorState.SUSPENDED;
    }

    @Override
    public @Nullable Object yieldingFrom() {
        return machine.delegate();
    }

    @Override
    public Iterator<Y> iterator() {
        return new Elements<>(this);
    }

    @Override
    public String toString() {
        return Steps.describe("generator", machine.name(), this);
    }

    /** A generator as a Java iterator; it has to step ahead to know whether there is more. */
    private static final class Elements<Y extends @Nullable Object> implements Iterator<Y> {
        private final GeneratorObject<Y, ?, ?> generator;
        private @Nullable Outcome ahead;
        private @Nullable Object element;

        Elements(GeneratorObject<Y, ?, ?> generator) {
            this.generator = generator;
        }

        @Override
        public boolean hasNext() {
            if (ahead == null) {
                Outcome outcome = generator.step(Op.SEND, null, null, null);
                Object result = generator.takeResult();
                if (outcome == Outcome.RAISES) {
                    throw Steps.raise((Throwable) result);
                }
                ahead = outcome;
                element = result;
            }
            return ahead == Outcome.YIELDS;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // Y may be nullable
        public Y next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Object next = element;
            ahead = null;
            element = null;
            return (Y) next;
        }
    }
}
