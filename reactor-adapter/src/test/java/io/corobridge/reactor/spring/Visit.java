package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What a test sees of one request to {@link CancelEndpoints}, and when it lets the body go on. */
final class Visit {
    private static final Map<String, Visit> VISITS = new ConcurrentHashMap<>();

    /** Of all visits: how many bodies are inside, and how many of their subscriptions are open. */
    static final AtomicInteger INSIDE = new AtomicInteger();

    static final AtomicInteger SUBSCRIBED = new AtomicInteger();

    final CompletableFuture<Void> waiting = new CompletableFuture<>();
    final CompletableFuture<Void> received = new CompletableFuture<>();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    final CompletableFuture<Void> cleaning = new CompletableFuture<>();
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Sinks.Empty<Void> cleanUp = Sinks.empty();

    private Visit() {}

    /** Of the test and of the controller, whoever is first. */
    static Visit named(String name) {
        return VISITS.computeIfAbsent(name, key -> new Visit());
    }

    void begin() {
        INSIDE.incrementAndGet();
    }

    void end() {
        INSIDE.decrementAndGet();
        ended.complete(null);
    }

    /** Never ends; knows that it is awaited, and that it was cancelled. */
    Mono<Greeting> source() {
        return Mono.<Greeting>never()
                .doOnSubscribe(subscription -> {
                    SUBSCRIBED.incrementAndGet();
                    waiting.complete(null);
                })
                .doOnCancel(() -> {
                    SUBSCRIBED.decrementAndGet();
                    cancelled.complete(null);
                });
    }

    /** Takes as long as the test likes. */
    Mono<Void> cleanUp() {
        cleaning.complete(null);
        return cleanUp.asMono();
    }

    void endCleanUp() {
        cleanUp.tryEmitEmpty().orThrow();
    }

    /** Fails instead of hanging. */
    static void await(CompletableFuture<?> event) {
        assertThat(event).succeedsWithin(Duration.ofSeconds(60));
    }
}
