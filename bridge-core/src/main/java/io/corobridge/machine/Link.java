package io.corobridge.machine;

import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.engine.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The way from a delegating body to another machine: what stands in {@code sub} of the one leads to the other.
 *
 * <p>The chain is stepped without calling through links, so depth costs no stack. A link is asked only where one is entered,
 * where it ends, and where its machine is found ended or busy.
 */
interface Link {
    Machine machine();

    /** The object that users hold; the body is closed some time after it has been dropped. */
    default Object holder() {
        return this;
    }

    /** Whether there is nothing left to step: the link does not count as part of a chain. */
    default boolean isOver() {
        return machine().isClosed();
    }

    /**
     * A body delegates here for the first time.
     *
     * @param signal out: the first signal for the machine, or, when it is not to be entered, what the delegation comes to
     * @return whether the machine is to be entered
     */
    default boolean enter(Signal signal) {
        signal.send(null);
        if (machine().canStep()) {
            return true;
        }
        bypass(signal);
        return false;
    }

    /**
     * The machine cannot take the signal, because it has ended behind the delegator's back (C13, C14, C23, C24) or is executing.
     *
     * @param signal in: what was meant for it; out: what the delegator gets
     */
    default void bypass(Signal signal) {
        Machine machine = machine();
        if (!machine.isClosed()) {
            signal.raise(machine.kind().alreadyExecuting());
        } else if (!(signal.error instanceof GeneratorExit)) {
            finished(signal);
        }
    }

    /**
     * The machine did not get the signal, because another thread has it.
     *
     * @param signal in: the error for the delegator; out: the same, or a better one
     */
    default void refused(Signal signal) {}

    /** What a machine that has ended makes of a send or a raise (A03, B02, B03). */
    default void finished(Signal signal) {
        if (machine().kind() == Kind.COROUTINE) {
            signal.raise(new RuntimeError("cannot reuse already awaited coroutine"));
        } else if (signal.error == null) {
            signal.send(null);
        }
    }

    /**
     * The machine has ended, or is an async generator that yields.
     *
     * @param outcome how
     * @param signal in: the value or exception; out: the same as the delegator sees it
     * @return how the delegator sees it
     */
    default Outcome ended(Outcome outcome, Signal signal) {
        if (outcome == Outcome.YIELDS) {
            signal.raise(ignoredExit());
            return Outcome.RAISES;
        }
        return outcome;
    }

    /**
     * A machine that nothing else is linked to yields.
     *
     * @return whether that has ended the step, with what was yielded as its result; if not, nothing has happened
     */
    default boolean endsWithYield() {
        return false;
    }

    /** Whether closing swallows the exception with which the closed body ended. */
    default boolean isQuiet(@Nullable Object error) {
        return error instanceof GeneratorExit;
    }

    /** The error for a body that suspends again while it is being closed. */
    default RuntimeError ignoredExit() {
        return machine().kind().ignoredExit();
    }
}
