package io.corobridge;

import io.corobridge.engine.Rethrow;
import io.corobridge.engine.Woven;
import io.corobridge.machine.CoroutineObject;
import io.corobridge.machine.Kind;
import io.corobridge.streams.Publishers;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The handle of a coroutine's body: Python's {@code await}, {@code async for} and {@code async with}.
 *
 * <p>Each await suspends the body until what it waits for is there; no thread is held by whoever drives it. When the coroutine is
 * closed, {@link GeneratorExit} is raised at the await and what was awaited is cancelled.
 */
@Woven
public sealed class Co extends Handle permits AsyncGeneratorCo {
    Co(String name, Object body) {
        this(Kind.COROUTINE, name, body);
    }

    Co(Kind kind, String name, Object body) {
        super(kind, name, body);
    }

    /**
     * Python's {@code await}. However deep a chain of awaits is, a step costs the same.
     *
     * @param <R> the result
     * @param awaitable what to wait for; a coroutine that has been awaited before, or is suspended, is a {@link RuntimeError}
     * @return its result; what it raises is raised here, the same instance
     */
    public final <R extends @Nullable Object> R await(Awaitable<? extends R> awaitable) {
        checkInside();
        return awaitInside(awaitable);
    }

    /** {@link #await(Awaitable)} for a caller that is known to be this handle's own body. */
    final <R extends @Nullable Object> R awaitInside(@Nullable Awaitable<? extends R> awaitable) {
        if (awaitable instanceof CoroutineObject<?>) {
            return delegate(awaitable);
        }
        if (awaitable == null) {
            throw new TypeError("object NoneType can't be used in 'await' expression");
        }
        AwaitIterator<? extends R> iterator = awaitable.awaitIterator();
        if (iterator == null) {
            throw new TypeError("__await__() returned non-iterator of type 'NoneType'");
        }
        if (iterator instanceof Settled<? extends R> settled && !isCancelDue()) {
            return settled.get();
        }
        return delegate(iterator);
    }

    /**
     * As {@link #await(Awaitable)}, and lets the compiler accept {@code catch (X e)} around it.
     *
     * @param <R> the result
     * @param <X> a checked exception that the awaitable may raise
     * @param awaitable what to wait for
     * @param declared the class of that exception
     * @return its result
     * @throws X when the awaitable raises it
     */
    public final <R extends @Nullable Object, X extends Throwable> R await(
            Awaitable<? extends R> awaitable, Class<X> declared) throws X {
        return await(awaitable);
    }

    /**
     * Waits for a publisher of at most one element to complete: a Mono, a Maybe as a publisher.
     *
     * @param <T> the element
     * @param publisher subscribed to at once; the subscription is cancelled when this body is closed or raised in meanwhile
     * @return the element, when the publisher has completed; null when it was empty
     * @throws ValueError when it emits a second element: loop over it with {@link #each(Publisher)}
     */
    public final <T> @Nullable T await(Publisher<? extends T> publisher) {
        return await(Awaitables.from(publisher));
    }

    /**
     * As {@link #await(Publisher)}, and lets the compiler accept {@code catch (X e)} around it.
     *
     * @param <T> the element
     * @param <X> a checked exception that the publisher may signal
     * @param publisher what to wait for
     * @param declared the class of that exception
     * @return the element, or null
     * @throws X when the publisher signals it
     */
    public final <T, X extends Throwable> @Nullable T await(Publisher<? extends T> publisher, Class<X> declared)
            throws X {
        return await(publisher);
    }

    /**
     * Waits for a publisher of exactly one element to complete.
     *
     * @param <T> the element
     * @param publisher subscribed to at once; the subscription is cancelled when this body is closed or raised in meanwhile
     * @return the element
     * @throws NoSuchElementException when the publisher completes empty
     * @throws ValueError when it emits a second element
     */
    public final <T> T awaitSingle(Publisher<? extends T> publisher) {
        return single(await(publisher), publisher);
    }

