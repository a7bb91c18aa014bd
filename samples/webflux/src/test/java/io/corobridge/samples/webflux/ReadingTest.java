package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Readings: streamed out, and imported all or none. */
@WeatherService
class ReadingTest {
    private static final String GOOD = reading("2020-01-01", 3);

    @RegisterExtension
    final LogWatch log = new LogWatch();

    private final Clients clients;

    ReadingTest(Clients clients) {
        this.clients = clients;
    }

    private static String reading(String day, double tempMax) {
        return "{\"day\": \"%s\", \"precipitation\": 1, \"tempMax\": %s, \"tempMin\": 1, \"wind\": 2, \"weather\": \"rain\"}\n"
                .formatted(day, tempMax);
    }

    private void addStation(String id) {
        clients.test
                .post()
                .uri("/stations")
                .bodyValue(new Station(id, "A test's own"))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private WebTestClient.ResponseSpec add(String station, String readings) {
        return clients.test
                .post()
                .uri("/stations/{station}/readings", station)
                .contentType(MediaType.APPLICATION_NDJSON)
                .bodyValue(readings)
                .exchange();
    }

    private List<Reading> readings(String station) {
        return clients.test
                .get()
                .uri("/stations/{station}/readings", station)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBodyList(Reading.class)
                .returnResult()
                .getResponseBody();
    }

    @Test
    void areThoseOfTheDaysAskedFor() {
        clients.test
                .get()
                .uri("/stations/seattle/readings?from=2012-01-01&to=2012-01-02")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBodyList(Reading.class)
                .isEqualTo(List.of(
                        new Reading(LocalDate.of(2012, 1, 1), 0, 12.8, 5, 4.7, "drizzle"),
                        new Reading(LocalDate.of(2012, 1, 2), 10.9, 10.6, 2.8, 4.5, "rain")));
        assertThat(readings("seattle")).hasSize(1461);
    }

    @Test
    void giveTheConnectionBackWhenTheClientLeavesEarly() {
        List<Reading> some = clients.web
                .get()
                .uri("/stations/seattle/readings")
                .accept(MediaType.APPLICATION_NDJSON)
                .retrieve()
                .bodyToFlux(Reading.class)
                .take(3)
                .collectList()
                .block(Clients.GUARD);
        assertThat(some).hasSize(3);
        log.line("GET /stations/seattle/readings: (200|cancelled|broken off.*)");
        clients.assertNoConnectionIsInUse();
    }

    @Test
    void areImported() {
        addStation("imported");
        assertThat(Clients.json(add("imported", GOOD + reading("2020-01-02", 4)), 200))
                .isEqualTo(Map.of("readings", 2));
        assertThat(readings("imported")).extracting(Reading::tempMax).containsExactly(3.0, 4.0);
    }

    @Test
    void areRolledBackWhenOneOfThemRaises() {
        addStation("rolled-back");
        assertThat(Clients.problem(add("rolled-back", GOOD + reading("2020-01-02", 4) + GOOD), 409))
                .containsEntry("detail", "There is a reading of 2020-01-01 already; nothing was imported");
        assertThat(readings("rolled-back")).isEmpty();
        clients.assertNoConnectionIsInUse();
    }

    @Test
    void areRefusedWhenOneOfThemIsWrong() {
        addStation("refused");
        assertThat(Clients.problem(add("refused", GOOD + reading("2020-01-02", 61)), 400))
                .containsEntry("detail", "Reading 2: tempMax must be less than or equal to 60");
        assertThat(Clients.problem(add("refused", reading("2020-01-02", 0)), 400))
                .containsEntry("detail", "Reading 1: tempMax is below tempMin");
        Clients.problem(add("refused", GOOD + "{\"day\":"), 400);
        assertThat(readings("refused")).isEmpty();
    }

    @Test
    void areRefusedWhenTheyAreTooMany() {
        addStation("too-many");
        String many = IntStream.range(0, 10_001).mapToObj(i -> GOOD).collect(Collectors.joining());
        Clients.problem(add("too-many", many), 413);
    }

    @ParameterizedTest
    @CsvSource({
        "/stations/nowhere/readings, 404",
        "/stations/seattle/readings?from=x, 400",
        "/stations/seattle/readings?to=2012-13-01, 400",
    })
    void areNotThereForAWrongQuestion(String path, int status) {
        Clients.problem(clients.get(path), status);
    }
}
