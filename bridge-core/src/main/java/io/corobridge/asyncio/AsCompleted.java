package io.corobridge.asyncio;

import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.StopAsyncIteration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Asyncio#asCompleted} returns: {@code for (Future<T> f : co.each(..))} gives the tasks and futures themselves, in the order
 * in which they are done; {@code for (Coroutine<T> c : ..)} gives as many coroutines, each of which ends with the outcome of the
 * next one that is done. To be looped over once, either way.
 *
 * @param <T> the result
 */
public final class AsCompleted<T extends @Nullable Object> implements AsyncIterable<Future<T>>, Iterable<Coroutine<T>> {
    private final Queue<@Nullable Future<T>> done = new Queue<>();
    private final Set<Future<T>> todo = new LinkedHashSet<>();
    private final Consumer<Future<T>> callback = this::completed;
    private @Nullable ScheduledCall timer;
    private int left;

    AsCompleted(Collection<? extends Awaitable<T>> awaitables, @Nullable Long timeout) {
        EventLoop loop = Asyncio.getRunningLoop();
        for (Awaitable<T> awaitable : new LinkedHashSet<>(awaitables)) {
            todo.add(Asyncio.ensureFuture(awaitable, loop));
        }
        for (Future<T> future : todo) {
            future.addDoneCallback(callback);
        }
        left = todo.size();
        if (left > 0 && timeout != null) {
            timer = loop.callAfter(timeout, this::timedOut);
        }
    }

    private void completed(Future<T> future) {
        if (todo.remove(future)) {
            done.putNowait(future);
            if (todo.isEmpty() && timer != null) {
                timer.cancel();
            }
        }
    }

    /** Everybody who waits gets a null. */
    @SuppressWarnings("NullAway") // the item may be null
    private void timedOut() {
        for (Future<T> future : todo) {
            future.removeDoneCallback(callback);
            done.putNowait(null);
        }
        todo.clear();
    }

    @Override
    public AsyncIterator<Future<T>> aiter() {
        return () -> {
            if (left == 0) {
                throw new StopAsyncIteration();
            }
            left--;
            return Routine.coroutine("AsCompleted.__anext__", () -> new Next<Future<T>>() {
                @Override
                Future<T> ended(Future<T> future) {
                    return future;
                }
            });
        };
    }

    @Override
    public Iterator<Coroutine<T>> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Coroutine<T> next() {
                if (left == 0) {
                    throw new NoSuchElementException();
                }
                left--;
                return Routine.coroutine("AsCompleted.__next__", () -> new Next<T>() {
                    @Override
                    T ended(Future<T> future) {
                        return future.result();
                    }
                });
            }
        };
    }

    private abstract class Next<R extends @Nullable Object> extends Routine<R> {
        private boolean awaiting;

        abstract R ended(Future<T> future);

        @Override
        @SuppressWarnings("unchecked")
        protected final R step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            if (!awaiting) {
                awaiting = true;
                return awaits(done.get());
            }
            if (value == null) {
                throw new TimeoutException();
            }
            return ended((Future<T>) value);
        }
    }
}
