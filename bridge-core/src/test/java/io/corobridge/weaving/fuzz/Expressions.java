package io.corobridge.weaving.fuzz;

import static io.corobridge.weaving.fuzz.Node.expression;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random expressions of a given type, with suspensions in them where a handle is in sight.
 *
 * <p>Every call has its type arguments or a cast: javac would attribute the arguments of nested calls again and again.
 */
final class Expressions {
    private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%", "+", "*");
    private static final List<String> BITWISE = List.of("&", "|", "^", "<<", ">>", ">>>");
    private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=");

    private final Random random;
    private final Names names;
    private final Helpers helpers;
    private final Suspensions suspensions;

    Expressions(Random random, Names names, Helpers helpers, Blocks blocks) {
        this.random = random;
        this.names = names;
        this.helpers = helpers;
        this.suspensions = new Suspensions(random, names, this, blocks);
    }

    Node of(String type, Scope scope, int depth) {
        if (depth <= 0 || names.isLong()) {
            return leaf(type, scope);
        }
        int roll = random.nextInt(100);
        if (roll < 30 && scope.handle != null) {
            return suspensions.of(type, scope, depth);
        }
        if (roll < 45) {
            return leaf(type, scope);
        }
        if (roll < 52) {
            return conditional(type, scope, depth);
        }
        if (roll < 57) {
            return switchOf(type, scope, depth);
        }
        if (roll < 64 && scope.handle != null) {
            Node call = helpers.call(type, scope, depth, this);
            if (call != null) {
                return call;
            }
        }
        if (roll < 72) {
            Node assigned = assignment(type, scope, depth);
            if (assigned != null) {
                return assigned;
            }
        }
        if (roll < 76) {
            String cast = Types.isPrimitive(type) ? "(" + type + ") " : "";
            return expression(type, "(", cast, "p.<" + Types.boxed(type) + ">say(", of(type, scope, depth - 1), "))");
        }
        if (roll < 79) {
            return pureLambda(type, scope);
        }
        return byType(type, scope, depth);
    }

    /** One that suspends before it evaluates to anything, unless a part of it raises. */
    Node suspending(String type, Scope scope, int depth) {
        return suspensions.of(type, scope, depth);
    }

    private Node leaf(String type, Scope scope) {
        Scope.Variable variable = scope.variable(type, false, random);
        if (variable != null && random.nextInt(4) > 0) {
            return expression(type, variable.name());
        }
        String literal = Types.literal(type, random);
        return expression(type, literal.startsWith("(") || literal.startsWith("-") ? "(" + literal + ")" : literal);
    }

    private Node conditional(String type, Scope scope, int depth) {
        return expression(
                type,
                "((" + type + ") (",
                of("boolean", scope, depth - 1),
                " ? ",
                of(type, scope, depth - 1),
                " : ",
                of(type, scope, depth - 1),
                "))");
    }

    private Node switchOf(String type, Scope scope, int depth) {
        Scope inside = scope.closed();
        boolean onString = random.nextInt(3) == 0;
        Node selector = onString
                ? expression("String", "String.valueOf(", of("int", scope, depth - 1), ")")
                : expression("int", "(", of("int", scope, depth - 1), " & 3)");
        String chosen = names.fresh("chosen");
        String quote = onString ? "\"" : "";
        String head = ";\ncase " + quote + "1" + quote + ", " + quote + "7" + quote + " -> {\n";
        Node chosenValue = of(type, inside, depth - 1);
        // Only on an empty stack: javac, up to 25 at least, fails over one with a long or a new object on it.
        boolean withTry = depth == Statements.DEPTH;
        Node block = !withTry
                ? Node.fixed(
                        head + "final " + type + " " + chosen + " = ", chosenValue, ";\nyield " + chosen + ";\n}\n")
                : Node.fixed(
                        head + "try {\nfinal " + type + " " + chosen + " = ",
                        chosenValue,
                        ";\nyield " + chosen + ";\n} finally {\np.log(\"switch\");\n}\n}\n");
        return expression(
                type,
                "((" + type + ") switch (",
                selector,
                ") {\ncase " + quote + "0" + quote + " -> ",
                of(type, inside, depth - 1),
                block,
                "default -> ",
                of(type, inside, depth - 1),
                ";\n})");
    }

    /** Assignments, plain and compound, to locals, fields and array elements, and increments. */
    private @Nullable Node assignment(String type, Scope scope, int depth) {
        Node target = target(type, scope, depth);
        if (target == null) {
            return null;
        }
        int roll = random.nextInt(3);
        if (roll == 0 && Types.isNumeric(type)) {
            return random.nextBoolean()
                    ? expression(type, "(", target, random.nextBoolean() ? "++)" : "--)")
                    : expression(type, "(", random.nextBoolean() ? "++" : "--", target, ")");
        }
        if (roll == 1 && (Types.isNumeric(type) || type.equals("String"))) {
            boolean bits = Types.isWhole(type) && random.nextInt(3) == 0;
            String operator = type.equals("String") ? "+" : Types.one(bits ? BITWISE : ARITHMETIC, random);
            String with = type.equals("String") ? Types.shown(random) : bits ? "int" : Types.one(Types.NUMERIC, random);
            return expression(type, "(", target, " " + operator + "= ", of(with, scope, depth - 1), ")");
        }
        return expression(type, "(", target, " = ", of(type, scope, depth - 1), ")");
    }

