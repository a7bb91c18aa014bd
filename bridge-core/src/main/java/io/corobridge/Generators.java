package io.corobridge;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Helpers around {@link Generator}. */
public final class Generators {
    private Generators() {}

    /**
     * Python's priming: advances a new generator to its first yield, so that it can be sent to. What it yields there is dropped.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param <R> what it returns
     * @param generator one that has not started
     * @return the same generator, suspended at its first yield
     * @throws StopIteration when it returns without a yield
     */
    public static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
            Generator<Y, S, R> primed(Generator<Y, S, R> generator) {
        generator.next();
        return generator;
    }

    /**
     * Python's priming decorator: turns a generator function into one whose generators are primed.
     *
     * @param <Y> what they yield
     * @param <S> what is sent to them
     * @param <R> what they return
     * @param function makes a new generator at each call
     * @return makes a new generator at each call, suspended at its first yield
     */
    public static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
            Supplier<Generator<Y, S, R>> primed(Supplier<? extends Generator<Y, S, R>> function) {
        return () -> primed(function.get());
    }
}
