package io.corobridge.rxjava3;

import io.corobridge.Generator;
import io.corobridge.StopIteration;
import io.corobridge.streams.Feed;
import io.corobridge.streams.FeedElements;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.exceptions.Exceptions;
import io.reactivex.rxjava3.operators.ConditionalSubscriber;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;

/** The operator whose body is a generator: one yield for each element that is sent to it. */
final class FeedFlowable<S, Y, R> extends Flowable<Y> {
    private final Flowable<? extends S> source;
    private final Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function;
    private final Consumer<? super @Nullable R> onReturn;

    private FeedFlowable(
            Flowable<? extends S> source,
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        this.source = source;
        this.function = function;
        this.onReturn = onReturn;
    }

    static <S, Y, R> Flowable<Y> of(
            Flowable<? extends S> source,
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        return RxJavaPlugins.onAssembly(new FeedFlowable<>(source, function, onReturn));
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void subscribeActual(Subscriber<? super Y> actual) {
        Generator<? extends Y, ? super S, ? extends R> generator;
        try {
            generator = Feed.open(function);
        } catch (StopIteration stop) {
            Flowable.<Y>fromAction(() -> onReturn.accept((R) stop.value())).subscribe(actual);
            return;
        } catch (Throwable error) {
            Exceptions.throwIfFatal(error);
            Flowable.<Y>error(error).subscribe(actual);
            return;
        }
        source.subscribe(new Elements<>(actual, generator, onReturn));
    }

    /** One subscriber's run, as RxJava sees it. */
    private static final class Elements<S, Y, R> extends FeedElements<S, Y, R> implements FlowableSubscriber<S> {
        private final @Nullable ConditionalSubscriber<? super Y> conditional;

        Elements(
                Subscriber<? super Y> actual,
                Generator<? extends Y, ? super S, ? extends R> generator,
                Consumer<? super @Nullable R> onReturn) {
            super(actual, generator, onReturn, RxHooks.INSTANCE);
            this.conditional = RxHooks.conditional(actual);
        }

        @Override
        protected boolean signal(Y next) {
            return conditional == null ? super.signal(next) : conditional.tryOnNext(next);
        }
    }
}
