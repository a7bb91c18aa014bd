package io.corobridge.weaver.transform;

import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;

/** The names that the weaver shares with the core module, which it does not depend on. */
final class Core {
    static final String PREFIX = "io/corobridge/";
    static final String HANDLE = PREFIX + "Handle";
    static final String CO = PREFIX + "Co";
    static final String EACH = PREFIX + "Each";
    static final String WOVEN_CALLS = PREFIX + "WovenCalls";

    static final String ENGINE = PREFIX + "engine/";
    static final String EXCHANGE = ENGINE + "Exchange";
    static final String WOVEN_CODE = ENGINE + "WovenCode";
    static final String FRAME = ENGINE + "WovenFrame";
    static final String FRAMES = ENGINE + "WovenFrames$";
    static final String WIDE_FRAME = ENGINE + "WideFrame";
    static final String RESUMER = ENGINE + "Resumer";
    static final String CALLEES = ENGINE + "Callees";
    static final String WOVEN_LAMBDA = ENGINE + "WovenLambda";
    static final String HANDLE_FREE_LAMBDA = ENGINE + "HandleFreeLambda";
    static final String WOVEN = "L" + ENGINE + "Woven;";

    private static final Set<String> HANDLES = Set.of(HANDLE, CO, PREFIX + "GeneratorCo", PREFIX + "AsyncGeneratorCo");

    /** The functional interfaces of {@code co.with}: their code is called by the core with the handle that it captured. */
    private static final Set<String> BLOCKS = Set.of(PREFIX + "With", PREFIX + "WithVoid");

    /** The handles' methods that woven code calls another way; whether they can suspend. */
    private static final Map<String, Boolean> HANDLE_METHODS = Map.of(
            "await", true,
            "awaitSingle", true,
            "with", true,
            "withVoid", true,
            "yield", true,
            "yieldFrom", true,
            "each", false,
            "checkCancelled", true);

    private Core() {}

    static boolean isHandle(Type type) {
        return type.getSort() == Type.OBJECT && isHandle(type.getInternalName());
    }

    static boolean isHandle(String internalName) {
        return HANDLES.contains(internalName);
    }

    static boolean isBlock(Type type) {
        return type.getSort() == Type.OBJECT && BLOCKS.contains(type.getInternalName());
    }

    static boolean isHandleMethod(String owner, String name) {
        return isHandle(owner) && HANDLE_METHODS.containsKey(name);
    }

    static boolean canSuspend(String handleMethod) {
        return HANDLE_METHODS.getOrDefault(handleMethod, false);
    }

    /** The first parameter of the static method that stands in for a handle's method. */
    static String receiverOf(String owner, String handleMethod) {
        return switch (handleMethod) {
            case "yield", "yieldFrom" -> owner;
            case "checkCancelled" -> HANDLE;
            default -> CO;
        };
    }
}
