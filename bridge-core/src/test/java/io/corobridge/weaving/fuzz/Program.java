package io.corobridge.weaving.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A generated class with one body and the helpers it calls.
 *
 * @param seed makes the same program again
 * @param name the binary name of the class
 * @param root its source
 */
record Program(long seed, String name, Node root) {
    private static final String PACKAGE = "io.corobridge.weaving.fuzz.made";

    String source() {
        return root.source();
    }

    static Program of(long seed) {
        return new Maker(seed).make();
    }

    private static final class Maker {
        private final long seed;
        private final Random random;
        private final String simple;
        private final Helpers helpers;
        private final Statements statements;
        private final Names names;

        Maker(long seed) {
            this.seed = seed;
            random = new Random(seed);
            simple = "P" + Long.toHexString(seed);
            names = new Names();
            helpers = new Helpers(random);
            statements = new Statements(random, names, helpers);
        }

        Program make() {
            int roll = random.nextInt(10);
            Handles kind = roll < 6 ? Handles.COROUTINE : roll < 8 ? Handles.GENERATOR : Handles.ASYNC_GENERATOR;
            List<Node> methods = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                methods.add(helper(kind));
            }
            methods.add(body(kind));
            Node root = Node.fixed(
                    "package " + PACKAGE + ";\n\n" + Preamble.IMPORTS + "\npublic final class " + simple + " {\n",
                    Node.block(methods),
                    Preamble.MEMBERS.replace("$P", simple) + "}\n");
            return new Program(seed, PACKAGE + "." + simple, root);
        }

        private Node helper(Handles kind) {
            String name = names.fresh("help");
            boolean isStatic = random.nextBoolean();
            String returns = Types.any(random);
            Scope scope = Scope.method("co", kind, returns, isStatic);
            List<String> parameters = new ArrayList<>();
            StringBuilder declared = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                String type = Types.any(random);
                String parameter = names.fresh("a");
                parameters.add(type);
                scope.declare(parameter, type, Scope.Use.ASSIGNED);
                declared.append(type).append(' ').append(parameter).append(", ");
            }
            names.begin(15 + random.nextInt(40));
            Node block = statements.returning(scope, 4);
            helpers.add(new Helpers.Helper(name, kind, isStatic, returns, parameters));
            return Node.statement(
                    (isStatic ? "static " : "") + returns + " " + name + "(" + declared + "Probe p, " + kind.type
                            + " co) throws Exception {\n",
                    block,
                    "}\n\n");
        }

        private Node body(Handles kind) {
            boolean inMethod = random.nextBoolean();
            String returns = kind == Handles.ASYNC_GENERATOR ? null : "Object";
            Scope scope = Scope.method("co", kind, returns, !inMethod);
            names.begin(40 + random.nextInt(140));
            Node block = statements.main(scope, 7);
            String types = switch (kind) {
                case COROUTINE -> "<Object>";
                case GENERATOR -> "<Object, Object, Object>";
                case ASYNC_GENERATOR -> "<Object, Object>";
            };
            String factory = kind.made + "." + types + "of(";
            String head = "public static Object body(Probe p) {\nreset();\n";
            if (!inMethod) {
                return Node.fixed(head + "return " + factory + "co -> {\n", block, "});\n}\n\n");
            }
            String call = "co -> self.main(p, co)";
            if (returns == null && random.nextBoolean()) {
                call = "co -> { self.main(p, co); }";
            }
            return Node.fixed(
                    head + simple + " self = new " + simple + "();\nreturn " + factory + call + ");\n}\n\n"
                            + (returns == null ? "void" : returns) + " main(Probe p, " + kind.type
                            + " co) throws Exception {\n",
                    block,
                    "}\n\n");
        }
    }
}
