package io.corobridge.weaving.fuzz;

import static io.corobridge.weaving.fuzz.Node.statement;

import java.util.List;
import java.util.Random;

/** Random loops, each with an end, and labelled blocks. */
final class Loops {
    private final Random random;
    private final Names names;
    private final Statements statements;

    Loops(Random random, Names names, Statements statements) {
        this.random = random;
        this.names = names;
        this.statements = statements;
    }

    Statements.Made next(Scope scope, int size) {
        Node node = switch (random.nextInt(7)) {
            case 0 -> counting(scope, size);
            case 1 -> whileLoop(scope, size);
            case 2 -> doLoop(scope, size);
            case 3 -> overArray(scope, size);
            case 4 -> overList(scope, size);
            case 5 -> each(scope, size);
            default -> labelled(scope, size);
        };
        return new Statements.Made(node, true);
    }

    private Node counting(Scope scope, int size) {
        String i = names.fresh("i");
        String label = names.fresh("loop");
        Scope inside = scope.inner();
        Node condition = condition(scope);
        inside.declare(i, "int", Scope.Use.READ);
        inside.canLeave(label, true);
        return statement(
                label + ":\nfor (int " + i + " = 0; " + i + " < " + (1 + random.nextInt(3)),
                condition,
                "; " + i + "++) ",
                statements.block(inside, size).node());
    }

    /** More to the condition of a loop, or nothing. */
    private Node condition(Scope scope) {
        return random.nextInt(3) == 0 ? Node.fixed(" && ", statements.expression("boolean", scope)) : Node.fixed();
    }

    private Node whileLoop(Scope scope, int size) {
        String i = names.fresh("w");
        String label = names.fresh("loop");
        Node condition = condition(scope);
        Scope inside = scope.inner();
        inside.canLeave(label, true);
        return statement(
                "int " + i + " = 0;\n" + label + ":\nwhile (" + i + "++ < 2",
                condition,
                ") ",
                statements.block(inside, size).node());
    }

    private Node doLoop(Scope scope, int size) {
        String i = names.fresh("d");
        String label = names.fresh("loop");
        Scope inside = scope.inner();
        inside.canLeave(label, true);
        Node block = statements.completing(inside, size);
        return statement(
                "int " + i + " = 0;\n" + label + ":\ndo ", block, "while (" + i + "++ < 1", condition(scope), ");\n");
    }

    private Node overArray(Scope scope, int size) {
        String type = Types.one(List.of("int", "long", "String"), random);
        return over(scope, size, type, statements.expression(type + "[]", scope));
    }

    private Node overList(Scope scope, int size) {
        Node elements = Node.fixed(
                "Arrays.<Integer>asList(",
                statements.expression("Integer", scope),
                ", ",
                statements.expression("Integer", scope),
                ")");
        return over(scope, size, random.nextBoolean() ? "Integer" : "int", elements);
    }

    private Node each(Scope scope, int size) {
        if (scope.handle == null || !scope.kind.awaits()) {
            return counting(scope, size);
        }
        Node source = Node.fixed(scope.handle + ".<Integer>each(p.numbers(" + random.nextInt(4) + "))");
        return over(scope, size, random.nextBoolean() ? "Integer" : "int", source);
    }

    private Node over(Scope scope, int size, String type, Node source) {
        String element = names.fresh("x");
        String label = names.fresh("loop");
        Scope inside = scope.inner();
        inside.declare(element, type, Scope.Use.CAPTURED);
        inside.canLeave(label, true);
        return statement(
                label + ":\nfor (final " + type + " " + element + " : ",
                source,
                ") ",
                statements.block(inside, size).node());
    }

    private Node labelled(Scope scope, int size) {
        String label = names.fresh("block");
        Scope inside = scope.inner();
        inside.canLeave(label, false);
        return statement(label + ":\n", statements.completing(inside, size));
    }
}
