package io.corobridge.drive;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.RuntimeError;
import io.corobridge.machine.AsyncGeneratorObject;
import io.corobridge.machine.CoroutineObject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a cold reactive type needs from a single-use object: a new run for each subscription. The first run is the object itself,
 * each later one is a new object with the same body; an object that was stepped before has none.
 *
 * @param <C> a coroutine or an async generator
 */
public final class Runs<C> implements Supplier<C> {
    /** Null once it has been handed out: what it was run for is not kept alive from here. */
    private final AtomicReference<@Nullable C> first;

    private final Predicate<C> isUnstarted;

    /** Null when the first one had started. */
    private final @Nullable Supplier<C> again;

    private final String refusal;

    Runs(C first, Predicate<C> isUnstarted, @Nullable Supplier<C> again, String refusal) {
        this.first = new AtomicReference<>(first);
        this.isUnstarted = isUnstarted;
        this.again = again;
        this.refusal = refusal;
    }

    /**
     * Runs of a coroutine.
     *
     * @param <R> its result
     * @param coroutine the first run
     * @return a source of runs
     */
    @SuppressWarnings("unchecked")
    public static <R extends @Nullable Object> Runs<Coroutine<R>> of(Coroutine<R> coroutine) {
        return new Runs<>(
                coroutine,
                run -> run.state() == CoroutineState.CREATED,
                ((CoroutineObject<R>) coroutine).again(),
                "cannot reuse already awaited coroutine");
    }

    /**
     * Runs of an async generator.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param generator the first run
     * @return a source of runs
     */
    @SuppressWarnings("unchecked")
    public static <Y extends @Nullable Object, S extends @Nullable Object> Runs<AsyncGenerator<Y, S>> of(
            AsyncGenerator<Y, S> generator) {
        return new Runs<>(
                generator,
                run -> run.state() == AsyncGeneratorState.CREATED,
                ((AsyncGeneratorObject<Y, S>) generator).again(),
                "cannot subscribe to an async generator that has been started");
    }

    /**
     * Hands out the next run.
     *
     * @return an object that has not started
     * @throws RuntimeError when the first object was stepped by somebody else
     */
    @Override
    public C get() {
        if (again == null) {
            throw new RuntimeError(refusal);
        }
        C unused = first.get();
        // Handed out to somebody else meanwhile, it may have started: that is no reason to refuse.
        if (unused != null && !isUnstarted.test(unused) && first.get() != null) {
            throw new RuntimeError(refusal);
        }
        return unused != null && first.compareAndSet(unused, null) ? unused : again.get();
    }
}
