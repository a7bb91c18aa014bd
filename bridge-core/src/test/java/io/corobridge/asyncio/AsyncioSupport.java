package io.corobridge.asyncio;

import io.corobridge.Coroutine;
import io.corobridge.testing.VirtualClock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the tests of asyncio share: programs in virtual time, a log, and outcomes as text, as Python shows them. */
final class AsyncioSupport {
    /** A net under tests that would otherwise hang; nothing waits this long when all is well. */
    static final long NET_SECONDS = 60;

    private AsyncioSupport() {}

    /** Stands for any exception of an application. */
    static final class KeyError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyError(@Nullable String message) {
            super(message, null, true, false);
        }
    }

    /** What a program says, and what the loop's exception handler is told. */
    static final class Log {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        void add(Object... words) {
            StringBuilder line = new StringBuilder();
            for (Object word : words) {
                line.append(line.length() == 0 ? "" : " ").append(show(word));
            }
            lines.add(line.toString());
        }

        List<String> lines() {
            return lines;
        }

        String text() {
            return String.join(", ", lines);
        }
    }

    static <R> Coroutine<R> co(Coroutine.Body<R> body) {
        return Coroutine.of("f", body);
    }

    /** Runs a program in virtual time; what the exception handler is told is logged. */
    static <R> R run(Log log, Coroutine.Body<R> main) {
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.getLoop()
                    .setExceptionHandler(
                            (loop, context) -> log.add("[loop handler]", context.message(), context.exception()));
            return runner.run(co(main));
        }
    }

    static <R> R run(Coroutine.Body<R> main) {
        return run(new Log(), main);
    }

    /** {@code -> value}, or the type and message of what is raised. */
    static String t(Callable<?> call) {
        try {
            return "-> " + show(call.call());
        } catch (Throwable error) {
            return show(error);
        }
    }

    interface Action {
        void run() throws Throwable;
    }

    static String tried(Action action) {
        try {
            action.run();
            return "-> None";
        } catch (Throwable error) {
            return show(error);
        }
    }

    static String show(@Nullable Object value) {
        if (value instanceof Throwable error) {
            String name = error.getClass().getSimpleName();
            String message = error.getMessage();
            return message == null || message.isEmpty() ? name : name + ": " + message;
        }
        return value == null ? "None" : value.toString();
    }
}
