package io.corobridge.rxjava3;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncIterable;
import io.corobridge.Generator;
import io.corobridge.streams.PublisherIterator;
import io.corobridge.streams.Publishers;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableTransformer;
import io.reactivex.rxjava3.core.Scheduler;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Async generators and bodies as {@link Flowable}, and Flowables in coroutines. */
public final class CoFlowable {
    private CoFlowable() {}

    /**
     * An async generator, or another async iterable, as a Flowable. Cold: each subscription calls {@code aiter()} anew; of an async
     * generator, the first subscription runs the object itself and each later one a new object with the same body. One that was
     * started before is {@code onError(RuntimeError)}.
     *
     * <p>{@code request(1)} takes one step, so the body runs only on demand and stands at its yield between elements. A null
     * element is {@code onError(NullPointerException)} and closes the iterator. What the iterator raises is {@code onError}, the
     * same instance. {@code cancel()} closes the step that is under way, waits for its clean-up, and then closes the iterator;
     * it returns before that is over. Errors that come after it go to {@code RxJavaPlugins.onError}, unless they say only that
     * something was cancelled.
     *
     * <p>Steps run on the thread that requests, or that completes what the body awaits.
     *
     * @param <T> the element
     * @param iterable what to run
     * @return a Flowable
     */
    public static <T> Flowable<T> from(AsyncIterable<? extends T> iterable) {
        return AsyncIterableFlowable.of(Objects.requireNonNull(iterable, "iterable"), null);
    }

