package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** What tests talk to the service with, and what they look into. Lazy: the port is known when the service has started. */
@TestComponent
@Lazy
class Clients {
    static final Duration GUARD = Duration.ofSeconds(60);

    final String url;
    final WebTestClient test;
    final WebClient web;
    private final ConnectionPool pool;
    private final MeterRegistry metrics;

    Clients(Environment environment, ConnectionPool pool, MeterRegistry metrics) {
        this.url = "http://localhost:" + environment.getRequiredProperty("local.server.port");
        this.test =
                WebTestClient.bindToServer().baseUrl(url).responseTimeout(GUARD).build();
        this.web = WebClient.create(url);
        this.pool = pool;
        this.metrics = metrics;
    }

    /** A JSON object. */
    static Map<String, Object> json(WebTestClient.ResponseSpec response, int status) {
        return Objects.requireNonNull(response.expectStatus()
                .isEqualTo(status)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }

    /** What an error is answered with; the body says what is wrong. */
    static Map<String, Object> problem(WebTestClient.ResponseSpec response, int status) {
        Map<String, Object> problem =
                json(response.expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON), status);
        assertThat(problem).containsEntry("status", status).containsKeys("title", "detail", "instance");
        return problem;
    }

    WebTestClient.ResponseSpec get(String uri) {
        return test.get().uri(uri).exchange();
    }

    /** Waits until whatever request has come to the service has ended, which has a line in the log. */
    void awaitNoRequestIsActive(LogWatch log) {
        Gauge active = metrics.get("requests.active").gauge();
        log.until("no request is active", () -> active.value() == 0);
    }

    /** Takes them all, which can only be when nobody else has one. */
    void assertNoConnectionIsInUse() {
        int all = pool.getMetrics().orElseThrow().getMaxAllocatedSize();
        List<Connection> connections = Flux.range(0, all)
                .flatMap(i -> pool.create(), all)
                .collectList()
                .block(GUARD);
        assertThat(connections).hasSize(all);
        Flux.fromIterable(connections).flatMap(Connection::close).blockLast(GUARD);
    }
}
