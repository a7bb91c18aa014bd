package io.corobridge;

import org.jspecify.annotations.Nullable;

/**
 * What {@code anext(iterator, other)} returns: the step of the iterator, with its {@link StopAsyncIteration} turned into a result.
 *
 * @param <T> the element
 */
@SuppressWarnings("try") // close() raises whatever the step does
final class AnextOrDefault<T extends @Nullable Object>
        implements Awaitable<T>, AwaitIterator<T>, AwaitIterator.Sends, AwaitIterator.Raises, AutoCloseable {
    private final @Nullable Awaitable<? extends T> step;
    private final T other;
    private @Nullable AwaitIterator<? extends T> iterator;

    AnextOrDefault(@Nullable Awaitable<? extends T> step, T other) {
        this.step = step;
        this.other = other;
    }

    @Override
    public AwaitIterator<T> awaitIterator() {
        return this;
    }

    /** Asked for at the first use, as CPython does: there is nothing to await before. */
    private AwaitIterator<? extends T> iterator() {
        AwaitIterator<? extends T> known = iterator;
        if (known == null) {
            if (step == null) {
                throw new TypeError("object NoneType can't be used in 'await' expression");
            }
            known = step.awaitIterator();
            if (known == null) {
                throw new TypeError("__await__() returned non-iterator of type 'NoneType'");
            }
            iterator = known;
        }
        return known;
    }

    @Override
    public @Nullable Object next() {
        try {
            return iterator().next();
        } catch (StopAsyncIteration end) {
            throw new StopIteration(other);
        }
    }

    @Override
    public @Nullable Object send(Object value) {
        try {
            return attribute(AwaitIterator.Sends.class, "send").send(value);
        } catch (StopAsyncIteration end) {
            throw new StopIteration(other);
        }
    }

    @Override
    public @Nullable Object raise(Throwable error) throws Exception {
        try {
            return attribute(AwaitIterator.Raises.class, "throw").raise(error);
        } catch (StopAsyncIteration end) {
            throw new StopIteration(other);
        }
    }

    @Override
    public void close() throws Exception {
        try {
            attribute(AutoCloseable.class, "close").close();
        } catch (StopAsyncIteration end) {
            throw new StopIteration(other);
        }
    }

    private <X> X attribute(Class<X> type, String name) {
        AwaitIterator<? extends T> target = iterator();
        if (!type.isInstance(target)) {
            throw new AttributeError(
                    "'" + target.getClass().getSimpleName() + "' object has no attribute '" + name + "'");
        }
        return type.cast(target);
    }

    @Override
    public String toString() {
        return "<anext_awaitable object at 0x" + Integer.toHexString(System.identityHashCode(this)) + ">";
    }
}
