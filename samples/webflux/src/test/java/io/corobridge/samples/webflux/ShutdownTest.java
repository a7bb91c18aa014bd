package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** A service that is stopped while somebody looks. */
class ShutdownTest {
    @RegisterExtension
    final LogWatch log = new LogWatch();

    /** Not Netty's common threads, which the service ends when it is stopped. */
    private final LoopResources own = LoopResources.create("viewer");

    @AfterEach
    void end() {
        own.dispose();
    }

    @Test
    void endsTheViewingAndWritesItDown() {
        ConfigurableApplicationContext service = SpringApplication.run(
                WeatherApplication.class, "--server.port=0", "--spring.lifecycle.timeout-per-shutdown-phase=60s");
        log.attach();
        CompletableFuture<Void> began = new CompletableFuture<>();
        CompletableFuture<Long> events;
        try (service) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");
            events = WebClient.builder()
                    .clientConnector(new ReactorClientHttpConnector(
                            HttpClient.newConnection().runOn(own)))
                    .baseUrl("http://localhost:" + port)
                    .build()
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
