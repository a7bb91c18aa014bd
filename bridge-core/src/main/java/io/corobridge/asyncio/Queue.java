package io.corobridge.asyncio;

import io.corobridge.Coroutine;
import io.corobridge.Routine;
import io.corobridge.ValueError;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.Queue}: from tasks that put to tasks that get; first in, first out.
 *
 * <p>Null is an item like any other. Who waits is served in the order in which they came; a task that is cancelled while it waits
 * passes its turn on, and no item is lost. Belongs to the loop in which somebody first waited for it, and to its thread.
 *
 * @param <T> the item
 */
public sealed class Queue<T extends @Nullable Object> extends LoopBound permits PriorityQueue, LifoQueue {
    /** Where the items are. */
    interface Store<T extends @Nullable Object> {
        void add(T item);

        T remove();

        int size();
    }

    private final Store<T> store;
    private final int maxsize;
    private final Waiters getters = new Waiters();
    private final Waiters putters = new Waiters();
    private final Event finished = new Event();
    private int unfinishedTasks;
    private boolean shutdown;

    /** Makes one without a bound. */
    public Queue() {
        this(0);
    }

    /**
     * Makes one.
     *
     * @param maxsize how many items there is room for; no bound when it is not positive
     */
    public Queue(int maxsize) {
        this(maxsize, new Fifo<>());
    }

    Queue(int maxsize, Store<T> store) {
        this.maxsize = maxsize;
        this.store = store;
        finished.set();
    }

    /**
     * Python's {@code qsize()}.
     *
     * @return how many items there are
     */
    public final int qsize() {
        return store.size();
    }

    /**
     * Python's {@code maxsize}.
     *
     * @return how many items there is room for; no bound when it is not positive
     */
    public final int maxsize() {
        return maxsize;
    }

    /**
     * Python's {@code empty()}.
     *
     * @return whether there is nothing to get
     */
    public final boolean empty() {
        return store.size() == 0;
    }

    /**
     * Python's {@code full()}.
     *
     * @return whether there is no room to put
     */
    public final boolean full() {
        return maxsize > 0 && store.size() >= maxsize;
    }

    /**
     * Python's {@code put}: waits while there is no room.
     *
     * @param item what to put
     * @return a coroutine; a {@link QueueShutDown} at the await when the queue is shut down
     */
    public final Coroutine<@Nullable Void> put(T item) {
        return Routine.coroutine("Queue.put", () -> new Put(item));
    }

    /**
     * Python's {@code put_nowait}.
     *
     * @param item what to put
     * @throws QueueFull when there is no room
     * @throws QueueShutDown when the queue is shut down
     */
    public final void putNowait(T item) {
        if (shutdown) {
            throw new QueueShutDown(null);
        }
        if (full()) {
            throw new QueueFull(null);
        }
        store.add(item);
        unfinishedTasks++;
        finished.clear();
        getters.takeAndWakeNext();
    }

    /**
     * Python's {@code get}: waits while there is nothing.
     *
     * @return a coroutine that ends with an item; a {@link QueueShutDown} at the await when the queue is shut down and empty
     */
    public final Coroutine<T> get() {
        return Routine.coroutine("Queue.get", Get::new);
    }

    /**
     * Python's {@code get_nowait}.
     *
     * @return an item
     * @throws QueueEmpty when there is none
     * @throws QueueShutDown when there is none and the queue is shut down
     */
    public final T getNowait() {
        if (empty()) {
            if (shutdown) {
                throw new QueueShutDown(null);
            }
            throw new QueueEmpty(null);
        }
        T item = store.remove();
        putters.takeAndWakeNext();
        return item;
    }

    /**
     * Python's {@code task_done()}: an item that was got is done with, for {@link #join()}.
     *
     * @throws ValueError when all items are done with already
     */
    public final void taskDone() {
        if (unfinishedTasks <= 0) {
            throw new ValueError("task_done() called too many times");
        }
        oneFinished();
    }

    private void oneFinished() {
        unfinishedTasks--;
        if (unfinishedTasks == 0) {
            finished.set();
        }
    }

    /**
     * Python's {@code join()}.
     *
     * @return a coroutine that ends when all items were got and are done with
     */
    public final Coroutine<@Nullable Void> join() {
        return Routine.coroutine("Queue.join", Join::new);
    }

    /** Python's {@code shutdown()}: nothing can be put any more, and what is there can still be got. */
    public final void shutdown() {
        shutdown(false);
    }

    /**
     * Python's {@code shutdown(immediate)}.
     *
     * @param immediate whether the items that are there are dropped, and are done with
     */
    public final void shutdown(boolean immediate) {
        shutdown = true;
        while (immediate && !empty()) {
            store.remove();
            if (unfinishedTasks > 0) {
                oneFinished();
            }
        }
        while (getters.takeAndWakeNext()) {
            // each finds out
        }
        while (putters.takeAndWakeNext()) {
            // each finds out
        }
    }

    @Override
    public final String toString() {
        return "<" + getClass().getSimpleName() + " maxsize=" + maxsize
                + (empty() ? "" : " _queue=" + store)
                + (getters.size() == 0 ? "" : " _getters[" + getters.size() + "]")
                + (putters.size() == 0 ? "" : " _putters[" + putters.size() + "]")
                + (unfinishedTasks == 0 ? "" : " tasks=" + unfinishedTasks)
                + (shutdown ? " shutdown" : "") + ">";
    }

    /** Waits in one of the two lines until it is this one's turn. */
    private abstract class Turn<R extends @Nullable Object> extends Routine<R> {
        private final Waiters line;
        private @Nullable Future<Boolean> waiter;

        Turn(Waiters line) {
            this.line = line;
        }

        abstract boolean mustWait();

        abstract R go();

        @Override
        protected final R step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                giveUp(Objects.requireNonNull(waiter));
                throw error;
            }
            if (!mustWait()) {
                return go();
            }
            if (shutdown) {
                throw new QueueShutDown(null);
            }
            Future<Boolean> queued = line.add(boundLoop());
            waiter = queued;
            return awaits(queued);
        }

        /** Who was woken already, and cannot go, wakes the next. */
        private void giveUp(Future<Boolean> queued) {
            queued.cancel();
            line.remove(queued);
            if (!mustWait() && !queued.cancelled()) {
                line.takeAndWakeNext();
            }
        }
    }

    private final class Put extends Turn<@Nullable Void> {
        private final T item;

        Put(T item) {
            super(putters);
            this.item = item;
        }

        @Override
        boolean mustWait() {
            return full();
        }

        @Override
        @SuppressWarnings("NullAway") // the result is @Nullable Void
        Void go() {
            putNowait(item);
            return null;
        }
    }

    private final class Get extends Turn<T> {
        Get() {
            super(getters);
        }

        @Override
        boolean mustWait() {
            return empty();
        }

        @Override
        T go() {
            return getNowait();
        }
    }

    private final class Join extends Routine<@Nullable Void> {
        private boolean waited;

        @Override
        @SuppressWarnings("NullAway") // the result is @Nullable Void
        protected Void step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            if (waited || unfinishedTasks == 0) {
                return null;
            }
            waited = true;
            return awaits(finished.await());
        }
    }

    private static final class Fifo<T extends @Nullable Object> implements Store<T> {
        private static final Object NULL = "null";

        private final ArrayDeque<Object> items = new ArrayDeque<>();

        @Override
        public void add(T item) {
            items.add(item == null ? NULL : item);
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway", "ReferenceEquality"}) // T may be nullable
        public T remove() {
            Object item = items.remove();
            return item == NULL ? null : (T) item;
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public String toString() {
            return items.toString();
        }
    }
}