    private @Nullable Node target(String type, Scope scope, int depth) {
        int roll = random.nextInt(4);
        Scope.Variable array = scope.variable(type + "[]", false, random);
        if (roll < 2 && array != null) {
            return Node.fixed(array.name() + "[", index(scope, depth), "]");
        }
        if (roll == 2) {
            String field = names.field(type, scope, random);
            if (field != null) {
                return Node.fixed(field);
            }
        }
        Scope.Variable variable = scope.variable(type, true, random);
        return variable == null ? null : Node.fixed(variable.name());
    }

    private Node index(Scope scope, int depth) {
        Node index = of("int", scope, depth - 1);
        return random.nextInt(8) == 0 ? index : Node.fixed("((", index, ") & 1)");
    }

    private Node pureLambda(String type, Scope scope) {
        Scope inside = scope.lambda(null, scope.kind, type);
        String cast = Types.isPrimitive(type) ? "(" + type + ") " : "";
        return expression(
                type, "(" + cast + "((Supplier<" + Types.boxed(type) + ">) () -> ", of(type, inside, 2), ").get())");
    }

    private Node byType(String type, Scope scope, int depth) {
        if (type.equals("boolean")) {
            return ofBoolean(scope, depth);
        }
        if (Types.isNumeric(type)) {
            return numeric(type, scope, depth);
        }
        if (type.equals("String")) {
            return string(scope, depth);
        }
        if (type.equals("Box")) {
            return expression(
                    type, "new Box(", of("long", scope, depth - 1), ", ", of("Object", scope, depth - 1), ")");
        }
        if (type.endsWith("[]")) {
            String element = type.substring(0, type.length() - 2);
            return expression(
                    type,
                    "new " + type + " {",
                    of(element, scope, depth - 1),
                    ", ",
                    of(element, scope, depth - 1),
                    "}");
        }
        if (type.equals("Object")) {
            return expression(type, "((Object) ", of(Types.any(random), scope, depth - 1), ")");
        }
        String primitive = type.equals("Integer") ? "int" : "long";
        return expression(type, "((" + type + ") ", of(primitive, scope, depth - 1), ")");
    }

    private Node ofBoolean(Scope scope, int depth) {
        int roll = random.nextInt(8);
        if (roll < 3) {
            String operator = Types.one(List.of("&&", "||", "&", "|", "^"), random);
            return expression(
                    "boolean",
                    "(",
                    of("boolean", scope, depth - 1),
                    " " + operator + " ",
                    of("boolean", scope, depth - 1),
                    ")");
        }
        if (roll == 3) {
            return expression("boolean", "(!", of("boolean", scope, depth - 1), ")");
        }
        if (roll == 4) {
            String name = names.fresh("n");
            // Not on the bare value: javac 17 fails over a pattern for what a conditional of type boolean gives.
            return expression(
                    "boolean",
                    "(same(",
                    of(Types.any(random), scope, depth - 1),
                    ") instanceof Integer " + name + " && " + name + " < ",
                    of("int", scope, depth - 1),
                    ")");
        }
        if (roll == 5) {
            return expression(
                    "boolean", "(", of("Object", scope, depth - 1), " == ", of("Object", scope, depth - 1), ")");
        }
        String left = Types.one(Types.NUMERIC, random);
        String right = Types.one(Types.NUMERIC, random);
        return expression(
                "boolean",
                "(",
                of(left, scope, depth - 1),
                " " + Types.one(COMPARISONS, random) + " ",
                of(right, scope, depth - 1),
                ")");
    }

    private Node numeric(String type, Scope scope, int depth) {
        int roll = random.nextInt(10);
        if (roll == 0) {
            String other = Types.one(Types.NUMERIC, random);
            return expression(type, "((" + type + ") ", of(other, scope, depth - 1), ")");
        }
        if (roll == 1 && type.equals("int")) {
            return expression(type, "((int) len(", of("String", scope, depth - 1), "))");
        }
        if (roll == 2 && type.equals("long")) {
            return expression(type, "(", of("Box", scope, depth - 1), ").a()");
        }
        if (roll == 3 && (type.equals("int") || type.equals("long"))) {
            return expression(type, "(", of(type + "[]", scope, depth - 1), ")[", index(scope, depth), "]");
        }
        if (roll == 4 && (type.equals("int") || type.equals("long"))) {
            String boxed = Types.boxed(type);
            return expression(type, "((" + type + ") ", of(boxed, scope, depth - 1), ")");
        }
        boolean bits = Types.isWhole(type) && random.nextInt(3) == 0;
        String operator = Types.one(bits ? BITWISE : ARITHMETIC, random);
        return expression(
                type,
                "((" + type + ") (",
                of(type, scope, depth - 1),
                " " + operator + " ",
                of(bits ? "int" : type, scope, depth - 1),
                "))");
    }

    private Node string(Scope scope, int depth) {
        int roll = random.nextInt(5);
        if (roll == 0) {
            return expression("String", "((String) show(", of(Types.any(random), scope, depth - 1), "))");
        }
        if (roll == 1) {
            return expression(
                    "String",
                    "((String) new StringBuilder(",
                    of("String", scope, depth - 1),
                    ").append(",
                    of(Types.one(Types.PRIMITIVES, random), scope, depth - 1),
                    ").toString())");
        }
        return expression(
                "String",
                "(\"\" + ",
                of(Types.one(Types.PRIMITIVES, random), scope, depth - 1),
                " + ",
                of("String", scope, depth - 1),
                roll == 2 ? "" : " + \"-\" + (String) show(",
                roll == 2 ? "" : of(Types.any(random), scope, depth - 1),
                roll == 2 ? ")" : "))");
    }
}
