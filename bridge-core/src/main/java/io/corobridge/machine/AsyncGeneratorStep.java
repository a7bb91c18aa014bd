package io.corobridge.machine;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.ValueError;
import io.corobridge.engine.Outcome;
import io.corobridge.platform.Reachability;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code anext}, {@code asend}, {@code athrow} and {@code aclose} of an async generator return: one step, to be awaited once.
 *
 * <p>The body's awaits go to the driver; its next yield, or its end, ends the step.
 *
 * @param <T> the step's result
 */
final class AsyncGeneratorStep<T extends @Nullable Object>
        implements Awaitable<T>,
                AwaitIterator<T>,
                AwaitIterator.Sends,
                AwaitIterator.Raises,
                AutoCloseable,
                Steppable,
                Link {
    enum Mode {
        SEND("asend", "anext", "__anext__()/asend()"),
        RAISE("athrow", "athrow", "aclose()/athrow()"),
        CLOSE("aclose", "aclose", "aclose()/athrow()");

        private final String method;
        private final String words;
        private final String pair;

        Mode(String method, String words, String pair) {
            this.method = method;
            this.words = words;
            this.pair = pair;
        }
    }

    // Not an enum: see Machine.
    private static final byte INIT = 0;
    private static final byte ITER = 1;
    private static final byte CLOSED = 2;

    private final AsyncGeneratorObject<?, ?> generator;
    private final Mode mode;

    /** The value to send or the exception to raise. */
    private final @Nullable Object argument;

    private byte state = INIT;

    /** Nothing but the first signal was passed on. */
    private boolean beginning;

    private @Nullable Object result;

    /** A step is being taken on this very object, not on a body that awaits it. */
    private boolean stepping;

    /** The generator is to be let go once the step that is being taken has its result out of it. */
    private boolean letsGo;

    /** Told when the step is begun or closed; null when nobody wants to know of steps that never are. */
    private final @Nullable Runnable tracker;

    AsyncGeneratorStep(AsyncGeneratorObject<?, ?> generator, Mode mode, @Nullable Object argument) {
        this.generator = generator;
        this.mode = mode;
        this.argument = argument;
        this.tracker = Tracker.made(this, mode.method, generator.machine);
    }

    /**
     * Makes this object another step, for who has it to himself and takes all steps of the generator.
     *
     * @return false when it has not ended, or is not to be used again
     */
    boolean again() {
        boolean ended = state == CLOSED && tracker == null;
        if (ended) {
            state = INIT;
            beginning = false;
        }
        return ended;
    }

    private void leaves(byte to) {
        if (state == INIT && tracker != null) {
            tracker.run();
        }
        state = to;
    }

    @Override
    public Machine machine() {
        return generator.machine;
    }

    /** Not this one step: the generator outlives it. */
    @Override
    public Object holder() {
        return generator;
    }

    @Override
    public AwaitIterator<T> awaitIterator() {
        return this;
    }

    @Override
    public boolean isOver() {
        return state != ITER;
    }

    @Override
    public Outcome step(Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        boolean again = stepping;
        stepping = true;
        try {
            boolean plain = state == INIT && mode == Mode.SEND && argument == null && value == null && error == null;
            return plain && (op == Op.START || op == Op.SEND) && !generator.machine.isClosed() && generator.beginStep()
                    ? begin(by)
                    : stepAnyhow(op, value, error, by);
        } finally {
            stepping = again;
            if (letsGo && !again) {
                letsGo = false;
                generator.endStep();
            }
            // Without it, the generator may be found unreachable, and its body closed, in the middle of the step.
            Reachability.fence(generator);
        }
    }

    /** The everyday beginning: the body goes on from its yield. */
    private Outcome begin(@Nullable CancelSource by) {
        leaves(ITER);
        beginning = true;
        Outcome outcome = generator.machine.step(this, Op.SEND, null, null, by);
        takeResultOf(outcome);
        return outcome;
    }

    private Outcome stepAnyhow(Op op, @Nullable Object value, @Nullable Throwable error, @Nullable CancelSource by) {
        boolean closes = op == Op.CLOSE || op == Op.ACLOSE;
        if (closes && state == CLOSED) {
            return finish(Outcome.RETURNS, null);
        }
        Signal signal = new Signal();
        signal.value = value;
        signal.error = closes ? new GeneratorExit() : error;
        Outcome outcome;
        if (admit(signal)) {
            // The exit or error of an unstarted step is raised in the generator, wherever it is (D05, D18).
            Op passed = closes ? op : signal.error != null ? Op.RAISE : Op.SEND;
            outcome = generator.machine.step(this, passed, signal.value, signal.error, by);
            takeResultOf(outcome);
        } else {
            Throwable refused = signal.error;
            outcome = refused == null ? finish(Outcome.RETURNS, signal.value) : finish(Outcome.RAISES, refused);
        }
        boolean quiet = closes && outcome == Outcome.RAISES && isQuiet(result);
        return quiet ? finish(Outcome.RETURNS, null) : outcome;
    }

    private Outcome finish(Outcome outcome, @Nullable Object with) {
        result = with;
        return outcome;
    }

    private void takeResultOf(Outcome outcome) {
        result = generator.machine.takeResult();
        if (outcome == Outcome.RAISES && state == ITER) {
            Signal signal = new Signal();
            signal.error = (Throwable) result;
            refused(signal);
            result = signal.error;
        }
    }

    @Override
    public @Nullable Object takeResult() {
        Object taken = result;
        result = null;
        return taken;
    }

    @Override
    public boolean enter(Signal signal) {
        signal.send(null);
        boolean begins = state == INIT;
        return admit(signal) && (begins || Link.super.enter(signal));
    }

    /**
     * Decides whether a signal gets to the generator, and begins the step if it is the first.
     *
     * @param signal in: what was sent to the step or raised in it; out: what goes to the generator, or what the step comes to
     * @return whether the generator is to be stepped with it
     */
    private boolean admit(Signal signal) {
        if (state == CLOSED) {
            return refuse(signal, new RuntimeError("cannot reuse already awaited " + mode.pair));
        }
        if (state == ITER) {
            beginning = false;
            return true;
        }
        boolean sends = signal.error == null;
        Machine machine = generator.machine;
        if (sends && mode != Mode.SEND && machine.isClosed()) {
            // athrow() and aclose() of an exhausted generator come to nothing (D15).
            leaves(CLOSED);
            signal.send(null);
            return false;
        }
        if (generator.isStepInFlight()) {
            return refuse(signal, alreadyRunning());
        }
        if (sends && mode != Mode.SEND && generator.closing) {
            return refuse(signal, new StopAsyncIteration());
        }
        if (sends && mode != Mode.SEND && signal.value != null) {
            // The one refusal after which the step can still be used (D17).
            signal.raise(new RuntimeError("can't send non-None value to a just-started coroutine"));
            return false;
        }
        if (!generator.beginStep()) {
            return refuse(signal, alreadyRunning());
        }
        leaves(ITER);
        beginning = true;
        if (sends) {
            takeArgument(signal);
        }
        return reachesBody(signal);
    }

    private RuntimeError alreadyRunning() {
        return new RuntimeError(mode.words + "(): asynchronous generator is already running");
    }

    private boolean refuse(Signal signal, RuntimeException error) {
        leaves(CLOSED);
        signal.raise(error);
        return false;
    }

    /** What the first send sends or raises: a value of its own wins over the argument (D03). */
    private void takeArgument(Signal signal) {
        switch (mode) {
            case SEND:
                if (signal.value == null) {
                    signal.send(argument);
                }
                break;
            case RAISE:
                signal.raise((Throwable) Objects.requireNonNull(argument));
                break;
            default:
                generator.closing = true;
                signal.raise(new GeneratorExit());
        }
    }

    /** A body that has ended, or that has not begun and is not to begin, is not entered: the step ends here. */
    private boolean reachesBody(Signal signal) {
        Machine machine = generator.machine;
        Outcome outcome = Outcome.RAISES;
        if (machine.isClosed()) {
            outcome = signal.error == null ? Outcome.RETURNS : Outcome.RAISES;
        } else if (machine.state != Machine.CREATED || (signal.error == null && signal.value == null)) {
            return true;
        } else if (signal.error != null) {
            machine.end();
        } else {
            signal.raise(machine.kind().justStarted());
        }
        ended(outcome, signal);
        return false;
    }

    /** The next step may begin, on another thread too: what this one has left in the generator must be out of it by then. */
    private void letGo() {
        if (stepping) {
            letsGo = true;
        } else {
            generator.endStep();
        }
    }

    @Override
    public boolean endsWithYield() {
        if (mode == Mode.CLOSE) {
            return false;
        }
        leaves(CLOSED);
        letGo();
        return true;
    }

    /** The body has yielded, returned or raised, or was not entered: that ends the step. */
    @Override
    public Outcome ended(Outcome outcome, Signal signal) {
        leaves(CLOSED);
        letGo();
        if (outcome == Outcome.YIELDS) {
            if (mode == Mode.CLOSE) {
                signal.raise(new RuntimeError("async generator ignored GeneratorExit"));
                return Outcome.RAISES;
            }
            return Outcome.RETURNS;
        }
        if (outcome == Outcome.RETURNS) {
            signal.raise(new StopAsyncIteration());
        }
        if (isQuiet(signal.error)) {
            generator.closing = true;
            if (mode == Mode.CLOSE) {
                signal.send(null);
                return Outcome.RETURNS;
            }
        }
        return Outcome.RAISES;
    }

    @Override
    public void bypass(Signal signal) {
        if (state == ITER) {
            signal.raise(machine().kind().alreadyExecuting());
        } else if (!(signal.error instanceof GeneratorExit)) {
            admit(signal);
        }
    }

    /** A first signal that does not reach the body leaves the step unbegun: another thread still has the body, or none can be had. */
    @Override
    public void refused(Signal signal) {
        if (beginning && state == ITER) {
            leaves(CLOSED);
            letGo();
            if (signal.error instanceof ValueError) {
                signal.raise(alreadyRunning());
            }
        }
    }

    @Override
    public boolean isQuiet(@Nullable Object error) {
        return error instanceof GeneratorExit || error instanceof StopAsyncIteration;
    }

    @Override
    public RuntimeError ignoredExit() {
        // The body was reached, and awaits: the step goes on.
        beginning = false;
        return new RuntimeError("coroutine ignored GeneratorExit");
    }

    @Override
    public @Nullable Object next() {
        return Steps.valueOrThrow(step(Op.SEND, null, null, null), takeResult());
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
        Steps.closed(step(Op.CLOSE, null, null, null), takeResult());
    }

    @Override
    public String toString() {
        return Steps.describe(mode == Mode.SEND ? "async_generator_asend" : "async_generator_athrow", this);
    }
}
