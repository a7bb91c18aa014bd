package io.corobridge.conformance;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncIterable;
import io.corobridge.Awaitable;
import java.util.ArrayList;
import java.util.List;

/** What the bodies of one run of a program share, and what they do that does not depend on the engine; keeps the trace. */
abstract class World {
    private List<String> trace = new ArrayList<>();

    /** Runs a program with bodies of the given engine. */
    static List<String> run(Program program, Bodies engine) {
        return program.isRunByALoop() ? LoopWorld.run(program, engine) : SteppedWorld.run(program, engine, null);
    }

    void log(String entry) {
        trace.add(entry);
    }

    /** The trace up to now, to which nothing is added any more. */
    final List<String> endTrace() {
        List<String> recorded = trace;
        trace = new ArrayList<>();
        return recorded;
    }

    /** Tells of a situation that the program gets into. */
    void note(String situation) {}

    void got(int n, Object value) {
        log(n + "=" + Names.shown(value));
    }

    void caught(int n, Throwable error) {
        log(n + ":" + Names.shown(error));
    }

    abstract void take(Statement.Step step);

    /** What a coroutine or async generator awaits; may be null. */
    abstract Awaitable<?> awaitable(Statement.Source source);

    /** What a generator yields from: a generator, an iterator of either kind, an iterable or null. */
    abstract Object iterable(Statement.Source source);

    abstract AsyncIterable<Object> items(Statement.Items items);

    abstract AsyncContextManager<Object> manager(Statement.Manager manager);

    /** Tells of an await that a body comes to. */
    abstract void awaits(Program.Kind body, Statement.Source source);

    abstract String states();
}
