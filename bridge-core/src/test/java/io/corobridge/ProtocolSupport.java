package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tests of the protocol's rules share: outcomes as text, as Python shows them, and the smallest awaitable. */
final class ProtocolSupport {
    /** A net under tests that would otherwise hang; nothing waits this long when all is well. */
    static final long NET_SECONDS = 60;

    private ProtocolSupport() {}

    /** A call with a result. */
    @FunctionalInterface
    interface Call {
        @Nullable
        Object run() throws Throwable;
    }

    /** A call without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws Throwable;
    }

    /** Tries a call: {@code -> value}, or the type and message of what it raises. */
    static String t(Call call) {
        try {
            return "-> " + show(call.run());
        } catch (Throwable error) {
            return show(error);
        }
    }

    /** Tries a call without a result: {@code -> None}, or the type and message of what it raises. */
    static String t(Action action) {
        return t(() -> {
            action.run();
            return null;
        });
    }

    /** Tries a call on a thread of its own. */
    static String onAnotherThread(Call call) throws Exception {
        return started(call).get(NET_SECONDS, TimeUnit.SECONDS);
    }

    /** Begins to try a call on a thread of its own. */
    static FutureTask<String> started(Call call) {
        FutureTask<String> task = new FutureTask<>(() -> t(call));
        Thread thread = new Thread(task, "another");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static String show(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof String) {
            return "'" + value + "'";
        }
        if (value instanceof Throwable error) {
            String type = error.getClass().getSimpleName();
            return error.getMessage() == null ? type : type + ": " + error.getMessage();
        }
        return value.toString();
    }

    /** An awaitable that gives {@code value} to the driver once, and results in what is sent. */
    static Awaitable<Object> y(@Nullable Object value) {
        return Awaitables.fromGenerator(Generator.<Object, Object, Object>of("y", co -> co.yield(value)));
    }

    static Awaitable<Object> y() {
        return y(null);
    }

    /** The value of a step that has to end in StopIteration. */
    static @Nullable Object returned(Call step) throws Throwable {
        try {
            Object value = step.run();
            throw new AssertionError("yields " + show(value));
        } catch (StopIteration stop) {
            assertThat(stop.getStackTrace()).isEmpty();
            return stop.value();
        }
    }

    /** Throws any exception where only unchecked ones may be. */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException sneaky(Throwable error) throws X {
        throw (X) error;
    }

    /** For a body that refers to its own object. */
    static final class Own<T> {
        private @Nullable T object;

        T is(T made) {
            object = made;
            return made;
        }

        T get() {
            assertThat(object).isNotNull();
            return object;
        }
    }

    /** What the protocol has suppressed in an exception: all but the note of the awaits that it passed. */
    public static List<Throwable> suppressedIn(Throwable error) {
        return Stream.of(error.getSuppressed())
                .filter(each -> !(each instanceof AwaitTrace))
                .toList();
    }
}
