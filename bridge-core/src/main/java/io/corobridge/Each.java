package io.corobridge;

import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.Frames;
import io.corobridge.engine.Rethrow;
import io.corobridge.engine.Woven;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A running {@code async for}: what {@code co.each(..)} returns, to be looped over inside the body that made it.
 *
 * <p>A source that holds something, as a subscription to a publisher does, is closed when the loop has ended or raised, by
 * {@link #close()}, and at the latest when the body ends.
 *
 * <p>Single use: a second loop over it goes on where the first one stopped. {@code hasNext()} suspends the body. The loop ends
 * when the step of the iterator raises {@link StopAsyncIteration}; whatever else it raises is raised in the loop.
 *
 * @param <T> the element
 */
@Woven
public final class Each<T extends @Nullable Object> implements Iterable<T>, Iterator<T>, AutoCloseable {
    private final Co co;
    private final AsyncIterator<? extends T> source;

    /** The source, if it fetches elements ahead: one that is there is taken without a step. */
    private final AsyncIterator.@Nullable Buffered<? extends T> buffered;

    private boolean ready;
    private boolean ended;
    private boolean closed;
    private @Nullable T element;

    /** What the step gave to be awaited by, and one awaitable for all of them. */
    private @Nullable AwaitIterator<? extends T> stepIterator;

    @SuppressWarnings({"unchecked", "NullAway"}) // set whenever it is awaited
    private final Awaitable<T> ofStepIterator = () -> (AwaitIterator<T>) stepIterator;

    /** For a body that suspends by frames, once it has. */
    private @Nullable Frame frame;

    private Each(Co co, AsyncIterator<? extends T> source) {
        this.co = co;
        this.source = source;
        this.buffered = source instanceof AsyncIterator.Buffered<? extends T> fetched ? fetched : null;
    }

    static <T extends @Nullable Object> Each<T> of(Co co, @Nullable AsyncIterable<? extends T> iterable) {
        AsyncIterator<? extends T> source = iteratorOf(iterable);
        Each<T> each = new Each<>(co, source);
        if (source instanceof AutoCloseable closeable) {
            co.holds(closeable);
        }
        return each;
    }

    /** The iterator that {@code async for} runs over, with its messages when there is none (E01). */
    static <T extends @Nullable Object> AsyncIterator<T> iteratorOf(@Nullable AsyncIterable<T> iterable) {
        if (iterable == null) {
            throw new TypeError("'async for' requires an object with __aiter__ method, got NoneType");
        }
        AsyncIterator<T> source = iterable.aiter();
        if (source == null) {
            throw new TypeError(
                    "'async for' received an object from __aiter__ that does not implement __anext__: NoneType");
        }
        return source;
    }

    /** The next step of {@code async for}. */
    static <T extends @Nullable Object> Awaitable<T> stepOf(AsyncIterator<T> source) {
        Awaitable<T> step = source.anext();
        if (step == null) {
            throw new TypeError(
                    "'async for' received an invalid object from __anext__: NoneType",
                    new TypeError("object NoneType can't be used in 'await' expression"));
        }
        return step;
    }

    /** Whether the step is among those whose {@code awaitIterator()} does not fail. */
    private static boolean isOwnIterator(Awaitable<?> step) {
        return step instanceof Coroutine<?> || step instanceof AwaitIterator<?>;
    }

    /** What the step is awaited by; a failure to give it is a TypeError with it as cause (E01). */
    private static <T extends @Nullable Object> AwaitIterator<T> iteratorOf(Awaitable<T> step) {
        Throwable failure;
        try {
            AwaitIterator<T> iterator = step.awaitIterator();
            if (iterator != null) {
                return iterator;
            }
            failure = new TypeError("__await__() returned non-iterator of type 'NoneType'");
        } catch (Throwable e) {
            failure = e;
        }
        throw new TypeError(
                "'async for' received an invalid object from __anext__: "
                        + step.getClass().getSimpleName(),
                failure);
    }

    /** The same step as it is awaited elsewhere than in a loop of a body. */
    static <T extends @Nullable Object> Awaitable<T> checked(Awaitable<T> step) {
        if (isOwnIterator(step)) {
            return step;
        }
        AwaitIterator<T> iterator = iteratorOf(step);
        return () -> iterator;
    }

    @Override
    public Iterator<T> iterator() {
        return this;
    }

    /** Python's {@code __anext__()}, awaited. */
    @Override
    public boolean hasNext() {
        if (ready || ended) {
            return ready;
        }
        co.checkInside();
        return hasNextInside();
    }

    /** {@link #hasNext()} for a caller that is known to be the loop's own body; it may suspend by frames. */
    boolean hasNextInside() {
        if (ready || ended) {
            return ready;
        }
        try {
            T fetched = buffered == null || co.isCancelDue() ? null : buffered.poll();
            if (fetched != null) {
                element = fetched;
                ready = true;
                return true;
            }
            Awaitable<? extends T> step = stepOf(source);
            if (!isOwnIterator(step)) {
                stepIterator = iteratorOf(step);
                step = ofStepIterator;
            }
            T next = co.awaitInside(step);
            if (Frames.isSuspending(co)) {
                Frames.save(co, hasNextFrame());
                return false;
            }
            element = next;
            ready = true;
        } catch (Throwable error) {
            stepRaised(error);
        }
        return ready;
    }

    /** The loop is over, or this is what it raises. */
    private void stepRaised(Throwable error) {
        if (error instanceof StopAsyncIteration) {
            close();
            return;
        }
        // After these, clean-up of the body comes first; its end closes the source.
        if (!(error instanceof GeneratorExit || error instanceof CancelledError)) {
            closeAfter(error);
        }
        throw Rethrow.asIs(error);
    }

    boolean belongsTo(Handle handle) {
        return co == handle;
    }

    private Frame hasNextFrame() {
        Frame known = frame;
        if (known == null) {
            known = new Frame() {
                @Override
                @SuppressWarnings("unchecked")
                protected Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
                        throws Throwable {
                    if (error != null) {
                        stepRaised(error);
                    } else {
                        element = (T) value;
                        ready = true;
                    }
                    return ready;
                }
            };
            frame = known;
        }
        return known;
    }

    /** The frame of {@link #next()} when it has to wait for {@link #hasNext()}. */
    Frame nextFrame() {
        return new Frame() {
            @Override
            protected @Nullable Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error)
                    throws Throwable {
                if (error != null) {
                    throw error;
                }
                return next();
            }
        };
    }

    /** The step has raised: the loop is over, and this is what it raises. */
    private void closeAfter(Throwable error) {
        try {
            close();
        } catch (Throwable another) {
            error.addSuppressed(another);
        }
    }

    @Override
    @SuppressWarnings("NullAway")
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T next = element;
        element = null;
        ready = false;
        return next;
    }

    /**
     * Ends the loop early and lets go of what its source holds: the subscription to a publisher is cancelled, and elements that
     * were fetched ahead are discarded. A source that holds nothing, such as an async generator, stays as it is, as in Python.
     * Does nothing the second time.
     */
    @Override
    public void close() {
        ended = true;
        ready = false;
        element = null;
        if (!closed && source instanceof AutoCloseable closeable) {
            closed = true;
            co.released(closeable);
            try {
                closeable.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("closing " + source, e);
            }
        }
    }
}
