package io.corobridge.weaving.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** The types of generated programs, and their literals. */
final class Types {
    static final List<String> PRIMITIVES =
            List.of("int", "long", "double", "float", "byte", "short", "char", "boolean");
    static final List<String> NUMERIC = List.of("int", "long", "double", "float", "byte", "short", "char");
    static final List<String> REFERENCES = List.of("String", "Integer", "Long", "Object", "Box");
    static final List<String> ARRAYS = List.of("int[]", "long[]", "String[]", "Object[]");

    private static final Map<String, String> BOXES = Map.of(
            "int", "Integer",
            "long", "Long",
            "double", "Double",
            "float", "Float",
            "byte", "Byte",
            "short", "Short",
            "char", "Character",
            "boolean", "Boolean");

    private static final Map<String, List<String>> LITERALS = Map.ofEntries(
            Map.entry("int", List.of("0", "1", "2", "-1", "7", "300", "2147483647")),
            Map.entry("long", List.of("0L", "1L", "5L", "-3L", "9000000000L")),
            Map.entry("double", List.of("0.0", "1.5", "-2.25", "1e300")),
            Map.entry("float", List.of("0f", "1.5f", "-3f")),
            Map.entry("byte", List.of("(byte) 1", "(byte) -1", "(byte) 200")),
            Map.entry("short", List.of("(short) 2", "(short) -2", "(short) 70000")),
            Map.entry("char", List.of("'a'", "'z'", "(char) 65535")),
            Map.entry("boolean", List.of("true", "false")),
            Map.entry("String", List.of("\"a\"", "\"bc\"", "\"\"", "(String) null")),
            Map.entry("Integer", List.of("(Integer) 5", "(Integer) 1000")),
            Map.entry("Long", List.of("(Long) 6L")),
            Map.entry("Object", List.of("(Object) \"o\"", "(Object) 8", "(Object) null")),
            Map.entry("Box", List.of("new Box(1, \"x\")", "new Box(2L, null)")),
            Map.entry("int[]", List.of("new int[] {1, 2, 3}", "new int[3]")),
            Map.entry("long[]", List.of("new long[] {4, 5, 6}")),
            Map.entry("String[]", List.of("new String[] {\"p\", \"q\", null}")),
            Map.entry("Object[]", List.of("new Object[] {1, \"r\", 2L}")));

    private Types() {}

    static String any(Random random) {
        int roll = random.nextInt(10);
        List<String> among = roll < 6 ? PRIMITIVES : roll < 9 ? REFERENCES : ARRAYS;
        return one(among, random);
    }

    /** One whose values are the same text in every run: arrays show their addresses, and an Object may be one. */
    static String shown(Random random) {
        return random.nextBoolean()
                ? one(PRIMITIVES, random)
                : one(List.of("String", "Integer", "Long", "Box"), random);
    }

    static String one(List<String> among, Random random) {
        return among.get(random.nextInt(among.size()));
    }

    static boolean isPrimitive(String type) {
        return BOXES.containsKey(type);
    }

    static boolean isNumeric(String type) {
        return NUMERIC.contains(type);
    }

    /** Narrower than int: arithmetic on them has to be cast back. */
    static boolean isNarrow(String type) {
        return type.equals("byte") || type.equals("short") || type.equals("char");
    }

    static boolean isWhole(String type) {
        return isNarrow(type) || type.equals("int") || type.equals("long");
    }

    static String boxed(String type) {
        return BOXES.getOrDefault(type, type);
    }

    static String literal(String type, Random random) {
        return one(LITERALS.get(type), random);
    }

    /** What an expression of a type shrinks to. */
    static String simplest(String type) {
        return LITERALS.get(type).get(0);
    }
}
