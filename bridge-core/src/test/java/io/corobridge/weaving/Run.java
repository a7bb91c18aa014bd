package io.corobridge.weaving;

import io.corobridge.Coroutine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;

/**
 * One run of one body by one script.
 *
 * @param trace what happened
 * @param steps how many steps it took
 * @param usedHere whether code of the body ran on the thread that stepped it
 * @param usedElsewhere whether code of the body ran on another thread
 */
public record Run(Trace trace, int steps, boolean usedHere, boolean usedElsewhere) {
    private static final int LIMIT = 80;

    /**
     * Runs it.
     *
     * @param factory a static method that takes a probe and makes what is stepped
     * @param classes the binary names of the classes under test
     */
    static Run of(Method factory, Script script, Set<String> classes) {
        Trace trace = new Trace(classes);
        Probe probe = new Probe(trace);
        Object made = make(factory, probe);
        // What the factory does itself is no part of the body.
        probe.forgetThreads();
        int steps = script.byDriver() ? byDriver(made, script, probe, trace) : byHand(made, script, trace);
        trace.end();
        Subject.of(made, trace).exhaust();
        return new Run(trace, steps, probe.usedHere(), probe.usedElsewhere());
    }

    private static int byHand(Object made, Script script, Trace trace) {
        Subject subject = Subject.of(made, trace);
        int steps = 0;
        do {
            subject.step(script.at(steps), steps);
            steps++;
        } while (subject.isSuspended() && steps < LIMIT);
        subject.step(Action.GO, steps);
        return steps;
    }

    private static int byDriver(Object made, Script script, Probe probe, Trace trace) {
        return made instanceof Coroutine<?> coroutine ? Driven.run(coroutine, script, probe, trace, LIMIT) : 0;
    }

    private static Object make(Method factory, Probe probe) {
        try {
            return factory.invoke(null, probe);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(factory + " raised", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
