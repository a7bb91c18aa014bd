package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.AsyncGenerator;
import io.corobridge.GeneratorExit;
import io.corobridge.reactor.CoFlux;
import reactor.core.publisher.Sinks;

/** A cancel is a close that is awaited: the clean-up of a cancelled body finishes its work, although nobody listens any more. */
public final class Cancelling {
    private Cancelling() {}

    /** Cancels a stream after two elements. */
    public static void main(String[] args) {
        Sinks.Empty<Object> released = Sinks.empty();
        AsyncGenerator<Integer, Object> ticks = AsyncGenerator.of("ticks", co -> {
            try {
                for (int i = 1; ; i++) {
                    co.yield(i);
                }
            } catch (GeneratorExit exit) {
                print("cancelled");
                throw exit;
            } finally {
                co.await(released.asMono()); // a connection is given back, over the network
                print("connection given back");
            }
        });
        print(CoFlux.from(ticks).take(2).collectList().block());
        released.tryEmitEmpty();
    }
}
