package io.corobridge.weaving.fuzz;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Fresh names and the fields of one generated program, and how long it has become. */
final class Names {
    private final int limit;
    private int last;

    /**
     * Makes the names of one program.
     *
     * @param limit so many steps of the generator, and only the simplest follow
     */
    Names(int limit) {
        this.limit = limit;
    }

    private int made;

    String fresh(String prefix) {
        return prefix + ++last;
    }

    /** Called for every expression and statement. */
    boolean isLong() {
        return ++made > limit;
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
