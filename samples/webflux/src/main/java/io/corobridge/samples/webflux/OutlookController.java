package io.corobridge.samples.webflux;

import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.TaskGroup;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Asks all providers at the same time: tasks of a group, within one timeout. */
@RestController
class OutlookController {
    private final Stations stations;
    private final Readings readings;
    private final ForecastClient client;
    private final WeatherProperties properties;

    OutlookController(Stations stations, Readings readings, ForecastClient client, WeatherProperties properties) {
        this.stations = stations;
        this.readings = readings;
        this.client = client;
        this.properties = properties;
    }

    /** When one provider fails, or the time is over, the others are cancelled, and so are their requests. */
    @GetMapping("/stations/{id}/outlook")
    Coroutine<Outlook> outlook(
            @PathVariable String id,
            @RequestParam(defaultValue = "2015-07-01") @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day,
            @RequestParam(defaultValue = "calm,sunny,gloomy") @NotEmpty @Size(max = 10) List<String> providers) {
        return Coroutine.of("outlook", co -> {
            Station station = co.await(stations.get(id));
            Climate climate = co.await(readings.climate(id, day));
            List<Task<Forecast>> forecasts = new ArrayList<>();
            try {
                co.withVoid(
                        Asyncio.timeout(properties.forecastsTimeout()),
                        TimeoutException.class,
                        timeout -> co.withVoid(new TaskGroup(), group -> {
                            for (String provider : providers) {
                                forecasts.add(group.createTask(client.forecast(provider, id, day)));
                            }
                        }));
            } catch (TimeoutException e) {
                throw new Problem(HttpStatus.GATEWAY_TIMEOUT, "A provider did not answer in time", e);
            }
            return new Outlook(
                    station, day, climate, forecasts.stream().map(Task::result).toList());
        });
    }
}
