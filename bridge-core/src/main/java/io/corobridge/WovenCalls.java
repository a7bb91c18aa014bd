package io.corobridge;

import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.Frames;
import io.corobridge.engine.Woven;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The methods of the handles as woven bodies call them; the weaver puts these calls in the place of those. Not for source code.
 *
 * <p>Each does what the method of the same name does, but suspends by frames: when {@link Frames#isSuspending} holds afterwards, the
 * result is meaningless. The caller is known to be the handle's own running body. Where that body has a thread, they park it.
 */
@Woven
public final class WovenCalls {
    private WovenCalls() {}

    /**
     * {@link Co#await(Awaitable)}.
     *
     * @param co the body's handle
     * @param awaitable what to wait for
     * @return its result; null when it suspends
     */
    public static @Nullable Object await(Co co, Awaitable<?> awaitable) {
        return co.parks() ? co.await(awaitable) : co.awaitInside(awaitable);
    }

    /**
     * {@link Co#await(Awaitable, Class)}.
     *
     * @param co the body's handle
     * @param awaitable what to wait for
     * @param declared not looked at
     * @return its result; null when it suspends
     */
    public static @Nullable Object await(Co co, Awaitable<?> awaitable, Class<?> declared) {
        return await(co, awaitable);
    }

    /**
     * {@link Co#await(Publisher)}.
     *
     * @param co the body's handle
     * @param publisher what to wait for
     * @return its result; null when it suspends
     */
    public static @Nullable Object await(Co co, Publisher<?> publisher) {
        return await(co, Awaitables.from(publisher));
    }

    /**
     * {@link Co#await(Publisher, Class)}.
     *
     * @param co the body's handle
     * @param publisher what to wait for
     * @param declared not looked at
     * @return its result; null when it suspends
     */
    public static @Nullable Object await(Co co, Publisher<?> publisher, Class<?> declared) {
        return await(co, publisher);
    }

    /**
     * {@link Co#await(CompletionStage)}.
     *
     * @param co the body's handle
     * @param stage what to wait for
     * @return its result; null when it suspends
     */
    public static @Nullable Object await(Co co, CompletionStage<?> stage) {
        return await(co, Awaitables.from(stage));
    }

    /**
     * {@link Co#await(CompletionStage, Class)}.
     *
     * @param co the body's handle
     * @param stage what to wait for
     * @param declared not looked at
     * @return its result; null when it suspends
     */
    public static @Nullable Object await(Co co, CompletionStage<?> stage, Class<?> declared) {
        return await(co, stage);
    }

    /**
     * {@link Co#awaitSingle(Publisher)}.
     *
     * @param co the body's handle
     * @param publisher what to wait for
     * @return its result; null when it suspends
     */
    public static @Nullable Object awaitSingle(Co co, Publisher<?> publisher) {
        Object value = await(co, publisher);
        if (Frames.isSuspending(co)) {
            Frames.save(co, new ElementFrame(publisher));
            return null;
        }
        return Co.single(value, publisher);
    }

    /**
     * {@link Co#awaitSingle(Publisher, Class)}.
     *
     * @param co the body's handle
     * @param publisher what to wait for
     * @param declared not looked at
     * @return its result; null when it suspends
     */
    public static @Nullable Object awaitSingle(Co co, Publisher<?> publisher, Class<?> declared) {
        return awaitSingle(co, publisher);
    }

    /**
     * {@link Co#each(AsyncIterable)}.
     *
     * @param co the body's handle
     * @param source what to loop over
     * @return the loop
     */
    public static Each<?> each(Co co, AsyncIterable<?> source) {
        return co.parks() ? co.each(source) : Each.of(co, source);
    }

    /**
     * {@link Co#each(Publisher)}.
     *
     * @param co the body's handle
     * @param source what to loop over
     * @return the loop
     */
    public static Each<?> each(Co co, Publisher<?> source) {
        return each(co, Co.iterable(source));
    }

    /**
     * {@link Co#each(Publisher, int)}.
     *
     * @param co the body's handle
     * @param source what to loop over
     * @param prefetch how many elements are requested ahead
     * @return the loop
     */
    public static Each<?> each(Co co, Publisher<?> source, int prefetch) {
        return each(co, Co.iterable(source, prefetch));
    }

    /**
     * {@link Iterator#hasNext()}.
     *
     * @param iterator the iterator
     * @param handle the body's handle
     * @return its result; false when it suspends
     */
    public static boolean hasNext(Iterator<?> iterator, Handle handle) {
        if (iterator instanceof Each<?> each && each.belongsTo(handle) && !handle.parks()) {
            return each.hasNextInside();
        }
        return iterator.hasNext();
    }

    /**
     * {@link Iterator#next()}.
     *
     * @param iterator the iterator
     * @param handle the body's handle
     * @return its result; null when it suspends
     */
    public static @Nullable Object next(Iterator<?> iterator, Handle handle) {
        if (iterator instanceof Each<?> each && each.belongsTo(handle) && !handle.parks() && !each.hasNextInside()) {
            if (!Frames.isSuspending(handle)) {
                throw new NoSuchElementException();
            }
            Frames.save(handle, each.nextFrame());
            return null;
        }
        return iterator.next();
    }

    /**
     * {@link Co#with(AsyncContextManager, With)}.
     *
     * @param <T> what is handed to the block
     * @param co the body's handle
     * @param manager what to enter and leave
     * @param body the block
     * @return its result; null when it suspends
     * @throws Throwable what it raises
     */
    public static <T extends @Nullable Object> @Nullable Object with(
            Co co, AsyncContextManager<T> manager, With<? super T, ?> body) throws Throwable {
        return co.parks() ? co.with(manager, body) : new WithFrame<>(manager, body).run(co);
    }

    /**
     * {@link Co#with(AsyncContextManager, Class, With)}.
     *
     * @param <T> what is handed to the block
     * @param co the body's handle
     * @param manager what to enter and leave
     * @param declared not looked at
     * @param body the block
     * @return its result; null when it suspends
     * @throws Throwable what it raises
     */
    public static <T extends @Nullable Object> @Nullable Object with(
            Co co, AsyncContextManager<T> manager, Class<?> declared, With<? super T, ?> body) throws Throwable {
        return with(co, manager, body);
    }

    /**
     * {@link Co#withVoid(AsyncContextManager, WithVoid)}.
     *
     * @param <T> what is handed to the block
     * @param co the body's handle
     * @param manager what to enter and leave
     * @param body the block
     * @throws Throwable what it raises
     */
    public static <T extends @Nullable Object> void withVoid(
            Co co, AsyncContextManager<T> manager, WithVoid<? super T> body) throws Throwable {
        if (co.parks()) {
            co.withVoid(manager, body);
        } else {
            new WithFrame<>(manager, body).run(co);
        }
    }

    /**
     * {@link Co#withVoid(AsyncContextManager, Class, WithVoid)}.
     *
     * @param <T> what is handed to the block
     * @param co the body's handle
     * @param manager what to enter and leave
     * @param declared not looked at
     * @param body the block
     * @throws Throwable what it raises
     */
    public static <T extends @Nullable Object> void withVoid(
            Co co, AsyncContextManager<T> manager, Class<?> declared, WithVoid<? super T> body) throws Throwable {
        withVoid(co, manager, body);
    }

    /**
     * {@link Handle#checkCancelled()}.
     *
     * @param handle the body's handle
     */
    public static void checkCancelled(Handle handle) {
        if (handle.parks()) {
            handle.checkCancelled();
        } else {
            handle.checkCancelledInside();
        }
    }

    /**
     * {@link GeneratorCo#yield(Object)}.
     *
     * @param co the body's handle
     * @param value what is yielded
     * @return what was sent; null when it suspends
     */
    public static @Nullable Object yield(GeneratorCo<?, ?> co, @Nullable Object value) {
        return co.yieldValue(value);
    }

    /**
     * {@link AsyncGeneratorCo#yield(Object)}.
     *
     * @param co the body's handle
     * @param value what is yielded
     * @return what was sent; null when it suspends
     */
    public static @Nullable Object yield(AsyncGeneratorCo<?, ?> co, @Nullable Object value) {
        return co.yieldValue(value);
    }

    /**
     * {@link GeneratorCo#yieldFrom(Generator)}.
     *
     * @param co the body's handle
     * @param generator what to yield from
     * @return its result; null when it suspends
     */
    public static @Nullable Object yieldFrom(GeneratorCo<?, ?> co, Generator<?, ?, ?> generator) {
        return co.delegate(GeneratorCo.iterable(generator));
    }

    /**
     * {@link GeneratorCo#yieldFrom(Iterable)}.
     *
     * @param co the body's handle
     * @param iterable what to yield from
     */
    public static void yieldFrom(GeneratorCo<?, ?> co, Iterable<?> iterable) {
        co.delegate(GeneratorCo.iterator(iterable));
    }

    /**
     * {@link GeneratorCo#yieldFrom(Iterator)}.
     *
     * @param co the body's handle
     * @param iterator the iterator
     */
    public static void yieldFrom(GeneratorCo<?, ?> co, Iterator<?> iterator) {
        co.delegate(GeneratorCo.iterable(iterator));
    }

    /**
     * {@link GeneratorCo#yieldFrom(AwaitIterator)}.
     *
     * @param co the body's handle
     * @param iterator the iterator
     * @return its result; null when it suspends
     */
    public static @Nullable Object yieldFrom(GeneratorCo<?, ?> co, AwaitIterator<?> iterator) {
        return co.delegate(GeneratorCo.iterable(iterator));
    }

    /** Waits for the element of a publisher that must not be empty. */
    private static final class ElementFrame extends Frame {
        private final Publisher<?> publisher;

        ElementFrame(Publisher<?> publisher) {
            this.publisher = publisher;
        }

        @Override
        protected Object resume(Exchange exchange, @Nullable Object value, @Nullable Throwable error) throws Throwable {
            if (error != null) {
                throw error;
            }
            return Co.single(value, publisher);
        }
    }
}
