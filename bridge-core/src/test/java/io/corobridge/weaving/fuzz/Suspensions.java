package io.corobridge.weaving.fuzz;

import static io.corobridge.weaving.fuzz.Node.expression;

import java.util.Random;

/** Random expressions that suspend: awaits, yields, delegations, contexts, and lambdas that get or capture a handle. */
final class Suspensions {
    private final Random random;
    private final Names names;
    private final Expressions expressions;
    private final Blocks blocks;

    Suspensions(Random random, Names names, Expressions expressions, Blocks blocks) {
        this.random = random;
        this.names = names;
        this.expressions = expressions;
        this.blocks = blocks;
    }

    Node of(String type, Scope scope, int depth) {
        int roll = random.nextInt(100);
        if (roll < 12 && depth > 1) {
            return handleLambda(type, scope, depth);
        }
        if (scope.kind.yields() && (!scope.kind.awaits() || roll < 40)) {
            return roll < 80 || depth < 2 ? yielded(type, scope, depth) : yieldFrom(type, scope);
        }
        if (roll < 55) {
            return await(type, scope, depth, "ask");
        }
        if (roll < 60) {
            return await(type, scope, depth, "ready");
        }
        if (roll < 63) {
            return failed(type, scope);
        }
        if (roll < 78 && depth > 1) {
            return context(type, scope, depth);
        }
        if (roll < 88 && depth > 1) {
            return nested(type, scope);
        }
        return await(type, scope, depth, "ask");
    }

    private Node await(String type, Scope scope, int depth, String how) {
        String cast = Types.isPrimitive(type) ? "(" + type + ") " : "";
        Node answer = expressions.of(type, scope, depth - 2);
        return expression(
                type,
                "(" + cast + scope.handle + ".<" + Types.boxed(type) + ">await(p.<" + Types.boxed(type) + ">" + how
                        + "(",
                answer,
                ")))");
    }

    private Node failed(String type, Scope scope) {
        return expression(
                type,
                from(
                        type,
                        scope.handle + ".<Object>await(p.<Object>failed(new IllegalArgumentException(\""
                                + names.fresh("failed")
                                + "\")))"));
    }

    private Node yielded(String type, Scope scope, int depth) {
        Node value = expressions.of(random.nextBoolean() ? "Object" : "int", scope, depth - 1);
        return expression(type, from(type, Node.fixed("(Object) " + scope.handle + ".yield(", value, ")")));
    }

    private Node yieldFrom(String type, Scope scope) {
        if (scope.kind.awaits()) {
            return yielded(type, scope, 1);
        }
        String handle = names.fresh("g");
        Scope inside = scope.lambda(handle, Handles.GENERATOR, "Object");
        return expression(
                type,
                from(
                        type,
                        Node.fixed(
                                scope.handle
                                        + ".<Object>yieldFrom(p.<Generator<Object, Object, Object>>keep(Generator.<Object, Object, Object>of((Generator.Body<Object, Object, Object>) "
                                        + handle + " -> {\n",
                                blocks.returning(inside, 3),
                                "})))")));
    }

    /** A block that captures the handle and is called back by the library. */
    private Node context(String type, Scope scope, int depth) {
        String name = names.fresh("m");
        Scope inside = scope.lambda(scope.handle, scope.kind, type);
        inside.declare(name, "String", Scope.Use.CAPTURED);
        String boxed = Types.boxed(type);
        String manager = random.nextInt(4) == 0 ? "swallowing" : "manager";
        Object block = random.nextBoolean()
                ? expressions.of(type, inside, depth - 1)
                : Node.fixed("{\n", blocks.returning(inside, 2), "}");
        return expression(
                type,
                "(" + (Types.isPrimitive(type) ? "(" + type + ") " : "") + scope.handle + ".<String, " + boxed
                        + ">with(p." + manager + "(\"" + name + "\"), (With<String, " + boxed + ">) " + name + " -> ",
                block,
                "))");
    }

    /** A coroutine of its own. */
    private Node nested(String type, Scope scope) {
        String handle = names.fresh("c");
        Scope inside = scope.lambda(handle, Handles.COROUTINE, type);
        return expression(
                type,
                "(" + (Types.isPrimitive(type) ? "(" + type + ") " : "") + scope.handle + ".<" + Types.boxed(type)
                        + ">await(p.<Coroutine<" + Types.boxed(type) + ">>keep(Coroutine.<" + Types.boxed(type)
                        + ">of((Coroutine.Body<" + Types.boxed(type) + ">) " + handle + " -> {\n",
                blocks.returning(inside, 3),
                "}))))");
    }

    /** A lambda that is given the handle, by an interface that names its type or by one that does not. */
    private Node handleLambda(String type, Scope scope, int depth) {
        String handle = names.fresh("h");
        Scope inside = scope.lambda(handle, scope.kind, type);
        String boxed = Types.boxed(type);
        String face = random.nextBoolean() ? "Fn<" + scope.kind.type + ", " : scope.kind.made + "Fn<";
        Object block = random.nextBoolean()
                ? expressions.of(type, inside, depth - 1)
                : Node.fixed("{\n", blocks.returning(inside, 2), "}");
        return expression(
                type,
                "(" + (Types.isPrimitive(type) ? "(" + type + ") " : "") + "((" + face + boxed + ">) " + handle
                        + " -> ",
                block,
                ").run(" + scope.handle + "))");
    }

    /** Makes a value of a type from whatever was sent. */
    private static Node from(String type, Object sent) {
        return switch (type) {
            case "boolean" -> Node.fixed("((int) num(", sent, ") > 2)");
            case "int" -> Node.fixed("((int) num(", sent, "))");
            case "long", "double", "float", "byte", "short", "char" -> Node.fixed("((" + type + ") num(", sent, "))");
            case "String" -> Node.fixed("((String) show(", sent, "))");
            case "Integer" -> Node.fixed("((Integer) num(", sent, "))");
            case "Long" -> Node.fixed("((Long) (long) num(", sent, "))");
            case "Box" -> Node.fixed("new Box(num(", sent, "), \"sent\")");
            case "int[]", "long[]" -> Node.fixed("new " + type + " {num(", sent, "), 2}");
            case "String[]" -> Node.fixed("new String[] {show(", sent, "), \"sent\"}");
            case "Object[]" -> Node.fixed("new Object[] {", sent, ", \"sent\"}");
            default -> Node.fixed("((Object) ", sent, ")");
        };
    }
}
