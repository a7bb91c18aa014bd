package io.corobridge.weaving.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The helper methods of one generated program, which take the handle; each calls only those made before it. */
final class Helpers {
    /** One of them: its name, its parameters beside the handle and the probe, and what it returns. */
    record Helper(String name, Handles kind, boolean isStatic, String returns, List<String> parameters) {}

    private final Random random;
    private final List<Helper> helpers = new ArrayList<>();

    Helpers(Random random) {
        this.random = random;
    }

    void add(Helper helper) {
        helpers.add(helper);
    }

    /** A call of one that returns the type, or null when there is none that can be called here. */
    @Nullable
    Node call(String type, Scope scope, int depth, Expressions expressions) {
        List<Helper> fitting = helpers.stream()
                .filter(helper -> helper.returns().equals(type) && helper.kind() == scope.kind)
                .toList();
        if (fitting.isEmpty()) {
            return null;
        }
        Helper helper = fitting.get(random.nextInt(fitting.size()));
        List<Object> parts = new ArrayList<>();
        String receiver = helper.isStatic() ? "" : scope.isStatic ? "other()." : "self().";
        parts.add("((" + type + ") " + receiver + helper.name() + "(");
        for (String parameter : helper.parameters()) {
            parts.add(expressions.of(parameter, scope, depth - 1));
            parts.add(", ");
        }
        parts.add("p, " + scope.handle + "))");
        return Node.expression(type, parts.toArray());
    }
}
