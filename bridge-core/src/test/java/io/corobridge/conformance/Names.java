package io.corobridge.conformance;

import io.corobridge.CancelledError;
import io.corobridge.ExceptionGroup;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The exceptions that programs name, and how traces show them. */
final class Names {
    static final List<String> RAISED = List.of(
            "ValueError",
            "RuntimeError",
            "Oops",
            "Oops",
            "GeneratorExit",
            "Exit",
            "StopIteration",
            "Stop",
            "StopAsyncIteration");

    private Names() {}

    /** An exception that only programs raise; a checked one here. */
    static final class Oops extends Exception {
        private static final long serialVersionUID = 1L;

        Oops(String message) {
            super(message);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** A StopIteration of the program's own. */
    static final class Stop extends StopIteration {
        private static final long serialVersionUID = 1L;

        Stop(Object value) {
            super(value);
        }
    }

    /** A GeneratorExit of the program's own. */
    static final class Exit extends GeneratorExit {
        private static final long serialVersionUID = 1L;

        Exit(String message) {
            super(message);
        }
    }

    static Throwable make(String name, int n) {
        String message = String.valueOf(n);
        return switch (name) {
            case "ValueError" -> new ValueError(message);
            case "RuntimeError" -> new RuntimeError(message);
            case "Oops" -> new Oops(message);
            case "GeneratorExit" -> new GeneratorExit(message);
            case "Exit" -> new Exit(message);
            case "StopIteration" -> new StopIteration(n);
            case "Stop" -> new Stop(n);
            case "StopAsyncIteration" -> new StopAsyncIteration(message);
            case "CancelledError" -> new CancelledError(message);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static Throwable make(String name, int n, Throwable cause) {
        Throwable error = make(name, n);
        return cause == null ? error : error.initCause(cause);
    }

    static boolean isCaught(Throwable error, List<String> classes) {
        return classes.stream().anyMatch(name -> type(name).isInstance(error));
    }

    private static Class<? extends Throwable> type(String name) {
        return switch (name) {
            case "BaseException" -> Throwable.class;
            case "Exception" -> Exception.class;
            case "TimeoutError" -> TimeoutException.class;
            case "ExceptionGroup" -> ExceptionGroup.class;
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

    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException raised(Throwable error) throws X {
        throw (X) error;
    }
}
