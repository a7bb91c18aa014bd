package io.corobridge.samples.webflux;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about this service.
 *
 * @param forecastsUrl where forecasts are asked for; empty is this service itself
 * @param forecastsTimeout how long all forecasts of one outlook may take together
 * @param trackCoroutines whether {@code /actuator/coroutines} has something to show
 */
@Validated
@ConfigurationProperties("weather")
record WeatherProperties(
        @DefaultValue("") String forecastsUrl,
        @NotNull @DefaultValue("2s") Duration forecastsTimeout,
        @DefaultValue("true") boolean trackCoroutines) {}
