package io.corobridge.reactor;

import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.drive.Runs;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Coroutines as {@link Mono}. */
public final class CoMono {
    private CoMono() {}

    /**
     * A coroutine as a Mono. Cold: the first subscription runs the coroutine, and each later one, such as a retry, a new coroutine
     * with the same body. A coroutine that was stepped before is {@code onError(RuntimeError)}.
     *
     * <p>Its result is {@code onNext} and {@code onComplete}; null completes empty. What it raises is {@code onError}, the same
     * instance. {@code cancel()} is the awaited close: {@code GeneratorExit} is raised where the body is suspended, and its
     * clean-up is driven to the end although nobody waits; {@code cancel()} itself returns before that. What comes out of a
     * cancelled body goes to the discard and dropped-error hooks.
     *
     * <p>The body sees the subscriber's Context as {@link CoContext#current()}, and what it awaits is subscribed to with it.
     *
     * <p>The first step runs on the subscribing thread, each later one on the thread that completes what the body awaits.
     *
     * @param <T> the result
     * @param coroutine what to run
     * @return a Mono
     */
    public static <T> Mono<T> from(Coroutine<? extends @Nullable T> coroutine) {
        return CoroutineMono.of("coroutine", Runs.of(Objects.requireNonNull(coroutine, "coroutine")), null);
    }

    /**
     * As {@link #from(Coroutine)}, with every step in a task of a scheduler. Where the scheduler is shut down, a step that is left runs on
     * the thread that asks for it.
     *
     * @param <T> the result
     * @param coroutine what to run
     * @param scheduler where it runs
     * @return a Mono
     */
    public static <T> Mono<T> from(Coroutine<? extends @Nullable T> coroutine, Scheduler scheduler) {
        return CoroutineMono.of(
                "coroutine",
                Runs.of(Objects.requireNonNull(coroutine, "coroutine")),
                Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * An awaitable as a Mono: each subscription awaits it, with the rules of {@link #from(Coroutine)}. How often it can be awaited, and
     * whether it is hot, is the awaitable's own affair.
     *
     * @param <T> the result
     * @param awaitable what to wait for
     * @return a Mono
     */
    public static <T> Mono<T> fromAwaitable(Awaitable<? extends @Nullable T> awaitable) {
        Objects.requireNonNull(awaitable, "awaitable");
        return CoroutineMono.of("awaitable", () -> awaitable, null);
    }

    /**
     * As {@link #from(Coroutine)}, with a new coroutine for each subscription.
     *
     * @param <T> the result
     * @param function makes a new coroutine at each call; what it throws is {@code onError}
     * @return a Mono
     */
    public static <T> Mono<T> defer(Supplier<? extends Coroutine<? extends @Nullable T>> function) {
        return CoroutineMono.of("coroutine", Objects.requireNonNull(function, "function"), null);
    }

    /**
     * An operator written as the body of a coroutine, for {@code mono.transform(CoMono.stage(..))}: it awaits the source when it likes,
     * more than once if it likes, may catch its error, and returns what goes downstream; null completes empty.
     *
     * <p>Each subscription runs the body anew; otherwise as {@link #from(Coroutine)}. The source is subscribed to with the Context of the
     * body.
     *
     * @param <T> the value of the source
     * @param <R> what the body returns
     * @param body awaits the source
     * @return an operator
     */
    @SuppressWarnings("NullAway") // what the body returns is @Nullable R
    public static <T, R> Function<Mono<T>, Mono<R>> stage(Stage<T, R> body) {
        Objects.requireNonNull(body, "body");
        return source -> CoroutineMono.of(
                "stage", () -> Coroutine.<@Nullable R>of("stage", co -> body.run(co, Awaitables.from(source))), null);
    }

    /**
     * A Flux consumed by a generator, for {@code flux.as(CoMono.feed(..))}: each element is sent to it, and what it returns is the
     * Mono's value. What it yields goes to the discard hook.
     *
     * <p>{@code onNext(v)} is {@code send(v)}, {@code onError(e)} is {@code raise(e)}, the same instance, and {@code onComplete} is
     * {@code close()}: the body may catch {@code GeneratorExit} and return its result. A null result completes empty. When the
     * generator returns or raises before the source ends, the source is cancelled; when it does so before its first yield, the
     * source is not subscribed to. {@code cancel()} closes the generator, when its current step is over; what comes out of it
     * after that goes to the discard and dropped-error hooks. Requests without bound, once there is demand.
     *
     * <p>The generator runs on the subscribing thread until its first yield, then on the threads of the source.
     *
     * @param <S> the element
     * @param <R> the generator's result
     * @param function makes a generator for each subscription, which is advanced to its first yield if it is not primed
     * @return an operator
     */
    public static <S, R> Function<Flux<S>, Mono<R>> feed(
            Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function) {
        Objects.requireNonNull(function, "function");
        return source -> FeedMono.of(source, function);
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
         * @param source what the operator is applied to; each await subscribes to it, and results in null when it is empty
         * @return what goes downstream, or null
         * @throws Exception what it raises is {@code onError}
         */
        @Nullable
        R run(Co co, Awaitable<@Nullable T> source) throws Exception;
    }
}
