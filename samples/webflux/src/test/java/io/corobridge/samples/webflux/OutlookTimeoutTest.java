package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.context.TestPropertySource;

/** A provider that never answers, and little patience. */
@WeatherService
@TestPropertySource(properties = "weather.forecasts-timeout=100ms")
class OutlookTimeoutTest {
    @RegisterExtension
    final LogWatch log = new LogWatch();

    private final Clients clients;

    OutlookTimeoutTest(Clients clients) {
        this.clients = clients;
    }

    /** Asks until the provider had the request before the time was over. */
    @Test
    @Timeout(60)
    void isAProblemOfTheGatewayAndCancelsTheRequest() {
        do {
            assertThat(Clients.problem(clients.get("/stations/seattle/outlook?providers=stalled"), 504))
                    .containsEntry("detail", "A provider did not answer in time");
        } while (!log.has("GET /providers/stalled/forecast\\?.*: cancelled"));
        clients.awaitNoRequestIsActive(log);
        log.line("GET /stations/seattle/outlook\\?providers=stalled: 504, A provider did not answer in time");
    }
}
