package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code co.each} loops over a Flux; {@code CoFlux.from} makes a Flux of an async generator, which runs on demand only. */
public final class Fluxes {
    private Fluxes() {}

    private static AsyncGenerator<Integer, Object> squares() {
        return AsyncGenerator.of("squares", co -> {
            for (int i = 1; ; i++) {
                print("  makes", i * i);
                co.await(Mono.delay(Duration.ofMillis(1)));
                co.yield(i * i);
            }
        });
    }

    /** Takes three of endlessly many, and adds them up. */
    public static void main(String[] args) {
        Coroutine<Integer> sum = Coroutine.of("sum", co -> {
            int total = 0;
            for (int square : co.each(CoFlux.from(squares()).take(3))) {
                total += square;
            }
            return total;
        });
        print("sum", CoMono.from(sum).block());
        print("list", Flux.from(CoFlux.from(squares())).take(2).collectList().block());
    }
}
