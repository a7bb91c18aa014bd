package io.corobridge.samples.webflux;

import io.corobridge.Coroutine;
import java.time.LocalDate;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/** Asks forecast providers over HTTP. A coroutine that is closed or cancelled while it waits cancels its request. */
@Component
class ForecastClient {
    private final WebClient client;
    private final WeatherProperties properties;
    private final Environment environment;

    ForecastClient(WebClient.Builder builder, WeatherProperties properties, Environment environment) {
        this.client = builder.build();
        this.properties = properties;
        this.environment = environment;
    }

    /** Raises {@link Problem} 502 when the provider fails. */
    Coroutine<Forecast> forecast(String provider, String station, LocalDate day) {
        return Coroutine.of("forecast", co -> {
            try {
                return co.awaitSingle(client.get()
                        .uri(base() + "/providers/{provider}/forecast?station={s}&day={d}", provider, station, day)
                        .retrieve()
                        .bodyToMono(Forecast.class));
            } catch (WebClientResponseException e) {
                throw new Problem(
                        HttpStatus.BAD_GATEWAY,
                        "The provider \"" + provider + "\" answered "
                                + e.getStatusCode().value(),
                        e);
            } catch (WebClientRequestException e) {
                throw new Problem(HttpStatus.BAD_GATEWAY, "The provider \"" + provider + "\" cannot be reached", e);
            }
        });
    }

    /** Known when the server has started, for the port may be any that is free. */
    private String base() {
        return properties.forecastsUrl().isEmpty()
                ? "http://localhost:" + environment.getRequiredProperty("local.server.port")
                : properties.forecastsUrl();
    }
}
