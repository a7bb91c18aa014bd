package io.corobridge.reactor.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Clients that go away: the body is closed where it stands, and its clean-up awaits to its end. */
class DisconnectTest {
    private final WebClient client = Server.client();

    /** The body is closed, stands in its clean-up for as long as that takes, and then ends. */
    private static void assertCleansUp(Visit visit) {
        Visit.await(visit.cleaning);
        assertThat(visit.ended).isNotDone();
        visit.endCleanUp();
        Visit.await(visit.ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/visits/value/value", "/functional/waiting/route"})
    void coroutineThatAwaitsIsClosedAndCleansUp(String path) {
        Visit visit = Visit.named(path.endsWith("route") ? "route" : "value");
        Disposable request =
                client.get().uri(path).retrieve().bodyToMono(Greeting.class).subscribe();
        Visit.await(visit.waiting);
        request.dispose();
        Visit.await(visit.cancelled);
        assertCleansUp(visit);
    }

    @Test
    void generatorThatAwaitsIsClosedAndCleansUp() {
        Visit visit = Visit.named("stream");
        Disposable request = client.get()
                .uri("/visits/stream/stream")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .bodyToFlux(Greeting.class)
                .subscribe(greeting -> {
                    if (greeting.number() == 2) {
                        visit.received.complete(null);
                    }
                });
        Visit.await(visit.received);
        Visit.await(visit.waiting);
        request.dispose();
        Visit.await(visit.cancelled);
        assertCleansUp(visit);
    }

    @Test
    void generatorThatStandsAtItsYieldIsClosedAndCleansUp() {
        Visit visit = Visit.named("flood");
        Flux<Greeting> flood =
                client.get().uri("/visits/flood/flood").retrieve().bodyToFlux(Greeting.class);
        assertThat(flood.take(3).count().block()).isEqualTo(3);
        assertCleansUp(visit);
    }

    @Test
    void bodyThatReadsTheRequestEndsWithTheConnection() throws Exception {
        Visit visit = Visit.named("upload");
        URI url = URI.create(Server.url());
        try (Socket client = new Socket(url.getHost(), url.getPort())) {
            client.getOutputStream().write("""
                            POST /visits/upload/upload HTTP/1.1
                            Host: localhost
                            Content-Type: application/x-ndjson
                            Content-Length: 1000

                            {"name": "first", "number": 1}
                            """.replace("\n", "\r\n").getBytes(US_ASCII));
            Visit.await(visit.received);
        }
        Visit.await(visit.ended);
    }
}
