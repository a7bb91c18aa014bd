package io.corobridge.machine;

import io.corobridge.engine.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a driver can step: a coroutine, or one step of an async generator. It tells the outcome without throwing, so that
 * {@code StopIteration} is made only for who asks for it.
 */
public interface Steppable {
    /**
     * Takes one step.
     *
     * @param op what to do
     * @param value what {@link Op#SEND} sends
     * @param error what {@link Op#RAISE} raises
     * @param by who may cancel the body from outside, for {@code co.checkCancelled()}; it refers to nothing that runs the body, or a
     *     body that was dropped while it is driven would not be found. Null for a step by hand
     * @return YIELDS, RETURNS or RAISES; {@link #takeResult()} has what came with it
     */
    Outcome step(Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by);

    /**
     * Hands out what came with the last outcome, and forgets it.
     *
     * @return the value yielded, the result, or the exception
     */
    @Nullable
    Object takeResult();
}
