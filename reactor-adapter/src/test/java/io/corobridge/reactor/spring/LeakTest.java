package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many clients that go away leave nothing: no body, no subscription, no thread, and no buffer, as far as Netty can tell when it
 * watches every one. {@code -Dcorobridge.requests=10000} says how many clients; the profile {@code soak} does.
 *
 * <p>The bodies wait when the client goes. A response that is written without a pause is not among them: of one in a hundred,
 * also of a plain Flux, Reactor Netty 1.2.18 leaves a buffer.
 */
class LeakTest {
    private static final int REQUESTS = Integer.getInteger("corobridge.requests", 200);
    private static final int AT_ONCE = 32;
    private static final String CANARY = "canary";

    private final WebClient client = Server.client();

    @BeforeAll
    static void forgetWhatOthersHaveLeft() {
        Server.start();
        collectGarbage();
        Server.LEAKS.reports.clear();
    }

    @Test
    void manyCancelledRequestsLeaveNothing() {
        visit(0, REQUESTS / 2);
        Set<Thread> before = threads();
        visit(REQUESTS / 2, REQUESTS);

        assertThat(Visit.INSIDE).hasValue(0);
        assertThat(Visit.SUBSCRIBED).hasValue(0);
        assertThat(threads()).isSubsetOf(before);
        collectGarbage();
        assertThat(Server.LEAKS.reports).allMatch(report -> report.contains(CANARY));
    }

    private void visit(int from, int to) {
        Flux.range(from, to - from)
                .flatMap(i -> i % 2 == 0 ? value("leak-" + i) : stream("leak-" + i), AT_ONCE)
                .blockLast(Duration.ofMinutes(30));
    }

    /** Gone while the coroutine awaits. */
    private Mono<Void> value(String name) {
        Visit visit = Visit.named(name);
        visit.endCleanUp();
        return client.get()
                .uri("/visits/" + name + "/value")
                .retrieve()
                .bodyToMono(Greeting.class)
                .takeUntilOther(Mono.fromFuture(visit.begun, true))
                .then(Mono.fromFuture(visit.ended, true));
    }

    /** Gone after the third element. */
    private Mono<Void> stream(String name) {
        Visit visit = Visit.named(name);
        visit.endCleanUp();
        return client.get()
                .uri("/visits/" + name + "/stream")
                .retrieve()
                .bodyToFlux(Greeting.class)
                .take(3)
                .then(Mono.fromFuture(visit.ended, true));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Until Netty finds a buffer that was dropped here, and so whatever was dropped before. */
    private static void collectGarbage() {
        Server.LEAKS.reports.removeIf(report -> report.contains(CANARY));
        for (int i = 0; i < 1000; i++) {
            ByteBufAllocator.DEFAULT.buffer().touch(CANARY);
            System.gc();
            ByteBufAllocator.DEFAULT.buffer().release();
            if (Server.LEAKS.reports.stream().anyMatch(report -> report.contains(CANARY))) {
                return;
            }
        }
        throw new AssertionError("leak detection does not work");
    }
}