    /** The element of a publisher that must not be empty. */
    static <T> T single(@Nullable T value, Publisher<?> publisher) {
        if (value == null) {
            throw new NoSuchElementException("awaitSingle: " + publisher + " completed without an element");
        }
        return value;
    }

    /**
     * As {@link #awaitSingle(Publisher)}, and lets the compiler accept {@code catch (X e)} around it.
     *
     * @param <T> the element
     * @param <X> a checked exception that the publisher may signal
     * @param publisher what to wait for
     * @param declared the class of that exception
     * @return the element
     * @throws X when the publisher signals it
     */
    public final <T, X extends Throwable> T awaitSingle(Publisher<? extends T> publisher, Class<X> declared) throws X {
        return awaitSingle(publisher);
    }

    /**
     * Waits for a future. When this body is closed or raised in meanwhile, a stage that is a {@code Future} is cancelled.
     *
     * @param <T> its value
     * @param stage what to wait for
     * @return its value
     * @throws java.util.concurrent.CancellationException when the future was cancelled by somebody else. Other failures are
     *     raised as they are, taken out of their {@code CompletionException}
     */
    public final <T> @Nullable T await(CompletionStage<? extends T> stage) {
        return await(Awaitables.from(stage));
    }

    /**
     * As {@link #await(CompletionStage)}, and lets the compiler accept {@code catch (X e)} around it.
     *
     * @param <T> its value
     * @param <X> a checked exception that the future may fail with
     * @param stage what to wait for
     * @param declared the class of that exception
     * @return its value
     * @throws X when the future fails with it
     */
    public final <T, X extends Throwable> @Nullable T await(CompletionStage<? extends T> stage, Class<X> declared)
            throws X {
        return await(stage);
    }

    /**
     * Python's {@code async for}: {@code for (T x : co.each(source))}. Leaving the loop early closes nothing, as in Python; what
     * holds a subscription is closed by {@link Each#close()}, or else when this body ends.
     *
     * @param <T> the element
     * @param source its {@code aiter()} is called here
     * @return to be looped over once, inside this body
     */
    public final <T extends @Nullable Object> Each<T> each(AsyncIterable<? extends T> source) {
        checkInside();
        return Each.of(this, source);
    }

    /**
     * {@code async for} over a publisher, with a prefetch of {@value Publishers#DEFAULT_PREFETCH} elements; see
     * {@link #each(Publisher, int)}.
     *
     * @param <T> the element
     * @param source subscribed to here
     * @return to be looped over once, inside this body
     */
    public final <T> Each<T> each(Publisher<? extends T> source) {
        return each(iterable(source));
    }

    /**
     * {@code async for} over a publisher. It is subscribed to here and now, on the stack and thread of this body, so what
     * {@code subscribe} throws is raised here and a Reactor publisher sees an empty Context.
     *
     * @param <T> the element
     * @param source subscribed to here
     * @param prefetch how many elements are requested ahead, at least 1; more are requested when 75 % of them are consumed
     * @return to be looped over once, inside this body
     */
    public final <T> Each<T> each(Publisher<? extends T> source, int prefetch) {
        return each(iterable(source, prefetch));
    }

    static <T> AsyncIterable<? extends T> iterable(Publisher<? extends T> source) {
        return iterable(source, Publishers.DEFAULT_PREFETCH);
    }

    static <T> AsyncIterable<? extends T> iterable(Publisher<? extends T> source, int prefetch) {
        return Publishers.fromPublisher(source, prefetch);
    }

    /** A loop holds something until the body ends. */
    final void holds(AutoCloseable resource) {
        closeAtEnd(resource);
    }

    /** A loop was closed. */
    final void released(AutoCloseable resource) {
        closedEarly(resource);
    }

