package io.corobridge.asyncio;

import java.util.Comparator;

/**
 * Python's {@code asyncio.PriorityQueue}: a {@link Queue} of which the least item is the first out.
 *
 * @param <T> the item
 */
public final class PriorityQueue<T> extends Queue<T> {
    private PriorityQueue(int maxsize, Comparator<? super T> order) {
        super(maxsize, new Heap<>(order));
    }

    /**
     * Makes one without a bound, of items that can be compared.
     *
     * @param <T> the item
     * @return an empty queue
     */
    public static <T extends Comparable<? super T>> PriorityQueue<T> create() {
        return create(0);
    }

    /**
     * Makes one, of items that can be compared.
     *
     * @param <T> the item
     * @param maxsize how many items there is room for; no bound when it is not positive
     * @return an empty queue
     */
    public static <T extends Comparable<? super T>> PriorityQueue<T> create(int maxsize) {
        return create(maxsize, Comparator.naturalOrder());
    }

    /**
     * Makes one.
     *
     * @param <T> the item
     * @param maxsize how many items there is room for; no bound when it is not positive
     * @param order says which of two items comes first
     * @return an empty queue
     */
    public static <T> PriorityQueue<T> create(int maxsize, Comparator<? super T> order) {
        return new PriorityQueue<>(maxsize, order);
    }

    private static final class Heap<T> implements Store<T> {
        private final java.util.PriorityQueue<T> items;

        Heap(Comparator<? super T> order) {
            this.items = new java.util.PriorityQueue<>(order);
        }

        @Override
        public void add(T item) {
            items.add(item);
        }

        @Override
        public T remove() {
            return items.remove();
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
