package io.corobridge.reactor;

import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.drive.Runs;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
     * <p>The first step runs on the subscribing thread, each later one on the thread that completes what the body awaits.
     *
     * @param <T> the result
     * @param coroutine what to run
     * @return a Mono
     */
    public static <T> Mono<T> from(Coroutine<? extends @Nullable T> coroutine) {
        return CoroutineMono.of(Runs.of(Objects.requireNonNull(coroutine, "coroutine")));
    }

    /**
     * As {@link #from}, with a new coroutine for each subscription.
     *
     * @param <T> the result
     * @param function makes a new coroutine at each call; what it throws is {@code onError}
     * @return a Mono
     */
    public static <T> Mono<T> defer(Supplier<? extends Coroutine<? extends @Nullable T>> function) {
        return CoroutineMono.of(Objects.requireNonNull(function, "function"));
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
}
