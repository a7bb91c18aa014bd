package io.corobridge;

import io.corobridge.engine.Woven;
import io.corobridge.machine.CoroutineObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Python's coroutine object: a body that runs when it is stepped, stops at each await, and goes on when it is stepped again.
 *
 * <p>Cold and single use: nothing runs before the first step, and a coroutine that has ended cannot be used again. Usually it is
 * not stepped by hand but awaited by another one, or handed to an adapter as a Mono, Single or suspend function.
 *
 * <p>What it awaits travels outwards as the result of {@link #send}, up to the driver; what is sent or raised travels to the
 * innermost body. {@link #close()} raises {@link GeneratorExit} at every suspended await, innermost first.
 *
 * <p>One thread at a time: a second step while one is under way is {@code ValueError: coroutine already executing}. Steps may be
 * taken on different threads when the coroutine is handed over safely. A body that is compiled as plain Java runs on a thread of
 * its own while the stepping thread waits for it.
 *
 * <p>A coroutine that is dropped while suspended is closed after garbage collection, unless its body can reach it; close it, or
 * use try-with-resources, to be sure.
 *
 * @param <R> its result
 */
public sealed interface Coroutine<R extends @Nullable Object> extends Awaitable<R>, AutoCloseable
        permits CoroutineObject {
    /**
     * Python's {@code async def} with a result.
     *
     * @param <R> the result
     * @param body what it runs
     * @return a coroutine that has not started
     */
    static <R extends @Nullable Object> Coroutine<R> of(Body<R> body) {
        return of("coroutine", body);
    }

    /**
     * Python's {@code async def} with a name and a result.
     *
     * @param <R> the result
     * @param name the name for messages and {@code toString}
     * @param body what it runs
     * @return a coroutine that has not started
     */
    static <R extends @Nullable Object> Coroutine<R> of(String name, Body<R> body) {
        return new CoroutineObject<>(new Co(name, body));
    }

    /**
     * Python's {@code async def} without a result.
     *
     * @param body what it runs
     * @return a coroutine that has not started
     */
    static Coroutine<@Nullable Void> ofVoid(VoidBody body) {
        return ofVoid("coroutine", body);
    }

    /**
     * Python's {@code async def} with a name and without a result.
     *
     * @param name the name for messages and {@code toString}
     * @param body what it runs
     * @return a coroutine that has not started
     */
    static Coroutine<@Nullable Void> ofVoid(String name, VoidBody body) {
        return new CoroutineObject<>(new Co(name, body));
    }

    /**
     * Python's {@code send(value)}: runs the body until it awaits something that has to be waited for, or ends.
     *
     * @param value what the await that it stands at results in; null at the first step
     * @return what the innermost await gives to its driver
     * @throws StopIteration when the body has returned; its value is the result
     * @throws TypeError when the coroutine has not started and value is not null (A01)
     * @throws ValueError when it is executing (A08)
     * @throws RuntimeError when it has ended (A03)
     */
    @Nullable
    Object send(@Nullable Object value);

    /**
     * Python's {@code throw(error)}: raises an exception at the await that the body stands at. A coroutine that has not started
     * ends without entering its body (A12).
     *
     * @param error what to raise; the body sees this instance. Checked exceptions are allowed
     * @return what the innermost await gives to its driver
     * @throws StopIteration when the body has caught it and returned
     * @throws TypeError when error is null
     * @throws ValueError when it is executing
     * @throws RuntimeError when it has ended; error is dropped then
     */
    @Nullable
    Object raise(Throwable error);

    /**
     * Python's {@code close()}: raises {@link GeneratorExit} in the body, which has to end. Does nothing when it has ended, and
     * does not enter a body that has not started. A body whose clean-up awaits is closed with {@link #aclose()}.
     *
     * @throws RuntimeError {@code coroutine ignored GeneratorExit} when the body awaits in reply; it stays suspended (A09)
     * @throws ValueError when it is executing
     */
    @Override
    void close();

    /**
     * As {@link #close()}, with the value that the body returned in reply (A07).
     *
     * @return that value, or null
     */
    @Nullable
    R closeAndReturn();

    /**
     * The awaited close, an extension of Python's protocol: as {@link #close()}, but a body that awaits while it is being closed
     * is driven on until it ends, innermost first, so that clean-up is finished. Where no clean-up awaits, it does what
     * {@code close()} does.
     *
     * @return to be awaited once; whoever stops waiting for it closes the plain way
     */
    Awaitable<@Nullable Void> aclose();

    /**
     * Python's {@code inspect.getcoroutinestate}.
     *
     * @return the state
     */
    CoroutineState state();

    /**
     * Python's {@code cr_running}.
     *
     * @return whether the body, or one that it awaits, executes
     */
    boolean isRunning();

    /**
     * Python's {@code cr_suspended}.
     *
     * @return whether it has started, and neither executes nor has ended
     */
    boolean isSuspended();

    /**
     * Python's {@code cr_await}.
     *
     * @return what it is suspended on: a coroutine, a {@link Pending}, an iterator; null otherwise
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
     * Python's {@code cr_code}: what the body is an instance of. Objects of one body have the same.
     *
     * @return the body's class; for a lambda, the one that Java made for it
     */
    Class<?> code();

    /**
     * Python's {@code cr_frame}: where the body stands.
     *
     * @return the innermost call in it, with class, method, file and line as far as they are known; null when the body is over
     */
    @Nullable
    StackTraceElement frame();

    /**
     * Python's {@code cr_origin}: where this coroutine was made, when that was tracked: see {@link Tracking#setOriginDepth}.
     *
     * @return the calls, innermost first; null when it was not tracked
     */
    @Nullable
    List<StackTraceElement> origin();

    /**
     * What a coroutine with a result runs.
     *
     * @param <R> the result
     */
    @FunctionalInterface
    interface Body<R extends @Nullable Object> {
        /**
         * Runs the body.
         *
         * @param co its handle, for awaiting; not to be used outside the body
         * @return the result
         * @throws Exception whatever the body raises
         */
        R run(Co co) throws Exception;
    }

    /** What a coroutine without a result runs. */
    @FunctionalInterface
    interface VoidBody extends Body<@Nullable Void> {
        /**
         * Runs the body.
         *
         * @param co its handle, for awaiting; not to be used outside the body
         * @throws Exception whatever the body raises
         */
        void runVoid(Co co) throws Exception;

        @Override
        @Woven(forwards = "runVoid(Lio/corobridge/Co;)V")
        @SuppressWarnings("NullAway") // R is @Nullable Void here
        default @Nullable Void run(Co co) throws Exception {
            runVoid(co);
            return null;
        }
    }
}
