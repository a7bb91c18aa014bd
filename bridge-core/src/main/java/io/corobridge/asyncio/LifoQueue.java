package io.corobridge.asyncio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code asyncio.LifoQueue}: a {@link Queue} of which the last item in is the first out.
 *
 * @param <T> the item
 */
public final class LifoQueue<T extends @Nullable Object> extends Queue<T> {
    /** Makes one without a bound. */
    public LifoQueue() {
        this(0);
    }

    /**
     * Makes one.
     *
     * @param maxsize how many items there is room for; no bound when it is not positive
     */
    public LifoQueue(int maxsize) {
        super(maxsize, new Stack<>());
    }

    private static final class Stack<T extends @Nullable Object> implements Store<T> {
        private final List<T> items = new ArrayList<>();

        @Override
        public void add(T item) {
            items.add(item);
        }

        @Override
        public T remove() {
            return items.remove(items.size() - 1);
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