    /**
     * Python's {@code async with}: enters the manager, runs the block, and leaves the manager however the block ended.
     *
     * @param <T> what the manager hands to the block
     * @param <R> the block's result
     * @param manager entered with {@code aenter()}, left with {@code aexit(..)}
     * @param body the block; it may await with this handle
     * @return the block's result; null when the manager swallowed what the block raised
     */
    public final <T extends @Nullable Object, R extends @Nullable Object> @Nullable R with(
            AsyncContextManager<T> manager, With<? super T, ? extends R> body) {
        checkInside();
        T value = await(entered(manager));
        R result;
        try {
            result = body.run(value);
        } catch (Throwable error) {
            leave(manager, error);
            return null;
        }
        await(left(manager, null));
        return result;
    }

    /**
     * As {@link #with(AsyncContextManager, With)}, and lets the compiler accept {@code catch (X e)} around it:
     * {@code co.with(Asyncio.timeout(5), TimeoutException.class, timeout -> ..)}.
     *
     * @param <T> what the manager hands to the block
     * @param <R> the block's result
     * @param <X> a checked exception that the block or the manager may raise
     * @param manager entered with {@code aenter()}, left with {@code aexit(..)}
     * @param declared the class of that exception
     * @param body the block; it may await with this handle
     * @return the block's result; null when the manager swallowed what the block raised
     * @throws X when the block or the manager raises it
     */
    public final <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable> @Nullable R with(
            AsyncContextManager<T> manager, Class<X> declared, With<? super T, ? extends R> body) throws X {
        return with(manager, body);
    }

    /** Tells the manager what the block raised, and raises it again unless the manager swallows it (E06, E07). */
    private void leave(AsyncContextManager<?> manager, Throwable error) {
        Boolean swallowed;
        try {
            swallowed = await(left(manager, error));
        } catch (Throwable another) {
            throw Rethrow.asIs(instead(another, error));
        }
        if (swallowed == null || !swallowed) {
            throw Rethrow.asIs(error);
        }
    }

    /** What leaving a context raised in the place of what its block raised. */
    static Throwable instead(Throwable another, @Nullable Throwable error) {
        if (error != null && another != error) {
            another.addSuppressed(error);
        }
        return another;
    }

    static <T extends @Nullable Object> Awaitable<T> entered(@Nullable AsyncContextManager<T> manager) {
        if (manager == null) {
            throw new TypeError("'NoneType' object does not support the asynchronous context manager protocol");
        }
        return contextAwaitable(manager.aenter(), "__aenter__");
    }

    static Awaitable<@Nullable Boolean> left(AsyncContextManager<?> manager, @Nullable Throwable error) {
        return contextAwaitable(manager.aexit(error), "__aexit__");
    }

    private static <T extends @Nullable Object> Awaitable<T> contextAwaitable(
            @Nullable Awaitable<T> awaitable, String method) {
        if (awaitable == null) {
            throw new TypeError(
                    "'async with' received an object from " + method + " that does not implement __await__: NoneType");
        }
        return awaitable;
    }

    /**
     * As {@link #with(AsyncContextManager, With)}, for a block without a result.
     *
     * @param <T> what the manager hands to the block
     * @param manager entered with {@code aenter()}, left with {@code aexit(..)}
     * @param body the block; it may await with this handle
     */
    @SuppressWarnings("NullAway") // the block's result is @Nullable Void
    public final <T extends @Nullable Object> void withVoid(AsyncContextManager<T> manager, WithVoid<? super T> body) {
        with(manager, value -> {
            body.run(value);
            return null;
        });
    }

    /**
     * As {@link #withVoid(AsyncContextManager, WithVoid)}, and lets the compiler accept {@code catch (X e)} around it.
     *
     * @param <T> what the manager hands to the block
     * @param <X> a checked exception that the block or the manager may raise
     * @param manager entered with {@code aenter()}, left with {@code aexit(..)}
     * @param declared the class of that exception
     * @param body the block; it may await with this handle
     * @throws X when the block or the manager raises it
     */
    public final <T extends @Nullable Object, X extends Throwable> void withVoid(
            AsyncContextManager<T> manager, Class<X> declared, WithVoid<? super T> body) throws X {
        withVoid(manager, body);
    }
}
