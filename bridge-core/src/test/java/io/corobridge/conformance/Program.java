package io.corobridge.conformance;

import java.util.List;

/** A program: its bodies, one for each object, and the steps that are taken from outside. */
record Program(long seed, List<Body> bodies, List<Statement.Step> drive) {
    /** How many things can be kept to be stepped later. */
    static final int SLOTS = 3;

    record Body(Kind kind, List<Statement> block) {}

    enum Kind {
        GENERATOR,
        COROUTINE,
        ASYNC_GENERATOR
    }

    /** Whether an event loop runs it, and not steps from outside. */
    boolean isRunByALoop() {
        return drive.stream().anyMatch(Statement.Run.class::isInstance);
    }

    Kind kind(int k) {
        return bodies.get(k).kind();
    }
}
