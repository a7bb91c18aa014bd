package io.corobridge.rxjava3;

import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.drive.Runs;
import io.reactivex.rxjava3.core.FlowableConverter;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleSource;
import io.reactivex.rxjava3.core.SingleTransformer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Coroutines as {@link Single}, and Singles in coroutines. */
public final class CoSingle {
    private CoSingle() {}

    /**
     * A coroutine as a Single. Cold: the first subscription runs the coroutine, and each later one, such as a retry, a new coroutine
     * with the same body. A coroutine that was stepped before is {@code onError(RuntimeError)}.
     *
     * <p>Its result is {@code onSuccess}; null is {@code onError(NullPointerException)}, for a Single has a value. What it raises is {@code onError}, the
     * same instance. {@code dispose()} is the awaited close: {@code GeneratorExit} is raised where the body is suspended, and its
     * clean-up is driven to the end although nobody waits; {@code dispose()} itself returns before that. What a disposed body
     * raises all the same goes to {@code RxJavaPlugins.onError}, unless it says only that it was cancelled.
     *
     * <p>The first step runs on the subscribing thread, each later one on the thread that completes what the body awaits.
     *
     * @param <T> the result
     * @param coroutine what to run
     * @return a Single
     */
    public static <T> Single<T> from(Coroutine<? extends T> coroutine) {
        return CoroutineSingle.of(Runs.of(Objects.requireNonNull(coroutine, "coroutine")), null);
    }

    /**
     * As {@link #from(Coroutine)}, with every step in a task of a scheduler. Where the scheduler is shut down, a step that is left
     * runs on the thread that asks for it.
     *
     * @param <T> the result
     * @param coroutine what to run
     * @param scheduler where it runs
     * @return a Single
     */
    public static <T> Single<T> from(Coroutine<? extends T> coroutine, Scheduler scheduler) {
        return CoroutineSingle.of(
                Runs.of(Objects.requireNonNull(coroutine, "coroutine")),
                Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * As {@link #from(Coroutine)}, with a new coroutine for each subscription.
     *
     * @param <T> the result
     * @param function makes a new coroutine at each call; what it throws is {@code onError}
     * @return a Single
     */
    public static <T> Single<T> defer(Supplier<? extends Coroutine<? extends T>> function) {
        return CoroutineSingle.of(Objects.requireNonNull(function, "function"), null);
    }

    /**
     * A Single as an awaitable: {@code co.await(CoSingle.awaitable(single))}. Each await subscribes, and results in the value;
     * {@code onError(e)} is raised there, the same instance. Giving up the await disposes the subscription. An error that comes
     * later goes to {@code RxJavaPlugins.onError}, unless it says only that something was cancelled.
     *
     * @param <T> the value
     * @param single what to wait for
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<T> awaitable(SingleSource<? extends T> single) {
        return awaitable(single, value -> {});
    }

    /**
     * As {@link #awaitable(SingleSource)}, for values that have to be released.
     *
     * @param <T> the value
     * @param single what to wait for
     * @param onDropped is given a value that the source emits when the await was given up
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<T> awaitable(SingleSource<? extends T> single, Consumer<? super T> onDropped) {
        Objects.requireNonNull(single, "single");
        Objects.requireNonNull(onDropped, "onDropped");
        return AwaitObserver.nonNull(single, onDropped);
    }

    /**
     * An operator written as the body of a coroutine, for {@code single.compose(CoSingle.stage(..))}: it awaits the source when it
     * likes, more than once if it likes, may catch its error, and returns what goes downstream.
     *
     * <p>Each subscription runs the body anew; otherwise as {@link #from(Coroutine)}.
     *
     * @param <T> the value of the source
     * @param <R> what the body returns
     * @param body awaits the source
     * @return an operator
     */
    public static <T, R> SingleTransformer<T, R> stage(Stage<T, R> body) {
        Objects.requireNonNull(body, "body");
        return source -> {
            Awaitable<T> upstream = awaitable(source);
            return CoroutineSingle.of(() -> Coroutine.<R>of("stage", co -> body.run(co, upstream)), null);
        };
    }

    /**
     * A Flowable consumed by a generator, for {@code flowable.to(CoSingle.feed(..))}: each element is sent to it, and what it returns
     * is the value. What it yields is let go.
     *
     * <p>{@code onNext(v)} is {@code send(v)}, {@code onError(e)} is {@code raise(e)}, the same instance, and {@code onComplete} is
     * {@code close()}: the body may catch {@code GeneratorExit} and return its result. A null result is an error. When the
     * generator returns or raises before the source ends, the source is cancelled; when it does so before its first yield, the
     * source is not subscribed to. {@code dispose()} closes the generator, when its current step is over. Requests without bound.
     *
     * <p>The generator runs on the subscribing thread until its first yield, then on the threads of the source.
     *
     * @param <S> the element
     * @param <R> the generator's result
     * @param function makes a generator for each subscription, which is advanced to its first yield if it is not primed
     * @return a converter
     */
    public static <S, R> FlowableConverter<S, Single<R>> feed(
            Supplier<? extends Generator<?, ? super S, ? extends R>> function) {
        Objects.requireNonNull(function, "function");
        Maybe<R> none = Maybe.error(() ->
                new NullPointerException("the generator returned null: a Single has a value, a Maybe may be empty"));
        return source -> FeedResultFlowable.<S, R>of(source, function)
                .singleElement()
                .switchIfEmpty(none)
                .toSingle();
    }

    /**
     * The body of an operator.
     *
     * @param <T> the value of the source
     * @param <R> what it returns
     */
    @FunctionalInterface
    public interface Stage<T, R> {
        /**
         * Runs once for each subscription.
         *
         * @param co the body's handle
         * @param source what the operator is applied to; each await subscribes to it
         * @return what goes downstream
         * @throws Exception what it raises is {@code onError}
         */
        R run(Co co, Awaitable<T> source) throws Exception;
    }
}
