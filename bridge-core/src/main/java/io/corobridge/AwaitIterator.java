package io.corobridge;

import io.corobridge.machine.GeneratorAwaitIterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Awaitable#awaitIterator()} returns: the iterator that an {@code await} delegates to.
 *
 * <p>Only {@link #next()} is needed. The rest of the protocol is optional, as it is in Python: an iterator that can take a value
 * also implements {@link Sends}, one that can take an exception {@link Raises}, and one that has something to clean up
 * {@link AutoCloseable}. Without {@code Sends}, a value sent is an {@link AttributeError} in the awaiting body (C01); without
 * {@code Raises}, an exception is raised at the await and the iterator is not closed (C03); without {@code close}, closing goes
 * straight to the body (C06).
 *
 * @param <R> the value of the final {@link StopIteration}
 */
@FunctionalInterface
public interface AwaitIterator<R extends @Nullable Object> {
    /**
     * Python's {@code __next__()}: the first step, and every one for which null was sent (C02).
     *
     * @return what the driver gets
     * @throws StopIteration when the await is over; its value is the await's result
     */
    @Nullable
    Object next();

    /** The optional {@code send} of an iterator that is delegated to. */
    @FunctionalInterface
    interface Sends {
        /**
         * Takes the value that was sent through the delegation.
         *
         * @param value what was sent, never null: null goes to {@code next()}
         * @return what the driver gets
         * @throws StopIteration when the delegation is over
         */
        @Nullable
        Object send(Object value);
    }

    /** The optional {@code throw} of an iterator that is delegated to. */
    @FunctionalInterface
    interface Raises {
        /**
         * Takes the exception that was raised through the delegation; never a {@link GeneratorExit}, which arrives as
         * {@code close()} (C06).
         *
         * @param error the same instance that was raised
         * @return what the driver gets
         * @throws StopIteration when the delegation is over (C05)
         * @throws Exception usually {@code error} itself: raised at the await
         */
        @Nullable
        Object raise(Throwable error) throws Exception;
    }

    /**
     * Makes one from a generator, as {@code __await__} written as a generator function does in Python.
     *
     * @param <R> what the generator returns
     * @param generator what it yields goes to the driver, what it returns is the await's result
     * @return an iterator with send, raise and close
     */
    static <R extends @Nullable Object> AwaitIterator<R> of(Generator<?, ?, R> generator) {
        return new GeneratorAwaitIterator<>(Objects.requireNonNull(generator, "generator"));
    }
}
