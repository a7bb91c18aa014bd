package io.corobridge.reactor;

import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncIterable;
import io.corobridge.Generator;
import io.corobridge.streams.PublisherIterator;
import io.corobridge.streams.Publishers;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Async generators and bodies as {@link Flux}. */
public final class CoFlux {
    private CoFlux() {}

    /**
     * An async generator, or another async iterable, as a Flux. Cold: each subscription calls {@code aiter()} anew; of an async
     * generator, the first subscription runs the object itself and each later one a new object with the same body. One that was
     * started before is {@code onError(RuntimeError)}.
     *
     * <p>{@code request(1)} takes one step, so the body runs only on demand and stands at its yield between elements. A null
     * element is {@code onError(NullPointerException)} and closes the iterator. What the iterator raises is {@code onError}, the
     * same instance. {@code cancel()} closes the step that is under way, waits for its clean-up, and then closes the iterator;
     * it returns before that is over. Elements and errors that come after it go to the discard and dropped-error hooks.
     *
     * <p>The body sees the subscriber's Context as {@link CoContext#current()}, and what it awaits is subscribed to with it. Steps run on
     * the thread that requests, or that completes what the body awaits.
     *
     * @param <T> the element
     * @param iterable what to run
     * @return a Flux
     */
    public static <T> Flux<T> from(AsyncIterable<? extends T> iterable) {
        return AsyncIterableFlux.of(Objects.requireNonNull(iterable, "iterable"), null);
    }

    /**
     * As {@link #from(AsyncIterable)}, with every step, and the close, in a task of a scheduler. Where the scheduler is shut down, a
     * step that is left runs on the thread that asks for it.
     *
     * @param <T> the element
     * @param iterable what to run
     * @param scheduler where it runs
     * @return a Flux
     */
    public static <T> Flux<T> from(AsyncIterable<? extends T> iterable, Scheduler scheduler) {
        return AsyncIterableFlux.of(
                Objects.requireNonNull(iterable, "iterable"), Objects.requireNonNull(scheduler, "scheduler"));
    }

    /**
     * A generator as a Flux. Cold: each subscription steps a generator of its own.
     *
     * <p>{@code request(1)} takes one step, on the thread that requests. What it yields is {@code onNext}; a null is
     * {@code onError(NullPointerException)} and closes it. Its return is {@code onComplete}, whatever it returns; what it raises is
     * {@code onError}, the same instance. {@code cancel()} closes it, when its current step is over; an element or error that comes out
     * of it then goes to the discard or dropped-error hook. Operators that fuse synchronously poll the generator; those which would
     * poll it on another thread than they request on, such as {@code publishOn}, do not. A generator knows no Context.
     *
     * @param <T> the element
     * @param function makes a generator for each subscription; what it throws is {@code onError}
     * @return a Flux
     */
    public static <T> Flux<T> fromGenerator(Supplier<? extends Generator<? extends T, ?, ?>> function) {
        return GeneratorFlux.of(Objects.requireNonNull(function, "function"));
    }

    /**
     * A Flux as an async iterable with a prefetch of {@value Publishers#DEFAULT_PREFETCH} elements and the Context of the body that
     * loops over it, as {@code co.each(flux)} has it; see {@link #toAsyncIterable(Flux, int, ContextView)}.
     *
     * @param <T> the element
     * @param flux what to read
     * @return an iterable
     */
    public static <T> AsyncIterable<T> toAsyncIterable(Flux<T> flux) {
        return FluxIterator.iterable(Objects.requireNonNull(flux, "flux"), Publishers.DEFAULT_PREFETCH, null);
    }

    /**
     * A Flux as an async iterable. Each {@code aiter()} subscribes, at once, with the given Context, and requests {@code prefetch}
     * elements; more are requested when 75 % of those are consumed. {@code onError(e)} is raised, the same instance, after the
     * last element. Closing the iterator cancels the subscription; elements that were fetched and not consumed go to the discard
     * hook, errors after the end to the dropped-error hook.
     *
     * @param <T> the element
     * @param flux what to read
     * @param prefetch how many elements are requested ahead, at least 1; {@code Integer.MAX_VALUE} requests without bound
     * @param context what the Flux sees
     * @return an iterable
     * @throws IllegalArgumentException when prefetch is below 1
     */
    public static <T> AsyncIterable<T> toAsyncIterable(Flux<T> flux, int prefetch, ContextView context) {
        return FluxIterator.iterable(
                Objects.requireNonNull(flux, "flux"), prefetch, Context.of(Objects.requireNonNull(context, "context")));
    }

    /**
     * An operator written as the body of an async generator, for {@code flux.transform(CoFlux.stage(..))}, with a prefetch of
     * {@value Publishers#DEFAULT_PREFETCH} elements; see {@link #stage(int, Stage)}.
     *
     * @param <T> the element of the source
     * @param <R> what the body yields
     * @param body reads the source and yields
     * @return an operator
     */
    public static <T, R> Function<Flux<T>, Flux<R>> stage(Stage<T, R> body) {
        return stage(Publishers.DEFAULT_PREFETCH, body);
    }

    /**
     * An operator written as the body of an async generator, for {@code flux.transform(CoFlux.stage(..))}: it reads the source with
     * {@code co.each(source)} and yields what goes downstream.
     *
     * <p>Each subscription runs the body anew. Demand from downstream resumes it; the source is read {@code prefetch} elements
     * ahead. The source's error is raised at the loop, where the body may catch it. A cancel from downstream closes the body, and
     * when the body has ended, however it did, the source is cancelled. The source is subscribed to with the Context of the
     * subscriber, whose discard and dropped-error hooks get what reaches nobody.
     *
     * @param <T> the element of the source
     * @param <R> what the body yields
     * @param prefetch how many elements are requested ahead, at least 1
     * @param body reads the source and yields
     * @return an operator
     * @throws IllegalArgumentException when prefetch is below 1
     */
    public static <T, R> Function<Flux<T>, Flux<R>> stage(int prefetch, Stage<T, R> body) {
        Objects.requireNonNull(body, "body");
        PublisherIterator.checkPrefetch(prefetch);
        return source -> StageFlux.of(source, prefetch, body);
    }

    /**
     * An operator written as a generator, for {@code flux.transform(CoFlux.feed(..))}; see {@link #feed(Supplier, Consumer)}.
     *
     * @param <S> the element of the source
     * @param <Y> what the generator yields
     * @param function makes a generator for each subscription
     * @return an operator
     */
    public static <S, Y> Function<Flux<S>, Flux<Y>> feed(
            Supplier<? extends Generator<? extends Y, ? super S, ?>> function) {
        return feed(function, result -> {});
    }

    /**
     * An operator written as a generator, for {@code flux.transform(CoFlux.feed(..))}: each element is sent to it, and what it
     * yields in reply goes downstream, one for one.
     *
     * <p>{@code onNext(v)} is {@code send(v)}, {@code onError(e)} is {@code raise(e)}, the same instance, and {@code onComplete} is
     * {@code close()}. A generator that catches the error and yields has recovered: that element is the last one. When the
     * generator returns or raises before the source ends, the source is cancelled; when it does so before its first yield, the
     * source is not subscribed to. A null that it yields is {@code onError(NullPointerException)}, and it is closed.
     * {@code cancel()} closes it, when its current step is over; what comes out of it after that goes to the discard and
     * dropped-error hooks. Demand goes to the source as it is.
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
    public static <S, Y, R> Function<Flux<S>, Flux<Y>> feed(
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(onReturn, "onReturn");
        return source -> FeedFlux.of(source, function, onReturn);
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
