package io.corobridge;

import io.corobridge.engine.Woven;
import io.corobridge.machine.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The handle of an async generator's body: {@code await} and all of {@link Co}, and Python's {@code yield}.
 *
 * @param <Y> what the body yields
 * @param <S> what is sent to it
 */
@Woven
public final class AsyncGeneratorCo<Y extends @Nullable Object, S extends @Nullable Object> extends Co {
    AsyncGeneratorCo(String name, Object body) {
        super(Kind.ASYNC_GENERATOR, name, body);
    }

    /**
     * Python's {@code yield value}: ends the step that is awaited outside, with this value, and suspends the body; what
     * {@code athrow} raises is raised here.
     *
     * @param value the result of the step
     * @return what {@code asend} sent; null for {@code anext}
     */
    public S yield(Y value) {
        checkInside();
        return yieldValue(value);
    }
}
