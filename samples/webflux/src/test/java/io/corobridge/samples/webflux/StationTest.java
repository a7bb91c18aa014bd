package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Stations, and how errors of all kinds are answered. */
@WeatherService
class StationTest {
    private final Clients clients;

    StationTest(Clients clients) {
        this.clients = clients;
    }

    private WebTestClient.ResponseSpec add(Object station) {
        return clients.test
                .post()
                .uri("/stations")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(station)
                .exchange();
    }

    @Test
    void areListedAndFound() {
        clients.get("/stations")
                .expectStatus()
                .isOk()
                .expectBodyList(Station.class)
                .contains(new Station("seattle", "Seattle"));
        assertThat(Clients.json(clients.get("/stations/seattle"), 200))
                .isEqualTo(Map.of("id", "seattle", "name", "Seattle"));
    }

    @Test
    void isAddedOnce() {
        Station station = new Station("added-once", "Added once");
        add(station)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .location("/stations/added-once")
                .expectBody(Station.class)
                .isEqualTo(station);
        assertThat(Clients.problem(add(station), 409))
                .containsEntry("detail", "There is a station \"added-once\" already");
    }

    @Test
    void isRefusedWithWhatIsWrong() {
        assertThat(Clients.problem(add(Map.of("id", "Not an id", "name", "")), 400))
                .containsEntry(
                        "errors",
                        Map.of(
                                "id",
                                "must be letters, digits and hyphens, in lower case",
                                "name",
                                "must not be blank"));
    }

    @Test
    void isRefusedWhenItIsNoJson() {
        Clients.problem(add("{\"id\":"), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "/stations/nowhere, 404, There is no station \"nowhere\"",
        "/nothing, 404, No static resource nothing.",
        "/viewings?limit=0, 400, limit is not a number from 1 to 100",
        "/viewings?limit=101, 400, limit is not a number from 1 to 100",
        "/providers/calm/forecast?day=x, 400, 'day is not a date, as in ?day=2015-07-01'",
        "/providers/nobody/forecast?day=2015-07-01, 404, There is no provider \"nobody\"",
    })
    void problemsHaveADetailOfAnyHandler(String path, int status, String detail) {
        assertThat(Clients.problem(clients.get(path), status)).containsEntry("detail", detail);
    }

    @Test
    void aMethodThatIsNotAllowedIsAnsweredWithThoseThatAre() {
        WebTestClient.ResponseSpec response =
                clients.test.delete().uri("/stations/seattle").exchange();
        Clients.problem(response.expectHeader().valueEquals("Allow", "GET"), 405);
    }

    @Test
    void thePageIsThere() {
        clients.get("/").expectStatus().isOk().expectHeader().contentTypeCompatibleWith(MediaType.TEXT_HTML);
    }
}
