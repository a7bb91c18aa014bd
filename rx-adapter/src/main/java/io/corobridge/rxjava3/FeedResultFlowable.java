package io.corobridge.rxjava3;

import io.corobridge.Generator;
import io.corobridge.StopIteration;
import io.corobridge.streams.Feed;
import io.corobridge.streams.FeedResult;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.exceptions.Exceptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** A generator that consumes a Flowable; its result is the only element. */
final class FeedResultFlowable<S, R> extends Flowable<R> {
    private final Flowable<? extends S> source;
    private final Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function;

    private FeedResultFlowable(
            Flowable<? extends S> source, Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function) {
        this.source = source;
        this.function = function;
    }

    /** To be made a Maybe, so that it is not an assembly of its own. */
    static <S, R> Flowable<R> of(
            Flowable<? extends S> source, Supplier<? extends Generator<?, ? super S, ? extends @Nullable R>> function) {
        return new FeedResultFlowable<>(source, function);
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void subscribeActual(Subscriber<? super R> actual) {
        Generator<?, ? super S, ? extends @Nullable R> generator;
        try {
            generator = Feed.open(function);
        } catch (StopIteration stop) {
            R result = (R) stop.value();
            (result == null ? Flowable.<R>empty() : Flowable.just(result)).subscribe(actual);
            return;
        } catch (Throwable error) {
            Exceptions.throwIfFatal(error);
            Flowable.<R>error(error).subscribe(actual);
            return;
        }
        source.subscribe(new Result<>(actual, generator));
    }

    /** One subscriber's run, as RxJava sees it. */
    private static final class Result<S, R> extends FeedResult<S, R> implements FlowableSubscriber<S> {
        Result(Subscriber<? super R> actual, Generator<?, ? super S, ? extends @Nullable R> generator) {
            super(actual, generator, RxHooks.INSTANCE);
        }
    }
}
