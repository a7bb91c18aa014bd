package io.corobridge.samples.webflux;

import io.corobridge.asyncio.Asyncio;
import io.corobridge.reactor.spring.CoHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Stands in for forecast providers elsewhere, so that the sample needs no network: functional routes whose handlers are bodies. */
@Configuration(proxyBeanMethods = false)
class ForecastProviders {
    private static final Duration THINKING = Duration.ofMillis(50);

    @Bean
    RouterFunction<ServerResponse> forecasts() {
        return RouterFunctions.route()
                .GET("/providers/{provider}/forecast", CoHandlers.handler((co, request) -> {
                    String provider = request.pathVariable("provider");
                    LocalDate day = day(request);
                    switch (provider) {
                        case "calm", "sunny", "gloomy" -> co.await(Asyncio.sleep(THINKING));
                        case "stalled" -> co.await(Mono.never());
                        default -> throw new Problem(HttpStatus.NOT_FOUND, "There is no provider \"" + provider + "\"");
                    }
                    return co.awaitSingle(ServerResponse.ok().bodyValue(forecast(provider, day)));
                }))
                .build();
    }

    private static LocalDate day(ServerRequest request) {
        try {
            return LocalDate.parse(request.queryParam("day").orElse(""));
        } catch (DateTimeException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "day is not a date, as in ?day=2015-07-01", e);
        }
    }

    /** Summer is warm, and each provider has its mood. */
    private static Forecast forecast(String provider, LocalDate day) {
        double season = 17 - 10 * Math.cos(2 * Math.PI * (day.getDayOfYear() - 20) / 365.0);
        double mood = switch (provider) {
            case "sunny" -> 3;
            case "gloomy" -> -3;
            default -> 0;
        };
        return new Forecast(provider, day, Math.round((season + mood) * 10) / 10.0);
    }
}
