package io.corobridge;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Python's {@code aiter} and {@code anext}, and what stands for its async comprehensions. */
public final class AsyncIterables {
    private AsyncIterables() {}

    /**
     * Python's {@code aiter(iterable)}.
     *
     * @param <T> the element
     * @param iterable what to iterate over
     * @return its iterator
     * @throws TypeError when there is none
     */
    public static <T extends @Nullable Object> AsyncIterator<T> aiter(AsyncIterable<T> iterable) {
        if (iterable == null) {
            throw new TypeError("'NoneType' object is not an async iterable");
        }
        AsyncIterator<T> iterator = iterable.aiter();
        if (iterator == null) {
            throw new TypeError("aiter() returned not an async iterator of type 'NoneType'");
        }
        return iterator;
    }

    /**
     * Python's {@code anext(iterator)}: its step, as it is.
     *
     * @param <T> the element
     * @param iterator what to take a step of
     * @return the step; {@link StopAsyncIteration} is raised by it when there is no element left
     */
    public static <T extends @Nullable Object> Awaitable<T> anext(AsyncIterator<T> iterator) {
        if (iterator == null) {
            throw new TypeError("'NoneType' object is not an async iterator");
        }
        return iterator.anext();
    }

    /**
     * Python's {@code anext(iterator, default)}. The step is made at once, as in Python.
     *
     * @param <T> the element
     * @param iterator what to take a step of
     * @param other the result when there is no element left
     * @return the step; awaited once
     */
    public static <T extends @Nullable Object> Awaitable<T> anext(AsyncIterator<? extends T> iterator, T other) {
        if (iterator == null) {
            throw new TypeError("'NoneType' object is not an async iterator");
        }
        return new AnextOrDefault<>(iterator.anext(), other);
    }

    /**
     * Python's {@code [x async for x in source]}.
     *
     * @param <T> the element
     * @param source its {@code aiter()} is called when the result is awaited
     * @return to be awaited once; it results in a list that can be changed
     */
    public static <T extends @Nullable Object> Coroutine<List<T>> toList(AsyncIterable<? extends T> source) {
        return collect(source, Collectors.toList());
    }

    /**
     * An async comprehension of any kind: {@code Collectors.toSet()}, {@code toMap(..)}, {@code filtering(..)}, {@code mapping(..)}.
     *
     * @param <T> the element
     * @param <R> the result
     * @param source its {@code aiter()} is called when the result is awaited; closing the coroutine early closes nothing of an
     *     async generator, as leaving a loop does
     * @param collector takes the elements, on the thread that drives the coroutine
     * @return to be awaited once
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> Coroutine<R> collect(
            AsyncIterable<? extends T> source, Collector<? super T, ?, R> collector) {
        Objects.requireNonNull(collector, "collector");
        return Routine.coroutine("collect", () -> new Collecting<>(source, collector));
    }

    private static final class Collecting<T extends @Nullable Object, A, R extends @Nullable Object>
            extends Routine<R> {
        private final AsyncIterable<? extends T> source;
        private final Collector<? super T, A, R> collector;
        private final A container;
        private final BiConsumer<A, ? super T> accumulator;
        private @Nullable AsyncIterator<? extends T> iterator;

        Collecting(AsyncIterable<? extends T> source, Collector<? super T, A, R> collector) {
            this.source = source;
            this.collector = collector;
            this.container = collector.supplier().get();
            this.accumulator = collector.accumulator();
        }

        @Override
        protected R step(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            try {
                return goOn(value, error);
            } catch (Throwable failure) {
                close(failure);
                throw failure;
            }
        }

        /** As when a loop is left early: a source that holds something, such as a subscription, lets go of it. */
        private void close(Throwable failure) {
            if (iterator instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Throwable another) {
                    failure.addSuppressed(another);
                }
            }
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // T may be nullable
        private R goOn(@Nullable Object value, @Nullable Throwable error) throws Throwable {
            AsyncIterator<? extends T> steps = iterator;
            try {
                if (error != null) {
                    throw error;
                }
                if (steps == null) {
                    steps = Each.iteratorOf(source);
                    iterator = steps;
                } else {
                    accumulator.accept(container, (T) value);
                }
            } catch (StopAsyncIteration end) {
                if (end != error) {
                    throw end;
                }
                return end(steps);
            }
            try {
                return awaits(Each.checked(Each.stepOf(steps)));
            } catch (StopAsyncIteration end) {
                return end(steps);
            }
        }

        private R end(@Nullable AsyncIterator<? extends T> steps) throws Exception {
            if (steps instanceof AutoCloseable closeable) {
                closeable.close();
            }
            return collector.finisher().apply(container);
        }
    }
}
