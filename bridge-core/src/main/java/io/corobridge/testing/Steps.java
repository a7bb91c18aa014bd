package io.corobridge.testing;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Generator;
import io.corobridge.Pending;
import io.corobridge.StopIteration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps a coroutine in a unit test, and checks what it says:
 *
 * <pre>{@code
 * Steps.of(service.load(7))
 *         .awaits(connection).resume(row)
 *         .awaits(cache).raise(new IOException("down"))
 *         .returns("from the row");
 * }</pre>
 *
 * <p>Nothing that is awaited is started: neither a publisher is subscribed to, nor does a timer run. What the coroutine awaits is what
 * was given to {@code co.await(..)}: the publisher, the future, or the awaitable; {@code "sleep(5.0)"} for a sleep of five seconds.
 * A check that fails throws an {@link AssertionError} that shows the whole conversation. Also for generators, which {@link #yields
 * yield}. Confined to one thread.
 */
public final class Steps {
    private enum At {
        START,
        SUSPENDED,
        RETURNED,
        RAISED
    }

    private final AwaitIterator<?> iterator;
    private final StringBuilder conversation = new StringBuilder();
    private At at = At.START;

    /** What was yielded, returned or raised. */
    private @Nullable Object said;

    private Steps(String what, AwaitIterator<?> iterator) {
        this.iterator = iterator;
        conversation.append("    ").append(what).append('\n');
    }

    /**
     * Steps a coroutine, or anything else that can be awaited.
     *
     * @param awaitable takes its first step at the first check
     * @return the conversation with it
     */
    public static Steps of(Awaitable<?> awaitable) {
        return new Steps(awaitable.toString(), awaitable.awaitIterator());
    }

    /**
     * Steps a generator.
     *
     * @param generator takes its first step at the first check
     * @return the conversation with it
     */
    public static Steps of(Generator<?, ?, ?> generator) {
        return new Steps(generator.toString(), AwaitIterator.of(generator));
    }

    /**
     * Checks what is awaited.
     *
     * @param source the very object, or one that equals it
     * @return this
     */
    public Steps awaits(Object source) {
        Objects.requireNonNull(source, "source");
        start();
        if (at != At.SUSPENDED || !source.equals(source())) {
            throw failure("awaits " + source);
        }
        return this;
    }

    /**
     * Checks what kind of thing is awaited.
     *
     * @param type the class of its source
     * @return this
     */
    public Steps awaitsA(Class<?> type) {
        start();
        if (at != At.SUSPENDED || !type.isInstance(source())) {
            throw failure("awaits a " + type.getName());
        }
        return this;
    }

    /**
     * Checks what is yielded.
     *
     * @param value the value
     * @return this
     */
    public Steps yields(@Nullable Object value) {
        start();
        if (at != At.SUSPENDED || !Objects.equals(said, value)) {
            throw failure("yields " + show(value));
        }
        return this;
    }

    /**
     * Checks that it gives way to others, as {@code sleep(0)} does.
     *
     * @return this
     */
    public Steps givesWay() {
        return yields(null);
    }

    /**
     * Sends the value that the await, or the yield, results in, and takes the next step.
     *
     * @param value the value
     * @return this
     */
    public Steps resume(@Nullable Object value) {
        suspended("resumed with " + show(value));
        step(() -> value == null ? iterator.next() : ((AwaitIterator.Sends) iterator).send(value));
        return this;
    }

    /**
     * Raises an exception at the await, or the yield, and takes the next step.
     *
     * @param error the exception
     * @return this
     */
    public Steps raise(Throwable error) {
        suspended("raised there: " + error);
        step(() -> ((AwaitIterator.Raises) iterator).raise(error));
        return this;
    }

    /** Closes it, as a cancelled subscriber does; it has to end without awaiting or yielding anything. */
    public void closes() {
        conversation.append("    closed\n");
        at = At.RETURNED;
        try {
            ((AutoCloseable) iterator).close();
        } catch (Throwable error) {
            at = At.RAISED;
            said = error;
            conversation.append("  raises ").append(error).append('\n');
            throw failure("closes");
        }
    }

    /**
     * Checks that it has returned.
     *
     * @param result what
     */
    public void returns(@Nullable Object result) {
        start();
        if (at != At.RETURNED || !Objects.equals(said, result)) {
            throw failure("returns " + show(result));
        }
    }

    /**
     * Checks that it has raised.
     *
     * @param error the very instance
     */
    public void raises(Throwable error) {
        start();
        if (at != At.RAISED || said != error) {
            throw failure("raises " + error);
        }
    }

    /**
     * Checks that it has raised.
     *
     * @param <X> the class
     * @param type of the exception
     * @return the exception
     */
    public <X extends Throwable> X raises(Class<X> type) {
        start();
        if (at != At.RAISED || !type.isInstance(said)) {
            throw failure("raises " + type.getName());
        }
        return type.cast(said);
    }

    private @Nullable Object source() {
        return said instanceof Pending<?> pending ? pending.source() : said;
    }

    private void start() {
        if (at == At.START) {
            step(iterator::next);
        }
    }

    private void suspended(String what) {
        if (at != At.SUSPENDED) {
            throw failure(at == At.START ? "is checked before it is " + what : "is suspended, to be " + what);
        }
        conversation.append("    ").append(what).append('\n');
    }

    @FunctionalInterface
    private interface Step {
        @Nullable
        Object take() throws Throwable;
    }

    private void step(Step step) {
        try {
            said = step.take();
            at = At.SUSPENDED;
            conversation
                    .append(said instanceof Pending<?> ? "  awaits " : "  yields ")
                    .append(show(source()));
        } catch (StopIteration stop) {
            said = stop.value();
            at = At.RETURNED;
            conversation.append("  returns ").append(show(said));
        } catch (Throwable error) {
            said = error;
            at = At.RAISED;
            conversation.append("  raises ").append(error);
        }
        conversation.append('\n');
    }

    private static String show(@Nullable Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    private AssertionError failure(String expected) {
        AssertionError failure =
                new AssertionError("expected that it " + expected + ". The conversation:\n" + conversation);
        if (at == At.RAISED && said instanceof Throwable raised) {
            failure.initCause(raised);
        }
        return failure;
    }
}
