package io.corobridge.weaving.fuzz;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Fresh names and the fields of one generated program, and how long the method that is being made has become. */
final class Names {
    private int last;
    private int left;

    /** Begins a method: after so many steps of the generator only the simplest follow. */
    void begin(int steps) {
        left = steps;
    }

    String fresh(String prefix) {
        return prefix + ++last;
    }

    /** Called for every expression and statement. */
    boolean isLong() {
        return --left < 0;
    }

    /** A field of the program, static or its own. */
    @Nullable
    String field(String type, Scope scope, Random random) {
        String name = switch (type) {
            case "int" -> "I";
            case "long" -> "L";
            case "double" -> "D";
            case "byte" -> "B";
            case "String" -> "S";
            case "Object" -> "O";
            default -> null;
        };
        if (name == null) {
            return null;
        }
        return scope.isStatic || random.nextBoolean() ? "static" + name : "self().own" + name;
    }
}
