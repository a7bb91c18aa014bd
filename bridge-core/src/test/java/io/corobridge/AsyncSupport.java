package io.corobridge;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What the tests of async generators, loops and contexts share: awaitables, steps and how an outcome is written down. */
final class AsyncSupport {
    private AsyncSupport() {}

    /** Stands for any exception of an application, Python's {@code KeyError} in the documents. */
    static final class KeyError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyError(@Nullable String message) {
            super(message, null, true, false);
        }
    }

    /** A checked one. */
    static final class Checked extends Exception {
        private static final long serialVersionUID = 1L;

        Checked(String message) {
            super(message);
        }
    }

    /** The ways to take the step of an async generator; they must not be told apart. */
    enum Way {
        BY_HAND {
            @Override
            Step of(Awaitable<?> step) {
                return new Step(step.awaitIterator());
            }
        },
        AWAITED {
            @Override
            Step of(Awaitable<?> step) {
                return new Step(coroutine(co -> co.await(step)).awaitIterator());
            }
        },
        AWAITED_DEEPER {
            @Override
            Step of(Awaitable<?> step) {
                Coroutine<Object> inner = coroutine(co -> co.await(step));
                Coroutine<Object> middle = coroutine(co -> co.await(inner));
                return new Step(coroutine(co -> co.await(middle)).awaitIterator());
            }
        };

        /** The step itself, or a new coroutine that awaits it. */
        abstract Step of(Awaitable<?> step);

        /** Takes a step and writes down its outcome. */
        final String go(Awaitable<?> step) {
            return of(step).next();
        }
    }

    /** One step, driven by hand; every method writes down the outcome. */
    static final class Step {
        private final AwaitIterator<?> iterator;

        Step(AwaitIterator<?> iterator) {
            this.iterator = iterator;
        }

        String next() {
            return outcome(iterator::next);
        }

        String send(Object value) {
            return outcome(() -> ((AwaitIterator.Sends) iterator).send(value));
        }

        String raise(Throwable error) {
            return outcome(() -> ((AwaitIterator.Raises) iterator).raise(error));
        }

        String close() {
            return outcome(() -> {
                ((AutoCloseable) iterator).close();
                return null;
            });
        }

        /** Takes a step that must raise. */
        Throwable raised() {
            return AsyncSupport.raised(iterator::next);
        }
    }

    static Step hand(Awaitable<?> step) {
        return Way.BY_HAND.of(step);
    }

    /** An awaitable that gives {@code value} to the driver once, and results in what was sent. */
    static Awaitable<Object> y(@Nullable Object value) {
        Generator<Object, Object, Object> generator = Generator.of("y", g -> g.yield(value));
        return Awaitables.fromGenerator(generator);
    }

    static Coroutine<Object> coroutine(Coroutine.Body<Object> body) {
        return Coroutine.of(body);
    }

    static AsyncGenerator<Object, Object> agen(AsyncGenerator.Body<Object, Object> body) {
        return AsyncGenerator.of(body);
    }

    /** Runs a coroutine that does not suspend. */
    static String run(Coroutine.Body<Object> body) {
        Coroutine<Object> coroutine = Coroutine.of(body);
        return outcome(() -> coroutine.send(null));
    }

    /** A value is {@code -> value}, an exception {@code Type: message}; null is written as None. */
    static String outcome(Callable<?> call) {
        try {
            return "-> " + show(call.call());
        } catch (Throwable error) {
            return show(error);
        }
    }

    static String show(@Nullable Object value) {
        if (value instanceof Throwable error) {
            String name = error.getClass().getSimpleName();
            return error.getMessage() == null ? name : name + ": " + error.getMessage();
        }
        return value == null ? "None" : value.toString();
    }

    static Throwable raised(Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            return error;
        }
        throw new AssertionError("expected an exception, got " + value);
    }

    /** Python's {@code raise}, for places where the compiler does not want a {@code throw}. */
    static void fail(Throwable error) throws Exception {
        if (error instanceof Exception exception) {
            throw exception;
        }
        throw (Error) error;
    }

    /** The state of an async generator as {@code ag_running}, {@code ag_suspended} and the frame say it together. */
    static String flags(AsyncGenerator<?, ?> generator) {
        return generator.state()
                + (generator.isRunning() ? " running" : "")
                + (generator.isSuspended() ? " suspended" : "");
    }
}
