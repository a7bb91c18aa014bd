package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * What a filter has written into the Context of a request, on a running server: handlers see it, Spring Security's part of it and the
 * MDC, each time they are resumed and on whatever thread, and nothing of other requests.
 */
@Timeout(60)
class ContextTest {
    private static final ParameterizedTypeReference<List<String>> STRINGS = new ParameterizedTypeReference<>() {};

    private final WebClient client = Server.client();

    @BeforeAll
    static void register() {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        ContextEndpoints.USER,
                        () -> MDC.get(ContextEndpoints.USER),
                        user -> MDC.put(ContextEndpoints.USER, user),
                        () -> MDC.remove(ContextEndpoints.USER));
    }

    @AfterAll
    static void unregister() {
        ContextRegistry.getInstance().removeThreadLocalAccessor(ContextEndpoints.USER);
    }

    private Flux<List<String>> get(String path, String user) {
        return client.get()
                .uri(path)
                .headers(headers -> {
                    if (user != null) {
                        headers.set(ContextEndpoints.HEADER, user);
                    }
                })
                .retrieve()
                .bodyToFlux(STRINGS);
    }

    private static List<String> always(String seen) {
        return List.of(seen, seen, "0" + seen, "1" + seen, seen, seen, seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/context/coroutine", "/functional/context"})
    void coroutineSeesItWheneverItIsResumed(String path) {
        assertThat(get(path, "ann").collectList().block()).containsExactly(always("ann ann ann"));
        assertThat(get(path, null).collectList().block()).containsExactly(always("nobody nobody null"));
    }

    @Test
    void asyncGeneratorSeesItAtEachElement() {
        assertThat(get("/context/stream", "ann").collectList().block())
                .hasSize(3)
                .containsOnly(always("ann ann ann"));
    }

    @Test
    void requestsThatAreServedTogetherSeeEachTheirOwn() {
        Flux.range(0, 100)
                .flatMap(
                        i -> get(i % 2 == 0 ? "/context/coroutine" : "/context/stream", "user" + i)
                                .doOnNext(seen ->
                                        assertThat(seen).isEqualTo(always("user%1$d user%1$d user%1$d".formatted(i)))),
                        16)
                .blockLast();
    }

    @Test
    void cleanUpAfterADisconnectSeesIt() {
        ContextEndpoints endpoints = Server.bean(ContextEndpoints.class);
        Disposable request = get("/context/held", "ann").subscribe();
        Visit.await(endpoints.holds);
        request.dispose();
        Visit.await(endpoints.cleanedUp);
        assertThat(endpoints.cleanedUp).isCompletedWithValue("ann ann ann");
    }
}
