package io.corobridge.weaving.fuzz;

import static io.corobridge.weaving.fuzz.Node.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random statements; it is known of each whether it can complete, so that nothing unreachable follows. */
final class Statements implements Blocks {
    static final int DEPTH = 3;

    /** A statement. */
    record Made(Node node, boolean completes) {}

    private final Random random;
    private final Names names;
    private final Expressions expressions;
    private final Loops loops;
    private final Tries tries;

    Statements(Random random, Names names, Helpers helpers) {
        this.random = random;
        this.names = names;
        this.expressions = new Expressions(random, names, helpers, this);
        this.loops = new Loops(random, names, this);
        this.tries = new Tries(random, names, this);
    }

    @Override
    public Node returning(Scope scope, int size) {
        return finish(new ArrayList<>(), scope, size);
    }

    /** The statements of a body: some suspend before any can leave it. */
    Node main(Scope scope, int size) {
        List<Node> made = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            made.add(declaration(scope).node());
            made.add(statement("p.log(", expressions.suspending(Types.any(random), scope, DEPTH), ");\n"));
        }
        return finish(made, scope, size);
    }

    /** More statements, and the return that the scope asks for. */
    private Node finish(List<Node> made, Scope scope, int size) {
        if (fill(made, scope, size) && scope.returns != null) {
            made.add(Node.fixed("return ", expression(scope.returns, scope), ";\n"));
        }
        return Node.block(made);
    }

    /** A block of its own scope, in braces. */
    Made block(Scope scope, int size) {
        List<Node> made = new ArrayList<>();
        boolean completes = fill(made, scope.inner(), size);
        return new Made(Node.fixed("{\n", Node.block(made), "}\n"), completes);
    }

    /** As {@link #block}, where what follows has to be reached. */
    Node completing(Scope scope, int size) {
        List<Node> made = new ArrayList<>();
        if (!fill(made, scope.inner(), size)) {
            made.remove(made.size() - 1);
        }
        return Node.fixed("{\n", Node.block(made), "}\n");
    }

    private boolean fill(List<Node> made, Scope scope, int size) {
        int count = 1 + random.nextInt(size);
        for (int i = 0; i < count; i++) {
            Made next = next(scope, size - 1);
            made.add(next.node());
            if (!next.completes()) {
                return false;
            }
        }
        return true;
    }

    Node expression(String type, Scope scope) {
        return expressions.of(type, scope, DEPTH);
    }

    private Made next(Scope scope, int size) {
        if (size <= 0 || names.isLong()) {
            return simple(scope);
        }
        int roll = random.nextInt(100);
        if (roll < 22) {
            return declaration(scope);
        }
        if (roll < 40) {
            return simple(scope);
        }
        if (roll < 50) {
            return conditional(scope, size);
        }
        if (roll < 64) {
            return loops.next(scope, size);
        }
        if (roll < 84) {
            return tries.next(scope, size);
        }
        if (roll < 90) {
            return switchOf(scope, size);
        }
        return jump(scope, roll);
    }

    private Made declaration(Scope scope) {
        String type = Types.any(random);
        boolean assignable = random.nextInt(3) > 0;
        String name = names.fresh("v");
        Node value = expression(type, scope);
        Node node;
        if (random.nextInt(6) == 0) {
            node = statement(
                    (assignable ? "" : "final ") + type + " " + name + ";\nif (",
                    expression("boolean", scope),
                    ") {\n" + name + " = ",
                    value,
                    ";\n} else {\n" + name + " = ",
                    expression(type, scope),
                    ";\n}\n");
        } else {
            node = statement((assignable ? "" : "final ") + type + " " + name + " = ", value, ";\n");
        }
        scope.declare(name, type, assignable ? Scope.Use.ASSIGNED : Scope.Use.CAPTURED);
        return new Made(node, true);
    }

    private Made simple(Scope scope) {
        int roll = random.nextInt(6);
        String type = Types.any(random);
        if (roll < 3) {
            Scope.Variable variable = scope.variable(type, true, random);
            if (variable != null) {
                return new Made(statement(variable.name() + " = ", expression(type, scope), ";\n"), true);
            }
        }
        if (roll == 3) {
            return new Made(statement("use(", expression(type, scope), ");\n"), true);
        }
        if (roll == 4) {
            String mostly = random.nextInt(6) == 0 ? "" : " | true";
            return new Made(
                    statement(
                            "assert ",
                            expression("boolean", scope),
                            mostly + " : ",
                            expression("String", scope),
                            ";\n"),
                    true);
        }
        return new Made(statement("p.log(", expression(type, scope), ");\n"), true);
    }

    private Made conditional(Scope scope, int size) {
        Node condition = expression("boolean", scope);
        Made then = block(scope, size);
        if (random.nextBoolean()) {
            return new Made(statement("if (", condition, ") ", then.node()), true);
        }
        Made otherwise = block(scope, size);
        return new Made(
                statement("if (", condition, ") ", then.node(), "else ", otherwise.node()),
                then.completes() || otherwise.completes());
    }

    private Made switchOf(Scope scope, int size) {
        boolean onString = random.nextBoolean();
        Node selector = onString
                ? Node.fixed("String.valueOf(", expression("char", scope), ")")
                : Node.fixed("(", expression("int", scope), ") & 3");
        List<String> labels = onString ? List.of("\"a\"", "\"z\"", "\"1\"") : List.of("0", "1", "3");
        List<Object> parts = new ArrayList<>(List.of("switch (", selector, ") {\n"));
        boolean arrows = random.nextBoolean();
        for (String label : labels) {
            Scope inside = scope.inner();
            if (arrows) {
                parts.add("case " + label + " -> ");
                parts.add(block(inside, size).node());
                continue;
            }
            inside.canLeave(null, false);
            Made group = block(inside, size);
            parts.add("case " + label + ":\n");
            parts.add(group.node());
            if (group.completes() && random.nextBoolean()) {
                parts.add("break;\n");
            }
        }
        parts.add(arrows ? "default -> " : "default:\n");
        parts.add(completing(scope, size));
        parts.add("}\n");
        return new Made(statement(parts.toArray()), true);
    }

    /** A return, throw, break or continue, mostly under a condition. */
    private Made jump(Scope scope, int roll) {
        boolean always = random.nextInt(4) == 0;
        Object what = roll < 94 ? leave(scope) : roll < 97 ? thrown(scope) : returned(scope);
        if (always) {
            return new Made(statement(what), false);
        }
        return new Made(statement("if (", expression("boolean", scope), ") {\n", what, "}\n"), true);
    }

    private Object leave(Scope scope) {
        boolean forContinue = random.nextInt(3) == 0;
        Scope.Jump jump = scope.jump(forContinue, random);
        if (jump == null) {
            return returned(scope);
        }
        String word = forContinue ? "continue" : "break";
        boolean labelledBlock = jump.label() != null && !jump.loop();
        boolean plain = !labelledBlock && scope.isInnermost(jump, forContinue);
        if (jump.label() == null && !plain) {
            return returned(scope);
        }
        return plain && random.nextBoolean() || jump.label() == null ? word + ";\n" : word + " " + jump.label() + ";\n";
    }

    private Node thrown(Scope scope) {
        String type = Types.one(List.of("IllegalStateException", "Exception", "Error"), random);
        return Node.fixed("throw new " + type + "(", expressions.of("String", scope, DEPTH), ");\n");
    }

    private Node returned(Scope scope) {
        return scope.returns == null
                ? Node.fixed("return;\n")
                : Node.fixed("return ", expression(scope.returns, scope), ";\n");
    }
}
