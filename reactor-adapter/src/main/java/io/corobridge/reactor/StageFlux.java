package io.corobridge.reactor;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** The operator whose body is an async generator that reads the source. */
final class StageFlux<T, R> extends FluxOperator<T, R> {
    private final int prefetch;
    private final CoFlux.Stage<T, R> body;

    private StageFlux(Flux<? extends T> source, int prefetch, CoFlux.Stage<T, R> body) {
        super(source);
        this.prefetch = prefetch;
        this.body = body;
    }

    static <T, R> Flux<R> of(Flux<? extends T> source, int prefetch, CoFlux.Stage<T, R> body) {
        return onAssembly(new StageFlux<>(source, prefetch, body));
    }

    @Override
    public int getPrefetch() {
        return prefetch;
    }

    @Override
    public void subscribe(CoreSubscriber<? super R> actual) {
        AsyncIterable<T> upstream = FluxIterator.iterable(source, prefetch, null);
        AsyncGenerator<R, @Nullable Void> run = AsyncGenerator.of("stage", co -> body.run(co, upstream));
        actual.onSubscribe(new AsyncIterableFlux.Run<>(actual, run, null));
    }
}
