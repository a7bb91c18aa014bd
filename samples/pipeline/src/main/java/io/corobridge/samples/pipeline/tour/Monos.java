package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Coroutine;
import io.corobridge.reactor.CoMono;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** A body awaits a Mono; {@code CoMono.from} makes a Mono of a coroutine. An error crosses as the same instance, both ways. */
public final class Monos {
    private Monos() {}

    private static Coroutine<String> greeting(Mono<String> name) {
        return Coroutine.of("greeting", co -> {
            try {
                return "Hello, " + co.await(name);
            } catch (IllegalStateException error) {
                return "Hello, whoever you are: " + error.getMessage();
            }
        });
    }

    /** Three of them. */
    public static void main(String[] args) {
        Mono<String> world = Mono.just("world").delayElement(Duration.ofMillis(10));
        print(CoMono.from(greeting(world)).block());
        print(CoMono.from(greeting(Mono.error(new IllegalStateException("no name"))))
                .block());
        Mono<String> cold = CoMono.from(greeting(world)).doOnSubscribe(ignored -> print("subscribed"));
        print(cold.repeat(1).collectList().block());
    }
}
