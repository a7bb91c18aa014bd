package io.corobridge.weaving.fuzz;

import static io.corobridge.weaving.fuzz.Node.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random try statements with catches, finally blocks and resources. */
final class Tries {
    /** From the most special to the most general; {@code A | B} is a multi-catch. */
    private static final List<String> CAUGHT = List.of(
            "IllegalArgumentException | ArithmeticException",
            "IllegalStateException",
            "RuntimeException",
            "Exception",
            "GeneratorExit",
            "Error",
            "Throwable");

    private final Random random;
    private final Names names;
    private final Statements statements;

    Tries(Random random, Names names, Statements statements) {
        this.random = random;
        this.names = names;
        this.statements = statements;
    }

    Statements.Made next(Scope scope, int size) {
        List<Object> parts = new ArrayList<>();
        parts.add("try ");
        Scope inside = scope.inner();
        boolean resource = random.nextInt(4) == 0;
        if (resource) {
            addResource(parts, inside, scope);
        }
        Statements.Made tried = statements.block(inside, size);
        parts.add(tried.node());
        boolean completes = tried.completes();
        boolean caught = false;
        for (String type : CAUGHT) {
            if (random.nextInt(5) == 0) {
                caught = true;
                completes |= addCatch(parts, type, scope, size);
            }
        }
        if (random.nextBoolean() || !caught && !resource) {
            Statements.Made last = statements.block(scope, size);
            parts.add("finally ");
            parts.add(last.node());
            completes &= last.completes();
        }
        return new Statements.Made(statement(parts.toArray()), completes);
    }

    private void addResource(List<Object> parts, Scope inside, Scope scope) {
        String name = names.fresh("r");
        parts.add("(Probe.Resource " + name + " = ");
        switch (random.nextInt(4)) {
            case 0 -> parts.add("null");
            case 1 -> parts.add("p.openBad(\"" + name + "\")");
            default -> {
                parts.add("p.open(\"" + name + "\" + ");
                parts.add(statements.expression("int", scope));
                parts.add(")");
            }
        }
        parts.add(") ");
        inside.declare(name, "Probe.Resource", Scope.Use.CAPTURED);
    }

    private boolean addCatch(List<Object> parts, String type, Scope scope, int size) {
        String name = names.fresh("e");
        Statements.Made handler = statements.block(scope, size);
        parts.add("catch (final " + type + " " + name + ") {\np.caught(" + name + ");\n");
        parts.add(handler.node());
        boolean completes = handler.completes();
        if (completes && random.nextInt(5) == 0) {
            parts.add("throw " + name + ";\n");
            completes = false;
        }
        parts.add("}\n");
        return completes;
    }
}
