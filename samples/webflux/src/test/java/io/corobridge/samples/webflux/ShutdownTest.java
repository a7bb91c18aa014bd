package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/** A service that is stopped while somebody looks. */
class ShutdownTest {
    @RegisterExtension
    final LogWatch log = new LogWatch();

    @Test
    void endsTheViewingAndWritesItDown() {
        ConfigurableApplicationContext service = SpringApplication.run(WeatherApplication.class, "--server.port=0");
        log.attach();
        CompletableFuture<Void> began = new CompletableFuture<>();
        CompletableFuture<Long> events;
        try (service) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");
            events = WebClient.create("http://localhost:" + port)
                    .get()
                    .uri("/stations/seattle/live")
                    .accept(MediaType.TEXT_EVENT_STREAM)
                    .retrieve()
                    .bodyToFlux(Object.class)
                    .doOnNext(event -> began.complete(null))
                    .count()
                    .toFuture();
            assertThat(began).succeedsWithin(Clients.GUARD);
        }
        log.line("viewing \\d+ of seattle ended, STOPPED: \\d+ readings");
        assertThat(events).succeedsWithin(Clients.GUARD);
    }
}
