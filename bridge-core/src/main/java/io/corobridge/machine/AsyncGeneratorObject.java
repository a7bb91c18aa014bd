package io.corobridge.machine;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncGeneratorHooks;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.Awaitable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The async generator that users hold.
 *
 * @param <Y> what it yields
 * @param <S> what is sent to it
 */
public final class AsyncGeneratorObject<Y extends @Nullable Object, S extends @Nullable Object> extends BodyObject
        implements AsyncGenerator<Y, S> {
    private static final AtomicIntegerFieldUpdater<AsyncGeneratorObject<?, ?>> IN_FLIGHT = updater();

    /**
     * CPython's {@code ag_running}: 1 while a step has begun and not ended, also while the body is suspended at an await (D21). Of
     * steps that begin on two threads at once, it lets one begin; it publishes {@link #closing} from one to the next.
     */
    private volatile int inFlight;

    /** CPython's {@code ag_closed}: it has ended, or {@code aclose()} was begun (D11). */
    boolean closing;

    /** CPython's {@code ag_hooks_inited}: the first step was made. */
    private boolean hooked;

    /**
     * Makes one that has not started.
     *
     * @param handle what its body is given
     */
    public AsyncGeneratorObject(AsyncGeneratorCo<?, ?> handle) {
        this((Machine) handle);
        Tracker.made(handle);
    }

    private AsyncGeneratorObject(Machine machine) {
        super(machine);
    }

    /** Another object in the place of one that was dropped; a body that stands at an await was dropped with its step in flight. */
    static AsyncGeneratorObject<?, ?> revived(Machine machine) {
        AsyncGeneratorObject<?, ?> object = new AsyncGeneratorObject<>(machine);
        object.hooked = true;
        object.inFlight = machine.delegate() != null ? 1 : 0;
        machine.leftovers().watch(object, machine);
        return object;
    }

    private <T extends @Nullable Object> Awaitable<T> step(AsyncGeneratorStep.Mode mode, @Nullable Object argument) {
        if (!hooked) {
            hooked = true;
            hook();
        }
        return new AsyncGeneratorStep<>(this, mode, argument);
    }

    /** The hooks of the thread that asks for the first step, whether it is awaited or not (D24, T19). */
    private void hook() {
        AsyncGeneratorHooks hooks = AsyncGeneratorHooks.get();
        if (hooks.finalizer() != null) {
            machine.leftovers().finalizer = hooks.finalizer();
            machine.leftovers().watch(this, machine);
        }
        if (hooks.firstiter() != null) {
            hooks.firstiter().accept(this);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicIntegerFieldUpdater<AsyncGeneratorObject<?, ?>> updater() {
        return (AtomicIntegerFieldUpdater) AtomicIntegerFieldUpdater.newUpdater(AsyncGeneratorObject.class, "inFlight");
    }

    boolean isStepInFlight() {
        return inFlight != 0;
    }

    /** Returns false when another step is in flight. */
    boolean beginStep() {
        return IN_FLIGHT.compareAndSet(this, 0, 1);
    }

    /** What the step has written is published with it; nobody waits for this very write. */
    void endStep() {
        IN_FLIGHT.lazySet(this, 0);
    }

    /**
     * {@link #anext()} for one who takes every step of this generator, and keeps none of them.
     *
     * @param last the step before, or null
     * @return a step that has not begun, perhaps the same object
     */
    @SuppressWarnings("unchecked")
    public Awaitable<Y> anext(@Nullable Awaitable<Y> last) {
        return last instanceof AsyncGeneratorStep<?> step && step.again() ? last : anext();
    }

    @Override
    public Awaitable<Y> anext() {
        return step(AsyncGeneratorStep.Mode.SEND, null);
    }

    @Override
    public Awaitable<Y> asend(S value) {
        return step(AsyncGeneratorStep.Mode.SEND, value);
    }

    @Override
    public Awaitable<Y> athrow(Throwable error) {
        return step(AsyncGeneratorStep.Mode.RAISE, Steps.checkRaised(error));
    }

    @Override
    public Awaitable<@Nullable Void> aclose() {
        return step(AsyncGeneratorStep.Mode.CLOSE, null);
    }

    @Override
    public AsyncGeneratorState state() {
        return isStepInFlight()
                ? AsyncGeneratorState.RUNNING
                : AsyncGeneratorState.valueOf(machine.observedState().name());
    }

    @Override
    public boolean isRunning() {
        return isStepInFlight();
    }

    @Override
    public boolean isSuspended() {
        return machine.observedState() == Machine.State.SUSPENDED;
    }

    @Override
    public @Nullable Object awaiting() {
        return machine.delegate();
    }

    /**
     * What makes more async generators that run the same body. It has to be asked for before this one starts.
     *
     * @return makes a new async generator at each call; null when this one has started
     */
    @SuppressWarnings("unchecked")
    public @Nullable Supplier<AsyncGenerator<Y, S>> again() {
        Object body = machine.body();
        String name = machine.name();
        return body == null || isStepInFlight()
                ? null
                : () -> AsyncGenerator.of(name, (AsyncGenerator.Body<Y, S>) body);
    }

    @Override
    public String toString() {
        return Steps.describe("async_generator", machine.name(), this);
    }
}
