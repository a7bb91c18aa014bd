package io.corobridge;

import io.corobridge.machine.AsyncGeneratorObject;
import org.jspecify.annotations.Nullable;

/**
 * Python's async generator: a body that both awaits and yields; every step of it is awaited.
 *
 * <p>Cold and single use: it is its own iterator. Leaving a loop over it early does not close it (E03); await {@link #aclose()}.
 * Each step is one awaitable, to be awaited once; one step at a time.
 *
 * @param <Y> what it yields
 * @param <S> what is sent to it
 */
public sealed interface AsyncGenerator<Y extends @Nullable Object, S extends @Nullable Object> extends AsyncIterator<Y>
        permits AsyncGeneratorObject {
    /**
     * Python's {@code async def} with a {@code yield}.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param body what it runs
     * @return an async generator that has not started
     */
    static <Y extends @Nullable Object, S extends @Nullable Object> AsyncGenerator<Y, S> of(Body<Y, S> body) {
        return of("async_generator", body);
    }

    /**
     * Python's {@code async def} with a name and a {@code yield}.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param name the name for messages and {@code toString}
     * @param body what it runs
     * @return an async generator that has not started
     */
    static <Y extends @Nullable Object, S extends @Nullable Object> AsyncGenerator<Y, S> of(
            String name, Body<Y, S> body) {
        return new AsyncGeneratorObject<>(new AsyncGeneratorCo<>(name, body));
    }

    /**
     * Python's {@code __anext__()}: {@code asend(null)}.
     *
     * @return a step whose result is the next value yielded; it raises {@link StopAsyncIteration} when the body has ended
     */
    @Override
    Awaitable<Y> anext();

    /**
     * Python's {@code asend(value)}.
     *
     * @param value what the yield that the body stands at results in
     * @return a step whose result is the next value yielded
     */
    Awaitable<Y> asend(S value);

    /**
     * Python's {@code athrow(error)}.
     *
     * @param error what to raise at the yield that the body stands at; the body sees this instance
     * @return a step whose result is the next value yielded
     * @throws TypeError when error is null
     */
    Awaitable<Y> athrow(Throwable error);

    /**
     * Python's {@code aclose()}: raises {@link GeneratorExit} at the yield that the body stands at, and waits for its clean-up.
     *
     * @return a step without a result
     */
    Awaitable<@Nullable Void> aclose();

    /**
     * Python's {@code inspect.getasyncgenstate}.
     *
     * @return the state
     */
    AsyncGeneratorState state();

    /**
     * Python's {@code ag_running}.
     *
     * @return whether a step has begun and not ended, also while the body is suspended at an await (D21)
     */
    boolean isRunning();

    /**
     * Python's {@code ag_suspended}.
     *
     * @return whether the body is suspended, at a yield or at an await
     */
    boolean isSuspended();

    /**
     * Python's {@code ag_await}.
     *
     * @return what it is suspended on at an await; null otherwise
     */
    @Nullable
    Object awaiting();

    /**
     * Python's {@code __name__}.
     *
     * @return the name it was made with
     */
    String name();

    /**
     * Python's {@code __qualname__}: the class that the body was written in, and the name.
     *
     * @return for example {@code Orders.fetch}
     */
    String qualifiedName();

    /**
     * Python's {@code ag_code}: what the body is an instance of. Objects of one body have the same.
     *
     * @return the body's class; for a lambda, the one that Java made for it
     */
    Class<?> code();

    /**
     * Python's {@code ag_frame}: where the body stands.
     *
     * @return the innermost call in it, with class, method, file and line as far as they are known; null when the body is over
     */
    @Nullable
    StackTraceElement frame();

    /**
     * What an async generator runs. As in Python, it returns no value.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     */
    @FunctionalInterface
    interface Body<Y extends @Nullable Object, S extends @Nullable Object> {
        /**
         * Runs the body.
         *
         * @param co its handle, for awaiting and yielding; not to be used outside the body
         * @throws Exception whatever the body raises
         */
        void run(AsyncGeneratorCo<Y, S> co) throws Exception;
    }
}
