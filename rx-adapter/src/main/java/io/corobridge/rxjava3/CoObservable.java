package io.corobridge.rxjava3;

import io.corobridge.AsyncIterable;
import io.corobridge.Awaitable;
import io.corobridge.Generator;
import io.corobridge.streams.Publishers;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableSource;
import io.reactivex.rxjava3.core.ObservableTransformer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Async generators and bodies as {@link Observable}, and Observables in coroutines. */
public final class CoObservable {
    private CoObservable() {}

    /**
     * An async generator, or another async iterable, as an Observable: {@link CoFlowable#from} with a demand without bound. A step
     * is taken when {@code onNext} of the one before has returned, so that nothing overflows and an observer that takes its time
     * holds up the body. {@code dispose()} is the awaited close. Where an operator downstream queues without a bound, such as
     * {@code observeOn}, prefer the Flowable.
     *
     * @param <T> the element
     * @param iterable what to run
     * @return an Observable
     */
    public static <T> Observable<T> from(AsyncIterable<? extends T> iterable) {
        return CoFlowable.<T>from(iterable).toObservable();
    }

    /**
     * An Observable of at most one element as an awaitable: {@code co.await(CoObservable.awaitable(observable))}. Each await
     * subscribes, and results in the element when the Observable has completed, in null when it was empty. A second element is a
     * {@code ValueError}; {@code firstElement()} and {@code lastElement()} make a Maybe of others. {@code onError(e)} is raised at
     * the await, the same instance. Giving up the await disposes the subscription.
     *
     * @param <T> the element
     * @param observable what to wait for
     * @return an awaitable that may be awaited any number of times
     */
    public static <T> Awaitable<@Nullable T> awaitable(ObservableSource<T> observable) {
        Objects.requireNonNull(observable, "observable");
        Awaitable<@Nullable T> known = Scalars.of(observable);
        return known != null
                ? known
                : Publishers.awaitable(guarded(observable).toFlowable(BackpressureStrategy.MISSING));
    }

    /**
     * An Observable as an async iterable. Each {@code aiter()} subscribes, at once. {@code onError(e)} is raised, the same
     * instance; where elements overflow by a buffer, after the last element. Closing the iterator disposes the subscription; an
     * error that comes then goes to {@code RxJavaPlugins.onError}, unless it says only that something was cancelled. The emitter is
     * never blocked, and the body runs on its thread when it has waited for an element.
     *
     * @param <T> the element
     * @param observable what to read
     * @param overflow what becomes of elements that come faster than they are taken
     * @return an iterable
     */
    public static <T> AsyncIterable<T> toAsyncIterable(ObservableSource<T> observable, Overflow overflow) {
        Objects.requireNonNull(observable, "observable");
        Objects.requireNonNull(overflow, "overflow");
        return FlowableIterator.iterable(overflow.apply(guarded(observable)), 1, element -> {});
    }

    /**
     * RxJava's operators trust what is in front of them: a null would be lost in a queue, and the body wait for ever. Flowables need
     * none, for what subscribes to them has to follow the Reactive Streams rules itself.
     */
    private static <T> Observable<T> guarded(ObservableSource<T> source) {
        Observable<T> observable = Observable.wrap(source);
        return Observable.<T>unsafeCreate(observable::safeSubscribe);
    }

    /**
     * An operator written as the body of an async generator, for {@code observable.compose(CoObservable.stage(..))}: it reads the
     * source with {@code co.each(source)} and yields what goes downstream.
     *
     * <p>Each subscription runs the body anew. The source's error is raised at the loop, where the body may catch it. A dispose from
     * downstream closes the body, and when the body has ended, however it did, the source is disposed of.
     *
     * @param <T> the element of the source
     * @param <R> what the body yields
     * @param overflow what becomes of elements that come faster than the body takes them
     * @param body reads the source and yields
     * @return an operator
     */
    public static <T, R> ObservableTransformer<T, R> stage(Overflow overflow, CoFlowable.Stage<T, R> body) {
        Objects.requireNonNull(overflow, "overflow");
        Objects.requireNonNull(body, "body");
        return source -> CoFlowable.run(toAsyncIterable(source, overflow), body).toObservable();
    }

    /**
     * An operator written as a generator, for {@code observable.compose(CoObservable.feed(..))}; see {@link #feed(Supplier, Consumer)}.
     *
     * @param <S> the element of the source
     * @param <Y> what the generator yields
     * @param function makes a generator for each subscription
     * @return an operator
     */
    public static <S, Y> ObservableTransformer<S, Y> feed(
            Supplier<? extends Generator<? extends Y, ? super S, ?>> function) {
        return feed(function, result -> {});
    }

    /**
     * An operator written as a generator, for {@code observable.compose(CoObservable.feed(..))}: each element is sent to it, and what
     * it yields in reply goes downstream, one for one, with the rules of {@link CoFlowable#feed(Supplier, Consumer)}. Nothing can
     * overflow: the generator runs in {@code onNext}.
     *
     * @param <S> the element of the source
     * @param <Y> what the generator yields
     * @param <R> what it returns
     * @param function makes a generator for each subscription, which is advanced to its first yield if it is not primed
     * @param onReturn is given what the generator returned, before {@code onComplete}; not called when it raises or is disposed of
     * @return an operator
     */
    public static <S, Y, R> ObservableTransformer<S, Y> feed(
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(onReturn, "onReturn");
        return source -> FeedFlowable.<S, Y, R>of(source.toFlowable(BackpressureStrategy.MISSING), function, onReturn)
                .toObservable();
    }
}
