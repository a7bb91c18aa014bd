package io.corobridge.programs;

import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import java.util.List;

/** The exceptions that programs name, and how traces show them. */
final class Names {
    private Names() {}

    /** An exception that only programs raise; a checked one here. */
    static final class Oops extends Exception {
        private static final long serialVersionUID = 1L;

        Oops(String message) {
            super(message);
        }
    }

    static Throwable make(String name, int n) {
        return switch (name) {
            case "ValueError" -> new ValueError(String.valueOf(n));
            case "RuntimeError" -> new RuntimeError(String.valueOf(n));
            case "Oops" -> new Oops(String.valueOf(n));
            case "GeneratorExit" -> new GeneratorExit(String.valueOf(n));
            case "StopIteration" -> new StopIteration(n);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static boolean isCaught(Throwable error, List<String> classes) {
        return classes.stream().anyMatch(name -> type(name).isInstance(error));
    }

    private static Class<? extends Throwable> type(String name) {
        return switch (name) {
            case "BaseException" -> Throwable.class;
            case "Exception" -> Exception.class;
            default -> make(name, 0).getClass();
        };
    }

    static String shown(Throwable error) {
        Object text = error instanceof StopIteration stop ? shown(stop.value()) : error.getMessage();
        Throwable cause = error.getCause();
        return error.getClass().getSimpleName() + ": " + (text == null ? "" : text)
                + (cause == null ? "" : " <- " + shown(cause));
    }

    static String shown(Object value) {
        return value == null ? "None" : value.toString();
    }
}
