package io.corobridge.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.StopIteration;
import io.corobridge.asyncio.Runner;
import io.corobridge.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cases of CPython's own tests share: outcomes as text, the smallest awaitables, and how coroutines are run to their end. */
final class Cases {
    private Cases() {}

    /** Stands for Python's ZeroDivisionError, or for whatever a test raises. */
    static final class Oops extends Exception {
        private static final long serialVersionUID = 1L;

        Oops(@Nullable String message) {
            super(message);
        }
    }

    static Oops oops() {
        return new Oops(null);
    }

    @FunctionalInterface
    interface Call {
        @Nullable
        Object run() throws Throwable;
    }

    @FunctionalInterface
    interface Action {
        void run() throws Throwable;
    }

    /** {@code -> value}, or the type and message of what is raised. */
    static String t(Call call) {
        try {
            return "-> " + show(call.run());
        } catch (Throwable error) {
            return show(error);
        }
    }

    static String tried(Action action) {
        return t(() -> {
            action.run();
            return null;
        });
    }

    static String show(@Nullable Object value) {
        if (value instanceof Throwable error) {
            String type = error.getClass().getSimpleName();
            String message = error.getMessage();
            return message == null || message.isEmpty() ? type : type + ": " + message;
        }
        return value == null ? "None" : value.toString();
    }

    /** What a call raises, which it must. */
    static Throwable raised(Action action) {
        try {
            action.run();
        } catch (Throwable error) {
            return error;
        }
        throw new AssertionError("nothing was raised");
    }

    /** The value of the StopIteration that a step ends in, which it must. */
    static @Nullable Object stopValue(Action step) {
        Throwable stop = raised(step);
        assertThat(stop).isInstanceOf(StopIteration.class);
        return ((StopIteration) stop).value();
    }

    /** Yields the values to the driver, one after another, and results in what was sent last. */
    static Awaitable<Object> yields(Object... values) {
        return Awaitables.fromGenerator(Cases.<Object>generator(co -> {
            Object sent = null;
            for (Object value : values) {
                sent = co.yield(value);
            }
            return sent;
        }));
    }

    static Awaitable<Object> nop() {
        return yields((Object) null);
    }

    static <R> Generator<Object, Object, R> generator(Generator.Body<Object, Object, R> body) {
        return Generator.of(body);
    }

    static AsyncGenerator<Object, Object> agen(AsyncGenerator.Body<Object, Object> body) {
        return AsyncGenerator.of("gen", body);
    }

    /** What a coroutine yielded to its driver, and what it returned. */
    record Run(List<Object> yielded, @Nullable Object result) {}

    /** Drives it with send(null) until it ends. */
    static Run run(Coroutine<?> coroutine) {
        List<Object> yielded = new ArrayList<>();
        for (; ; ) {
            try {
                yielded.add(coroutine.send(null));
            } catch (StopIteration end) {
                return new Run(yielded, end.value());
            }
        }
    }

    /** The same through the iterator that {@code __await__} gives. */
    static Run runAwaited(Awaitable<?> awaitable) {
        AwaitIterator<?> iterator = awaitable.awaitIterator();
        List<Object> yielded = new ArrayList<>();
        for (; ; ) {
            try {
                yielded.add(iterator.next());
            } catch (StopIteration end) {
                return new Run(yielded, end.value());
            }
        }
    }

    static Run run(Coroutine.Body<Object> body) {
        return run(Coroutine.of(body));
    }

    /** Takes steps on an awaitable by hand. */
    record Step(AwaitIterator<?> iterator) {
        static Step of(Awaitable<?> awaitable) {
            return new Step(awaitable.awaitIterator());
        }

        @Nullable
        Object send(@Nullable Object value) {
            return ((AwaitIterator.Sends) iterator).send(value);
        }

        @Nullable
        Object raise(Throwable error) throws Exception {
            return ((AwaitIterator.Raises) iterator).raise(error);
        }

        void close() throws Exception {
            ((AutoCloseable) iterator).close();
        }
    }

    static String sent(Awaitable<?> step, @Nullable Object value) {
        return t(() -> Step.of(step).send(value));
    }

    /** Runs a program in an event loop, in virtual time. */
    static <R> R asyncio(Coroutine.Body<R> main) {
        try (Runner runner = new Runner(new VirtualClock())) {
            return runner.run(Coroutine.of("main", main));
        }
    }

    static String told(Coroutine.Body<String> main) {
        return asyncio(main);
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

    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException sneaky(Throwable error) throws X {
        throw (X) error;
    }
}
