package io.corobridge.weaving.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What is visible at one place of a generated program. */
final class Scope {
    /** Who may use a variable. */
    enum Use {
        /** It may be assigned to. */
        ASSIGNED,
        /** It may be read here, but changes. */
        READ,
        /** It never changes: lambdas may capture it. */
        CAPTURED
    }

    /** A variable that has a value here. */
    record Variable(String name, String type, Use use) {}

    /** A loop or block that can be left from here; without a name only by a plain break. */
    record Jump(@Nullable String label, boolean loop) {}

    /** The name of the handle; null where nothing can suspend. */
    final @Nullable String handle;

    final Handles kind;

    /** Null where a return takes no value. */
    final @Nullable String returns;

    final boolean isStatic;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Jump> jumps = new ArrayList<>();

    private Scope(@Nullable String handle, Handles kind, @Nullable String returns, boolean isStatic) {
        this.handle = handle;
        this.kind = kind;
        this.returns = returns;
        this.isStatic = isStatic;
    }

    static Scope method(String handle, Handles kind, @Nullable String returns, boolean isStatic) {
        return new Scope(handle, kind, returns, isStatic);
    }

    /** Inside a block: what is declared there is not seen after it. */
    Scope inner() {
        Scope inner = new Scope(handle, kind, returns, isStatic);
        inner.variables.addAll(variables);
        inner.jumps.addAll(jumps);
        return inner;
    }

    /** Inside a switch expression: nothing outside can be jumped to. */
    Scope closed() {
        Scope closed = inner();
        closed.jumps.clear();
        return closed;
    }

    /** Inside a lambda: only what is never assigned can be seen. */
    Scope lambda(@Nullable String itsHandle, Handles itsKind, @Nullable String itsReturns) {
        Scope lambda = new Scope(itsHandle, itsKind, itsReturns, isStatic);
        for (Variable variable : variables) {
            if (variable.use() == Use.CAPTURED) {
                lambda.variables.add(variable);
            }
        }
        return lambda;
    }

    void declare(String name, String type, Use use) {
        variables.add(new Variable(name, type, use));
    }

    void canLeave(@Nullable String label, boolean loop) {
        jumps.add(new Jump(label, loop));
    }

    @Nullable
    Jump jump(boolean loopsOnly, Random random) {
        List<Jump> fitting =
                jumps.stream().filter(jump -> jump.loop() || !loopsOnly).toList();
        return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
    }

    /** Whether a break or continue without a label would mean this one. */
    boolean isInnermost(Jump jump, boolean forContinue) {
        for (int i = jumps.size() - 1; i >= 0; i--) {
            Jump candidate = jumps.get(i);
            if (candidate == jump) {
                return true;
            }
            boolean labelledBlock = candidate.label() != null && !candidate.loop();
            if (!labelledBlock && (candidate.loop() || !forContinue)) {
                return false;
            }
        }
        return false;
    }

    @Nullable
    Variable variable(String type, boolean assignable, Random random) {
        List<Variable> fitting = variables.stream()
                .filter(variable -> variable.type().equals(type) && (variable.use() == Use.ASSIGNED || !assignable))
                .toList();
        return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
    }
}
