package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Readings as server-sent events: to their end, from the middle, and until the viewer is gone. */
@WeatherService
class LiveTest {
    @RegisterExtension
    final LogWatch log = new LogWatch();

    private final Clients clients;

    LiveTest(Clients clients) {
        this.clients = clients;
    }

    private Flux<ServerSentEvent<Object>> live(String query, String lastEventId) {
        return clients.web
                .get()
                .uri("/stations/seattle/live?" + query)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .headers(headers -> {
                    if (!lastEventId.isEmpty()) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<Object>>() {})
                .timeout(Clients.GUARD);
    }

    /** As it is in the database. */
    private Viewing viewing(String logged) {
        long id = Long.parseLong(logged.replaceFirst("viewing (\\d+) .*", "$1"));
        return Objects.requireNonNull(clients.test
                        .get()
                        .uri("/viewings?limit=100")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBodyList(Viewing.class)
                        .returnResult()
                        .getResponseBody())
                .stream()
                .filter(viewing -> viewing.id() == id)
                .findAny()
                .orElseThrow();
    }

    @Test
    void endsWithTheLastReading() {
        StepVerifier.create(live("perSecond=1000&after=2015-12-29", ""))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("reading");
                    assertThat(event.id()).isEqualTo("2015-12-30");
                    assertThat(event.data())
                            .isEqualTo(Map.of(
                                    "day",
                                    "2015-12-30",
                                    "precipitation",
                                    0.0,
                                    "tempMax",
                                    5.6,
                                    "tempMin",
                                    -1.0,
                                    "wind",
                                    3.4,
                                    "weather",
                                    "sun"));
                })
                .assertNext(event -> assertThat(event.id()).isEqualTo("2015-12-31"))
                .assertNext(event -> assertThat(event.event()).isEqualTo("complete"))
                .verifyComplete();
        Viewing viewing = viewing(log.line("viewing \\d+ of seattle ended, COMPLETE: 2 readings"));
        assertThat(viewing.readings()).isEqualTo(2);
        assertThat(viewing.ending()).isEqualTo(Viewing.Ending.COMPLETE);
        assertThat(viewing.ended()).isAfterOrEqualTo(viewing.began());
    }

    @Test
    void goesOnBehindTheLastEventOfALostConnection() {
        List<String> days = live("perSecond=1000&after=2012-01-01", "2015-12-30")
                .mapNotNull(ServerSentEvent::id)
                .collectList()
                .block(Clients.GUARD);
        assertThat(days).containsExactly("2015-12-31", "2016-01-01");
    }

    @Test
    void writesDownWhatAViewerHasSeenWhoLeaves() {
        assertThat(live("perSecond=10", "").take(3).count().block(Clients.GUARD))
                .isEqualTo(3);
        String began = log.line("viewing \\d+ of seattle began");
        Viewing viewing = viewing(log.line(began.replace("began", "ended") + ", LEFT: \\d+ readings"));
        assertThat(viewing.readings()).isGreaterThanOrEqualTo(3);
        assertThat(viewing.ending()).isEqualTo(Viewing.Ending.LEFT);
        assertThat(viewing.ended()).isNotNull();
        clients.assertNoConnectionIsInUse();
    }

    @ParameterizedTest
    @CsvSource({
        "/stations/nowhere/live, 404",
        "/stations/seattle/live?perSecond=0, 400",
        "/stations/seattle/live?perSecond=1001, 400",
        "/stations/seattle/live?after=x, 400",
    })
    void isNotThereForAWrongQuestion(String path, int status) {
        Clients.problem(
                clients.test.get().uri(path).accept(MediaType.TEXT_EVENT_STREAM).exchange(), status);
    }
}
