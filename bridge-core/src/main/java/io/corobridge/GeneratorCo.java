package io.corobridge;

import io.corobridge.engine.Woven;
import io.corobridge.machine.Kind;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a generator's body: Python's {@code yield} and {@code yield from}.
 *
 * @param <Y> what the body yields
 * @param <S> what is sent to it
 */
@Woven
public final class GeneratorCo<Y extends @Nullable Object, S extends @Nullable Object> extends Handle {
    GeneratorCo(String name, Object body) {
        super(Kind.GENERATOR, name, body);
    }

    /**
     * Python's {@code yield value}: suspends the body; what is raised in the generator is raised here.
     *
     * @param value what the caller of {@code next} or {@code send} gets
     * @return what was sent; null for {@code next}
     */
    public S yield(Y value) {
        checkInside();
        return yieldValue(value);
    }

    /**
     * Python's {@code yield from generator}: what is sent or raised goes to it until it ends. However deep such a chain is, a
     * step costs the same.
     *
     * @param <R> what the generator returns
     * @param generator what to yield from; it may have been started, or have ended (then the result is null)
     * @return what it returned
     */
    public <R extends @Nullable Object> R yieldFrom(Generator<? extends Y, ? super S, R> generator) {
        checkInside();
        return delegate(iterable(generator));
    }

    /**
     * Python's {@code yield from iterable}: a new iterator of it is yielded from.
     *
     * @param iterable what to yield from
     */
    public void yieldFrom(Iterable<? extends Y> iterable) {
        checkInside();
        delegate(iterator(iterable));
    }

    /**
     * Python's {@code yield from iterator}. The iterator may also implement {@link AwaitIterator.Sends},
     * {@link AwaitIterator.Raises} and {@link AutoCloseable}; otherwise a value sent is an {@link AttributeError} here (C01), and
     * what is raised is raised here (C03).
     *
     * @param iterator what to yield from
     */
    public void yieldFrom(Iterator<? extends Y> iterator) {
        checkInside();
        delegate(iterable(iterator));
    }

    /**
     * Python's {@code yield from} for an awaitable's iterator, as bodies of generator-based coroutines need it.
     *
     * @param <R> its result
     * @param iterator what to yield from
     * @return the value of its {@link StopIteration}
     */
    public <R extends @Nullable Object> R yieldFrom(AwaitIterator<R> iterator) {
        checkInside();
        return delegate(iterable(iterator));
    }

    static <T> T iterable(@Nullable T target) {
        if (target == null) {
            throw new TypeError("'NoneType' object is not iterable");
        }
        return target;
    }

    /** What to delegate to for an iterable. */
    static Object iterator(@Nullable Iterable<?> target) {
        if (iterable(target) instanceof Generator<?, ?, ?> generator) {
            // Its type of value sent is another one, but it is no less a generator for that: it gets close and raise.
            return generator;
        }
        Iterator<?> iterator = iterable(target).iterator();
        if (iterator == null) {
            throw new TypeError("iter() returned non-iterator of type 'NoneType'");
        }
        return iterator;
    }
}
