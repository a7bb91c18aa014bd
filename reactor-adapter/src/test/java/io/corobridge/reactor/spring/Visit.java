package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What a test sees of one request to {@link CancelEndpoints}, and when it lets the body go on. */
final class Visit {
    private static final Map<String, Visit> VISITS = new ConcurrentHashMap<>();

    /** Of all visits: how many bodies are inside, and how many of their subscriptions are open. */
    static final AtomicInteger INSIDE = new AtomicInteger();

    static final AtomicInteger SUBSCRIBED = new AtomicInteger();

    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    final CountDownLatch cleaning = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    final CountDownLatch receivedOne = new CountDownLatch(1);
    final Sinks.Empty<Void> release = Sinks.empty();

    private Visit() {}

    /** Of the test and of the controller, whoever is first. */
    static Visit named(String name) {
        return VISITS.computeIfAbsent(name, key -> new Visit());
    }

    void begin() {
        INSIDE.incrementAndGet();
        begun.countDown();
    }

    void end() {
        INSIDE.decrementAndGet();
        ended.countDown();
    }

    /** Never ends; knows that it was cancelled. */
    Mono<Greeting> source() {
        return Mono.<Greeting>never()
                .doOnSubscribe(subscription -> SUBSCRIBED.incrementAndGet())
                .doOnCancel(() -> {
                    SUBSCRIBED.decrementAndGet();
                    cancelled.countDown();
                });
    }

    /** Takes as long as the test likes. */
    Mono<Void> cleanUp() {
        return release.asMono();
    }

    /** Fails instead of hanging. */
    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
