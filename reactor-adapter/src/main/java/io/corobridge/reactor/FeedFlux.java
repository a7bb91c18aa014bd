package io.corobridge.reactor;

import io.corobridge.Generator;
import io.corobridge.StopIteration;
import io.corobridge.streams.Feed;
import io.corobridge.streams.FeedElements;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** The operator whose body is a generator: one yield for each element that is sent to it. */
final class FeedFlux<S, Y, R> extends FluxOperator<S, Y> {
    private final Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function;
    private final Consumer<? super @Nullable R> onReturn;

    private FeedFlux(
            Flux<? extends S> source,
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        super(source);
        this.function = function;
        this.onReturn = onReturn;
    }

    static <S, Y, R> Flux<Y> of(
            Flux<? extends S> source,
            Supplier<? extends Generator<? extends Y, ? super S, ? extends R>> function,
            Consumer<? super @Nullable R> onReturn) {
        return onAssembly(new FeedFlux<>(source, function, onReturn));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void subscribe(CoreSubscriber<? super Y> actual) {
        Generator<? extends Y, ? super S, ? extends R> generator;
        try {
            generator = Feed.open(function);
        } catch (StopIteration stop) {
            Mono.<Y>fromRunnable(() -> onReturn.accept((R) stop.value())).subscribe(actual);
            return;
        } catch (Throwable error) {
            Exceptions.throwIfJvmFatal(error);
            Operators.error(actual, error);
            return;
        }
        source.subscribe(new Values<>(actual, generator, onReturn));
    }

    @Override
    public String stepName() {
        return "feed";
    }

    /** One subscriber's run, as Reactor sees it. */
    private static final class Values<S, Y, R> extends FeedElements<S, Y, R> implements CoreSubscriber<S>, Scannable {
        private final CoreSubscriber<? super Y> actual;
        private final Fuseable.@Nullable ConditionalSubscriber<? super Y> conditional;

        Values(
                CoreSubscriber<? super Y> actual,
                Generator<? extends Y, ? super S, ? extends R> generator,
                Consumer<? super @Nullable R> onReturn) {
            super(actual, generator, onReturn, new ReactorHooks(actual));
            this.actual = actual;
            this.conditional = Conditional.of(actual);
        }

        @Override
        protected boolean signal(Y next) {
            return conditional == null ? super.signal(next) : conditional.tryOnNext(next);
        }

        @Override
        protected void late(S element) {
            Operators.onNextDropped(element, currentContext());
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public String stepName() {
            return "feed";
        }

        @Override
        @SuppressWarnings("rawtypes") // as Reactor declares it
        public @Nullable Object scanUnsafe(Attr key) {
            return FeedScan.of(this, actual, key);
        }
    }
}
