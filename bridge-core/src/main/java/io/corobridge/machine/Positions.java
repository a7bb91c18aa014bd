package io.corobridge.machine;

import java.util.List;

/** Says where a body stands, and in which class it was written. */
final class Positions {
    private Positions() {}

    /** The innermost call that is not the library's own or Java's. */
    static StackTraceElement of(Machine machine, List<StackTraceElement> stack) {
        for (StackTraceElement call : stack) {
            if (!isLibrary(call.getClassName())) {
                // That of a thread may name its class loader, which one that was woven in does not.
                return new StackTraceElement(
                        call.getClassName(), call.getMethodName(), call.getFileName(), call.getLineNumber());
            }
        }
        return new StackTraceElement(className(machine), machine.name(), null, -1);
    }

    /** The library's own have no class that would tell anybody anything. */
    static String qualifiedName(Machine machine) {
        String name = className(machine);
        if (isLibrary(name)) {
            return machine.name();
        }
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1) + "." + machine.name();
    }

    /** The class that the body was written in: of a lambda, the one around it. */
    private static String className(Machine machine) {
        String name = machine.code().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    static boolean isLibrary(String name) {
        String outer = name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
        return outer.startsWith("java.")
                || outer.startsWith("jdk.")
                || outer.startsWith("sun.")
                || outer.startsWith("io.corobridge.machine.")
                || outer.startsWith("io.corobridge.engine.")
                || isHandle(outer);
    }

    private static boolean isHandle(String name) {
        return switch (name) {
            case "io.corobridge.Handle",
                    "io.corobridge.Co",
                    "io.corobridge.GeneratorCo",
                    "io.corobridge.AsyncGeneratorCo",
                    "io.corobridge.Each",
                    "io.corobridge.WithFrame",
                    "io.corobridge.WovenCalls",
                    "io.corobridge.Routine",
                    "io.corobridge.Coroutine",
                    "io.corobridge.Generator",
                    "io.corobridge.AsyncGenerator" -> true;
            default -> false;
        };
    }
}
