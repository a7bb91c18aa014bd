package io.corobridge;

import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The methods of the handles as woven bodies call them; the weaver puts these calls in the place of those. Not for source code.
 *
 * <p>Each does what the method of the same name does, but suspends by frames: when {@code isSuspending()} holds afterwards, the
 * result is meaningless. The caller is known to be the handle's own running body. Where that body has a thread, they park it.
 */
@SuppressWarnings("NullAway") // a meaningless result is null
public final class WovenCalls {
    private WovenCalls() {}

    /** {@link Co#await(Awaitable)}. */
    public static <R extends @Nullable Object> R await(Co co, Awaitable<? extends R> awaitable) {
        return co.parks() ? co.await(awaitable) : co.awaitInside(awaitable);
    }

    /** {@link Co#await(Awaitable, Class)}. */
    public static <R extends @Nullable Object, X extends Throwable> R await(
            Co co, Awaitable<? extends R> awaitable, Class<X> declared) throws X {
        return await(co, awaitable);
    }

    /** {@link Co#await(Publisher)}. */
    public static <T> @Nullable T await(Co co, Publisher<? extends T> publisher) {
        return await(co, Awaitables.from(publisher));
    }

    /** {@link Co#await(Publisher, Class)}. */
    public static <T, X extends Throwable> @Nullable T await(Co co, Publisher<? extends T> publisher, Class<X> declared)
            throws X {
        return await(co, publisher);
    }

    /** {@link Co#await(CompletionStage)}. */
    public static <T> @Nullable T await(Co co, CompletionStage<? extends T> stage) {
        return await(co, Awaitables.from(stage));
    }

    /** {@link Co#await(CompletionStage, Class)}. */
    public static <T, X extends Throwable> @Nullable T await(
            Co co, CompletionStage<? extends T> stage, Class<X> declared) throws X {
        return await(co, stage);
    }

    /** {@link Co#awaitSingle(Publisher)}. */
    public static <T> T awaitSingle(Co co, Publisher<? extends T> publisher) {
        T value = await(co, publisher);
        if (co.isSuspending()) {
            co.save(new Frame() {
                @Override
                protected Object resume(Exchange exchange, @Nullable Object sent, @Nullable Throwable error)
                        throws Throwable {
                    if (error != null) {
                        throw error;
                    }
                    return Co.single(sent, publisher);
                }
            });
            return value;
        }
        return Co.single(value, publisher);
    }

    /** {@link Co#awaitSingle(Publisher, Class)}. */
    public static <T, X extends Throwable> T awaitSingle(Co co, Publisher<? extends T> publisher, Class<X> declared)
            throws X {
        return awaitSingle(co, publisher);
    }

    /** {@link Co#each(AsyncIterable)}. */
    public static <T extends @Nullable Object> Each<T> each(Co co, AsyncIterable<? extends T> source) {
        return co.parks() ? co.each(source) : Each.of(co, source);
    }

    /** {@link Co#each(Publisher)}. */
    public static <T> Each<T> each(Co co, Publisher<? extends T> source) {
        return each(co, Co.iterable(source));
    }

    /** {@link Co#each(Publisher, int)}. */
    public static <T> Each<T> each(Co co, Publisher<? extends T> source, int prefetch) {
        return each(co, Co.iterable(source, prefetch));
    }

    /** {@link Iterator#hasNext()} of an iterator that may be an {@link Each} of this body. */
    public static boolean hasNext(Iterator<?> iterator, Handle handle) {
        if (iterator instanceof Each<?> each && each.belongsTo(handle) && !handle.parks()) {
            return each.hasNextInside();
        }
        return iterator.hasNext();
    }

    /** {@link Iterator#next()} of an iterator that may be an {@link Each} of this body. */
    public static @Nullable Object next(Iterator<?> iterator, Handle handle) {
        if (iterator instanceof Each<?> each && each.belongsTo(handle) && !handle.parks() && !each.hasNextInside()) {
            if (!handle.isSuspending()) {
                throw new NoSuchElementException();
            }
            handle.save(each.nextFrame());
            return null;
        }
        return iterator.next();
    }

    /** {@link Co#with(AsyncContextManager, With)}. */
    public static <T extends @Nullable Object, R extends @Nullable Object> @Nullable R with(
            Co co, AsyncContextManager<T> manager, With<? super T, ? extends R> body) throws Throwable {
        return co.parks() ? co.with(manager, body) : new WithFrame<T, R>(manager, body).run(co);
    }

    /** {@link Co#withVoid(AsyncContextManager, WithVoid)}. */
    public static <T extends @Nullable Object> void withVoid(
            Co co, AsyncContextManager<T> manager, WithVoid<? super T> body) throws Throwable {
        if (co.parks()) {
            co.withVoid(manager, body);
        } else {
            new WithFrame<T, @Nullable Object>(manager, body).run(co);
        }
    }

    /** {@link Handle#checkCancelled()}. */
    public static void checkCancelled(Handle handle) {
        if (handle.parks()) {
            handle.checkCancelled();
        } else {
            handle.checkCancelledInside();
        }
    }

    /** {@link GeneratorCo#yield(Object)}. */
    public static <S extends @Nullable Object> S yield(GeneratorCo<?, S> co, @Nullable Object value) {
        return co.yieldValue(value);
    }

    /** {@link AsyncGeneratorCo#yield(Object)}. */
    public static <S extends @Nullable Object> S yield(AsyncGeneratorCo<?, S> co, @Nullable Object value) {
        return co.yieldValue(value);
    }

    /** {@link GeneratorCo#yieldFrom(Generator)}. */
    public static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> R yieldFrom(
            GeneratorCo<Y, S> co, Generator<? extends Y, ? super S, R> generator) {
        return co.delegate(GeneratorCo.iterable(generator));
    }

    /** {@link GeneratorCo#yieldFrom(Iterable)}. */
    public static <Y extends @Nullable Object> void yieldFrom(GeneratorCo<Y, ?> co, Iterable<? extends Y> iterable) {
        co.delegate(GeneratorCo.iterator(iterable));
    }

    /** {@link GeneratorCo#yieldFrom(Iterator)}. */
    public static <Y extends @Nullable Object> void yieldFrom(GeneratorCo<Y, ?> co, Iterator<? extends Y> iterator) {
        co.delegate(GeneratorCo.iterable(iterator));
    }

    /** {@link GeneratorCo#yieldFrom(AwaitIterator)}. */
    public static <R extends @Nullable Object> R yieldFrom(GeneratorCo<?, ?> co, AwaitIterator<R> iterator) {
        return co.delegate(GeneratorCo.iterable(iterator));
    }
}
