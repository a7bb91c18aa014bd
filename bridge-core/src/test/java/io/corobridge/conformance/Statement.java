package io.corobridge.conformance;

import java.util.List;

/** A statement of a program; {@code n} is its number, which its entries in the trace carry. */
sealed interface Statement {
    /** {@code yield n}, in a generator or async generator. */
    record Yield(int n) implements Statement {}

    /** {@code await source}, or {@code yield from source} in a generator. */
    record Await(int n, Source source) implements Statement {}

    /** {@code async for}; the source is an async generator of the program, or else an async iterator that is none of ours. */
    record Loop(int n, Items items, List<Statement> body) implements Statement {}

    /** {@code async with}. */
    record With(int n, Manager manager, List<Statement> body) implements Statement {}

    /**
     * {@code classes} is empty where there is no handler, {@code last} is null where there is no finally; {@code again}: the handler
     * ends with raising what it caught.
     */
    record Try(
            int n,
            List<Statement> body,
            List<String> classes,
            List<Statement> handler,
            boolean again,
            List<Statement> last)
            implements Statement {}

    /** A loop of two rounds. */
    record Twice(List<Statement> body) implements Statement {}

    /** Leaves the innermost loop. */
    record Break() implements Statement {}

    /** {@code from} is the number of the enclosing handler whose exception is the cause, or 0. */
    record Raise(int n, String type, int from) implements Statement {}

    record Return(int n) implements Statement {}

    /** Takes a step from inside a body. */
    record Do(Step step) implements Statement {}

    record States(int n) implements Statement {}

    /** What is awaited or yielded from. */
    sealed interface Source {
        /** Yields {@code n} once and results in what is sent. */
        record Value(int n) implements Source {}

        /** Object {@code k} by the way that comes natural. */
        record Direct(int k) implements Source {}

        /** Object {@code k} by its {@code __await__()}, or as what an {@code __await__} returns. */
        record Iterator(int k) implements Source {}

        /** Object {@code k}, closed by an awaited close only: see {@code Guard} in conformance.py. */
        record Guarded(int k) implements Source {}

        record Foreign(int n, String type, int count) implements Source {}

        /** A slot. */
        record Slot(int slot) implements Source {}

        /** A new step of async generator {@code k}. */
        record New(Make.How how, int k, int n, String type) implements Source {}

        /** None, or what has no iterator. */
        record Nothing(boolean isNone) implements Source {}

        /** What asyncio waits for. */
        record Loop(Operation operation) implements Source {}
    }

    /** What {@code async for} runs over. */
    sealed interface Items {
        record Of(int k) implements Items {}

        record Foreign(int n, String mode, String element, int count) implements Items {}
    }

    /** What {@code async with} runs with. */
    sealed interface Manager {
        /** Whether what is entered can be shown in a trace. */
        default boolean isShown() {
            return true;
        }

        record Foreign(int n, String enter, String leave) implements Manager {}

        /** {@code asynccontextmanager} of async generator {@code k}. */
        record Generator(int k) implements Manager {}

        record Aclosing(int k) implements Manager {
            @Override
            public boolean isShown() {
                return false;
            }
        }

        /** A lock, timeout or group of asyncio. */
        record Loop(Operation operation) implements Manager {
            @Override
            public boolean isShown() {
                return false;
            }
        }
    }

    /** A step from outside, or from inside a body. */
    sealed interface Step {}

    /** Has an event loop run the first body: the only step of its program. */
    record Run() implements Step {}

    /** Something of asyncio that is done at once. */
    record Perform(Operation operation) implements Step {}

    /** {@code next}, {@code send(n)}, {@code throw(type(n))} or {@code close()}, on an object or on a slot. */
    record Act(Op op, boolean onSlot, int index, int n, String type) implements Step {
        enum Op {
            next,
            send,
            raise,
            close
        }
    }

    /** Makes something of object {@code k} and keeps it in a slot. */
    record Make(How how, int k, int slot, int n, String type) implements Step {
        enum How {
            anext,
            asend,
            athrow,
            aclose,
            anextOr,
            iterator,
            awaitedClose
        }
    }
}
