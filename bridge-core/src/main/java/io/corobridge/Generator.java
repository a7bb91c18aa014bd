package io.corobridge;

import io.corobridge.engine.Woven;
import io.corobridge.machine.GeneratorObject;
import org.jspecify.annotations.Nullable;

/**
 * Python's generator: a body that yields values, and that can be answered at every yield with a value or an exception.
 *
 * <p>Cold and single use. It is a Java {@link Iterable} as well: a for-each loop takes what it yields and ignores what it returns;
 * leaving the loop early does not close it, as in Python.
 *
 * <p>One thread at a time, as for {@link Coroutine}; dropped while suspended, it is closed after garbage collection.
 *
 * @param <Y> what it yields
 * @param <S> what is sent to it
 * @param <R> what it returns
 */
public sealed interface Generator<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object>
        extends Iterable<Y>, AutoCloseable permits GeneratorObject {
    /**
     * Python's generator function with a result.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param <R> what it returns
     * @param body what it runs
     * @return a generator that has not started
     */
    static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Generator<Y, S, R> of(
            Body<Y, S, R> body) {
        return of("generator", body);
    }

    /**
     * Python's generator function with a name and a result.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param <R> what it returns
     * @param name the name for messages and {@code toString}
     * @param body what it runs
     * @return a generator that has not started
     */
    static <Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> Generator<Y, S, R> of(
            String name, Body<Y, S, R> body) {
        return new GeneratorObject<>(new GeneratorCo<>(name, body));
    }

    /**
     * Python's generator function without a result.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param body what it runs
     * @return a generator that has not started
     */
    static <Y extends @Nullable Object, S extends @Nullable Object> Generator<Y, S, @Nullable Void> ofVoid(
            VoidBody<Y, S> body) {
        return ofVoid("generator", body);
    }

    /**
     * Python's generator function with a name and without a result.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param name the name for messages and {@code toString}
     * @param body what it runs
     * @return a generator that has not started
     */
    static <Y extends @Nullable Object, S extends @Nullable Object> Generator<Y, S, @Nullable Void> ofVoid(
            String name, VoidBody<Y, S> body) {
        return new GeneratorObject<>(new GeneratorCo<>(name, body));
    }

    /**
     * Python's {@code next(generator)}: {@code send(null)}.
     *
     * @return what it yields
     * @throws StopIteration when the body has returned; its value, the result, is there only the first time (B02)
     */
    Y next();

    /**
     * Python's {@code send(value)}: runs the body until its next yield.
     *
     * @param value what the yield that it stands at results in
     * @return what it yields
     * @throws StopIteration when the body has returned
     * @throws TypeError when it has not started and value is not null (B01)
     * @throws ValueError when it is executing (B08)
     */
    Y send(S value);

    /**
     * Python's {@code throw(error)}: raises an exception at the yield that the body stands at. A generator that has not started
     * ends without entering its body (B04); one that has ended raises the exception (B03).
     *
     * @param error what to raise; the body sees this instance. Checked exceptions are allowed
     * @return what it yields next
     * @throws StopIteration when the body has caught it and returned
     * @throws TypeError when error is null
     * @throws ValueError when it is executing
     */
    Y raise(Throwable error);

    /**
     * Python's {@code close()}: raises {@link GeneratorExit} in the body, which has to end. Does nothing when it has ended, and
     * does not enter a body that has not started.
     *
     * @throws RuntimeError {@code generator ignored GeneratorExit} when the body yields in reply; it stays suspended (B06)
     * @throws ValueError when it is executing
     */
    @Override
    void close();

    /**
     * As {@link #close()}, with the value that the body returned in reply (B05).
     *
     * @return that value, or null
     */
    @Nullable
    R closeAndReturn();

    /**
     * Python's {@code inspect.getgeneratorstate}.
     *
     * @return the state
     */
    GeneratorState state();

    /**
     * Python's {@code gi_running}.
     *
     * @return whether the body, or one that it yields from, executes
     */
    boolean isRunning();

    /**
     * Python's {@code gi_suspended}.
     *
     * @return whether it has started, and neither executes nor has ended
     */
    boolean isSuspended();

    /**
     * Python's {@code gi_yieldfrom}.
     *
     * @return the generator or iterator that it is suspended in yielding from; null otherwise
     */
    @Nullable
    Object yieldingFrom();

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
     * Python's {@code gi_code}: what the body is an instance of. Objects of one body have the same.
     *
     * @return the body's class; for a lambda, the one that Java made for it
     */
    Class<?> code();

    /**
     * Python's {@code gi_frame}: where the body stands.
     *
     * @return the innermost call in it, with class, method, file and line as far as they are known; null when the body is over
     */
    @Nullable
    StackTraceElement frame();

    /**
     * What a generator with a result runs.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     * @param <R> what it returns
     */
    @FunctionalInterface
    interface Body<Y extends @Nullable Object, S extends @Nullable Object, R extends @Nullable Object> {
        /**
         * Runs the body.
         *
         * @param co its handle, for yielding; not to be used outside the body
         * @return the result
         * @throws Exception whatever the body raises
         */
        R run(GeneratorCo<Y, S> co) throws Exception;
    }

    /**
     * What a generator without a result runs.
     *
     * @param <Y> what it yields
     * @param <S> what is sent to it
     */
    @FunctionalInterface
    interface VoidBody<Y extends @Nullable Object, S extends @Nullable Object> extends Body<Y, S, @Nullable Void> {
        /**
         * Runs the body.
         *
         * @param co its handle, for yielding; not to be used outside the body
         * @throws Exception whatever the body raises
         */
        void runVoid(GeneratorCo<Y, S> co) throws Exception;

        @Override
        @Woven(forwards = "runVoid(Lio/corobridge/GeneratorCo;)V")
        @SuppressWarnings("NullAway") // R is @Nullable Void here
        default @Nullable Void run(GeneratorCo<Y, S> co) throws Exception {
            runVoid(co);
            return null;
        }
    }
}
