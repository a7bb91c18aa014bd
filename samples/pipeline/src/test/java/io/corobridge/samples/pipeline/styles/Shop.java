package io.corobridge.samples.pipeline.styles;

import reactor.core.publisher.Mono;

/** What the styles of {@code docs/coming-from.md} talk to. */
public interface Shop {
    Mono<Session> open();

    interface Session {
        Mono<Integer> price();

        Mono<Integer> stock();

        Mono<Void> close();
    }
}
