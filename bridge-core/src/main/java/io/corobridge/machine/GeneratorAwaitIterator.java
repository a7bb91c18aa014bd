package io.corobridge.machine;

import io.corobridge.AwaitIterator;
import io.corobridge.Generator;
import org.jspecify.annotations.Nullable;

/**
 * A generator that is awaited: what {@code types.coroutine} makes of one, and what {@code __await__} written as a generator
 * returns. There is no check that it is not being awaited already (F02), and an ended one results in null (T12).
 *
 * @param <R> what the generator returns
 */
public final class GeneratorAwaitIterator<R extends @Nullable Object>
        implements AwaitIterator<R>, AwaitIterator.Sends, AwaitIterator.Raises, AutoCloseable, Link {
    private final GeneratorObject<?, Object, R> generator;

    /**
     * Makes one.
     *
     * @param generator what to step
     */
    @SuppressWarnings("unchecked")
    public GeneratorAwaitIterator(Generator<?, ?, R> generator) {
        // Sealed: there is no other kind of generator, and what is sent to it is for its body to cast.
        this.generator = (GeneratorObject<?, Object, R>) generator;
    }

    @Override
    public Object holder() {
        return generator;
    }

    @Override
    public Machine machine() {
        return generator.machine();
    }

    @Override
    public @Nullable Object next() {
        return generator.next();
    }

    @Override
    public @Nullable Object send(Object value) {
        return generator.send(value);
    }

    @Override
    public @Nullable Object raise(Throwable error) {
        return generator.raise(error);
    }

    @Override
    public void close() {
        generator.close();
    }

    @Override
    public String toString() {
        return generator.toString();
    }
}
