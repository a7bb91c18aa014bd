package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outlooks: tasks that ask providers over HTTP, and what becomes of them when one fails. */
@WeatherService
class OutlookTest {
    @RegisterExtension
    final LogWatch log = new LogWatch();

    private final Clients clients;

    OutlookTest(Clients clients) {
        this.clients = clients;
    }

    @Test
    void hasWhatAllProvidersSay() {
        LocalDate day = LocalDate.of(2015, 7, 1);
        clients.get("/stations/seattle/outlook?day=2015-07-01")
                .expectStatus()
                .isOk()
                .expectBody(Outlook.class)
                .isEqualTo(new Outlook(
                        new Station("seattle", "Seattle"),
                        day,
                        new Climate(4, 29.575),
                        List.of(
                                new Forecast("calm", day, 26.4),
                                new Forecast("sunny", day, 29.4),
                                new Forecast("gloomy", day, 23.4))));
    }

    /** Asks until one provider had the request before the other one failed. */
    @Test
    @Timeout(60)
    void failsAsAProviderDoesAndCancelsTheOthers() {
        do {
            assertThat(Clients.problem(clients.get("/stations/seattle/outlook?providers=stalled,nobody"), 502))
                    .containsEntry("detail", "The provider \"nobody\" answered 404");
        } while (!log.has("GET /providers/stalled/forecast\\?.*: cancelled"));
        clients.awaitNoRequestIsActive(log);
    }

    @ParameterizedTest
    @CsvSource({
        "/stations/nowhere/outlook, 404",
        "/stations/seattle/outlook?day=x, 400",
        "'/stations/seattle/outlook?providers=1,2,3,4,5,6,7,8,9,10,11', 400",
    })
    void isNotThereForAWrongQuestion(String path, int status) {
        Clients.problem(clients.get(path), status);
    }
}
