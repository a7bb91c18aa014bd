package io.corobridge.rxjava3;

import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.drive.Runs;
import io.reactivex.rxjava3.core.FlowableConverter;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeSource;
import io.reactivex.rxjava3.core.MaybeTransformer;
import io.reactivex.rxjava3.core.Scheduler;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Coroutines as {@link Maybe}, and Maybes in coroutines. */
public final class CoMaybe {
    private CoMaybe() {}

    /**
     * A coroutine as a Maybe. Cold: the first subscription runs the coroutine, and each later one, such as a retry, a new coroutine
     * with the same body. A coroutine that was stepped before is {@code onError(RuntimeError)}.
     *
     * <p>Its result is {@code onSuccess}; null is {@code onComplete}. What it raises is {@code onError}, the
     * same instance. {@code dispose()} is the awaited close: {@code GeneratorExit} is raised where the body is suspended, and its
     * clean-up is driven to the end although nobody waits; {@code dispose()} itself returns before that. What a disposed body
     * raises all the same goes to {@code RxJavaPlugins.onError}, unless it says only that it was cancelled.
     *
     * <p>The first step runs on the subscribing thread, each later one on the thread that completes what the body awaits.
     *
     * @param <T> the result
     * @param coroutine what to run
     * @return a Maybe
     */
    public static <T> Maybe<T> from(Coroutine<? extends @Nullable T> coroutine) {
        return CoroutineMaybe.of(Runs.of(Objects.requireNonNull(coroutine, "coroutine")), null);
    }

    /**
     * As {@link #from(Coroutine)}, with every step in a task of a scheduler. Where the scheduler is shut down, a step that is left
     * runs on the thread that asks for it.
     *
     * @param <T> the result
     * @param coroutine what to run
     * @param scheduler where it runs
     * @return a Maybe
     */
    public static <T> Maybe<T> from(Coroutine<? extends @Nullable T> coroutine, Scheduler scheduler) {
        return CoroutineMaybe.of(
                Runs.of(Objects.requireNonNull(coroutine, "coroutine")),
                Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * As {@link #from(Coroutine)}, with a new coroutine for each subscription.
     *
     * @param <T> the result
     * @param function makes a new coroutine at each call; what it throws is {@code onError}
     * @return a Maybe
     */
    public static <T> Maybe<T> defer(Supplier<? extends Coroutine<? extends @Nullable T>> function) {
        return CoroutineMaybe.of(Objects.requireNonNull(function, "function"), null);
    }

    /**
     * A Maybe as an awaitable: {@code co.await(CoMaybe.awaitable(maybe))}. Each await subscribes, and results in the value; null when it is empty;
     * {@code onError(e)} is raised there, the same instance. Giving up the await disposes the subscription. An error that comes
     * later goes to {@code RxJavaPlugins.onError}, unless it says only that something was cancelled.
     *
     * @param <T> the value
     * @param maybe what to wait for
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<@Nullable T> awaitable(MaybeSource<? extends T> maybe) {
        return awaitable(maybe, value -> {});
    }

    /**
     * As {@link #awaitable(MaybeSource)}, for values that have to be released.
     *
     * @param <T> the value
     * @param maybe what to wait for
     * @param onDropped is given a value that the source emits when the await was given up
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<@Nullable T> awaitable(MaybeSource<? extends T> maybe, Consumer<? super T> onDropped) {
        Objects.requireNonNull(maybe, "maybe");
        Objects.requireNonNull(onDropped, "onDropped");
        Awaitable<@Nullable T> known = Scalars.of(maybe);
        return known != null ? known : () -> new AwaitObserver<T>(maybe, maybe::subscribe, onDropped);
    }

    /**
     * An operator written as the body of a coroutine, for {@code maybe.compose(CoMaybe.stage(..))}: it awaits the source when it
     * likes, more than once if it likes, may catch its error, and returns what goes downstream.
     *
     * <p>Each subscription runs the body anew; otherwise as {@link #from(Coroutine)}.
     *
     * @param <T> the value of the source
     * @param <R> what the body returns
     * @param body awaits the source
     * @return an operator
     */
    @SuppressWarnings("NullAway") // the result is @Nullable R
    public static <T, R> MaybeTransformer<T, R> stage(Stage<T, R> body) {
        Objects.requireNonNull(body, "body");
        return source -> {
            Awaitable<@Nullable T> upstream = awaitable(source);
            return CoroutineMaybe.of(() -> Coroutine.<@Nullable R>of("stage", co -> body.run(co, upstream)), null);
        };
    }

    /**
     * A Flowable consumed by a generator, for {@code flowable.to(CoMaybe.feed(..))}: each element is sent to it, and what it returns
     * is the value. What it yields is let go.
     *
     * <p>{@code onNext(v)} is {@code send(v)}, {@code onError(e)} is {@code raise(e)}, the same instance, and {@code onComplete} is
     * {@code close()}: the body may catch {@code GeneratorExit} and return its result. A null result is {@code onComplete}. When the
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
    public static <S, R> FlowableConverter<S, Maybe<R>> feed(
            Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function) {
        Objects.requireNonNull(function, "function");
        return source -> FeedResultFlowable.<S, R>of(source, function).singleElement();
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
         * @return what goes downstream; null completes empty
         * @throws Exception what it raises is {@code onError}
         */
        @Nullable
        R run(Co co, Awaitable<@Nullable T> source) throws Exception;
    }
}