    /**
     * As {@link #from(AsyncIterable)}, with every step, and the close, in a task of a scheduler. Where the scheduler is shut down, a
     * step that is left runs on the thread that asks for it.
     *
     * @param <T> the element
     * @param iterable what to run
     * @param scheduler where it runs
     * @return a Flowable
     */
    public static <T> Flowable<T> from(AsyncIterable<? extends T> iterable, Scheduler scheduler) {
        return AsyncIterableFlowable.of(
                Objects.requireNonNull(iterable, "iterable"), Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * A generator as a Flowable. Cold: each subscription steps a generator of its own.
     *
     * <p>{@code request(1)} takes one step, on the thread that requests. What it yields is {@code onNext}; a null is
     * {@code onError(NullPointerException)} and closes it. Its return is {@code onComplete}, whatever it returns; what it raises is
     * {@code onError}, the same instance. {@code cancel()} closes it, when its current step is over; an error that comes out of it
     * then goes to {@code RxJavaPlugins.onError}. Operators that fuse synchronously poll the generator; those which would poll it
     * on another thread than they request on, such as {@code observeOn}, do not.
     *
     * @param <T> the element
     * @param function makes a generator for each subscription; what it throws is {@code onError}
     * @return a Flowable
     */
    public static <T> Flowable<T> fromGenerator(Supplier<? extends Generator<? extends T, ?, ?>> function) {
        return GeneratorFlowable.of(Objects.requireNonNull(function, "function"));
    }

    /**
     * A Flowable as an async iterable with a prefetch of {@value Publishers#DEFAULT_PREFETCH} elements, for
     * {@code co.each(CoFlowable.toAsyncIterable(flowable))}; see {@link #toAsyncIterable(Flowable, int, Consumer)}.
     *
     * @param <T> the element
     * @param flowable what to read
     * @return an iterable
     */
    public static <T> AsyncIterable<T> toAsyncIterable(Flowable<T> flowable) {
        return toAsyncIterable(flowable, Publishers.DEFAULT_PREFETCH, element -> {});
    }

    /**
     * A Flowable as an async iterable. Each {@code aiter()} subscribes, at once, and requests {@code prefetch} elements; more are
     * requested when 75 % of those are consumed. {@code onError(e)} is raised, the same instance, after the last element. Closing
     * the iterator cancels the subscription; an error that comes then goes to {@code RxJavaPlugins.onError}, unless it says only
     * that something was cancelled.
     *
     * <p>A source that needs no signals, such as a range or a list, is asked for each element by the step that wants it.
     *
     * <p>{@code co.each(flowable)} does the same without a discard hook.
     *
     * @param <T> the element
     * @param flowable what to read
     * @param prefetch how many elements are requested ahead, at least 1; {@code Integer.MAX_VALUE} requests without bound
     * @param onDropped is given each element that was fetched and not consumed
     * @return an iterable
     * @throws IllegalArgumentException when prefetch is below 1
     */
    public static <T> AsyncIterable<T> toAsyncIterable(
            Flowable<T> flowable, int prefetch, Consumer<? super T> onDropped) {
        return FlowableIterator.iterable(
                Objects.requireNonNull(flowable, "flowable"), prefetch, Objects.requireNonNull(onDropped, "onDropped"));
    }

    /**
     * An operator written as the body of an async generator, for {@code flowable.compose(CoFlowable.stage(..))}, with a prefetch of
     * {@value Publishers#DEFAULT_PREFETCH} elements; see {@link #stage(int, Stage)}.
     *
     * @param <T> the element of the source
     * @param <R> what the body yields
     * @param body reads the source and yields
     * @return an operator
     */
    public static <T, R> FlowableTransformer<T, R> stage(Stage<T, R> body) {
        return stage(Publishers.DEFAULT_PREFETCH, body);
    }

    /**
     * An operator written as the body of an async generator, for {@code flowable.compose(CoFlowable.stage(..))}: it reads the source
     * with {@code co.each(source)} and yields what goes downstream.
     *
     * <p>Each subscription runs the body anew. Demand from downstream resumes it; the source is read {@code prefetch} elements
     * ahead. The source's error is raised at the loop, where the body may catch it. A cancel from downstream closes the body, and
     * when the body has ended, however it did, the source is cancelled. Errors that reach nobody go to
     * {@code RxJavaPlugins.onError}, unless they say only that something was cancelled.
     *
     * @param <T> the element of the source
     * @param <R> what the body yields
     * @param prefetch how many elements are requested ahead, at least 1
     * @param body reads the source and yields
     * @return an operator
     * @throws IllegalArgumentException when prefetch is below 1
     */
    public static <T, R> FlowableTransformer<T, R> stage(int prefetch, Stage<T, R> body) {
        Objects.requireNonNull(body, "body");
        PublisherIterator.checkPrefetch(prefetch);
        return source -> {
            AsyncIterable<T> upstream = FlowableIterator.iterable(source, prefetch, element -> {});
            return run(upstream, body);
        };
    }

    static <T, R> Flowable<R> run(AsyncIterable<T> upstream, Stage<T, R> body) {
        return AsyncIterableFlowable.of(
                () -> AsyncGenerator.<R, @Nullable Void>of("stage", co -> body.run(co, upstream)), null);
    }

    /**
     * An operator written as a generator, for {@code flowable.compose(CoFlowable.feed(..))}; see {@link #feed(Supplier, Consumer)}.
     *
     * @param <S> the element of the source
     * @param <Y> what the generator yields
     * @param function makes a generator for each subscription
     * @return an operator
     */
    public static <S, Y> FlowableTransformer<S, Y> feed(
            Supplier<? extends Generator<? extends Y, ? super S, ?>> function) {
        return feed(function, result -> {});
    }

    /**
     * An operator written as a generator, for {@code flowable.compose(CoFlowable.feed(..))}: each element is sent to it, and what it
     * yields in reply goes downstream, one for one.
     *
     * <p>{@code onNext(v)} is {@code send(v)}, {@code onError(e)} is {@code raise(e)}, the same instance, and {@code onComplete} is
     * {@code close()}. A generator that catches the error and yields has recovered: that element is the last one. When the
     * generator returns or raises before the source ends, the source is cancelled; when it does so before its first yield, the
     * source is not subscribed to. A null that it yields is {@code onError(NullPointerException)}, and it is closed.
     * {@code cancel()} closes it, when its current step is over; an error that comes out of it after that goes to
     * {@code RxJavaPlugins.onError}. Demand goes to the source as it is.
     *
     * <p>The generator runs on the subscribing thread until its first yield, then on the threads of the source.
     *
     * @param <S> the element of the source
     * @param <Y> what the generator yields
     * @param <R> what it returns
     * @param function makes a generator for each subscription, which is advanced to its first yield if it is not primed
     * @param onReturn is given what the generator returned, before {@code onComplete}; not called when it raises or is cancelled
     * @return an operator
     */
    public static <S, Y, R> FlowableTransformer<S, Y> feed(
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(onReturn, "onReturn");
        return source -> FeedFlowable.of(source, function, onReturn);
    }

    /**
     * The body of an operator.
     *
     * @param <T> the element of the source
     * @param <R> what it yields
     */
    @FunctionalInterface
    public interface Stage<T, R> {
        /**
         * Runs once for each subscription.
         *
         * @param co the body's handle: reads with {@code co.each(source)}, emits with {@code co.yield(..)}
         * @param source what the operator is applied to
         * @throws Exception what it raises is {@code onError}
         */
        void run(AsyncGeneratorCo<R, @Nullable Void> co, AsyncIterable<T> source) throws Exception;
    }
}
