package io.corobridge.samples.webflux;

import io.corobridge.AsyncGenerator;
import io.corobridge.GeneratorExit;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.samples.webflux.Viewing.Ending;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Readings of a station, replayed as server-sent events.
 *
 * <p>A viewer who goes away closes the generator where it stands, mostly in its sleep. Its {@code finally} still awaits: what was seen
 * is in the database when the log says so.
 */
@RestController
class LiveController {
    private static final Logger LOG = LoggerFactory.getLogger(LiveController.class);
    private static final int PAGE = 100;

    private final Stations stations;
    private final Readings readings;
    private final Viewings viewings;
    private final Shutdown shutdown;

    LiveController(Stations stations, Readings readings, Viewings viewings, Shutdown shutdown) {
        this.stations = stations;
        this.readings = readings;
        this.viewings = viewings;
        this.shutdown = shutdown;
    }

    /** A browser that has lost the connection sends the id of the last event that it got, and the replay goes on from there. */
    @GetMapping(path = "/stations/{station}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    AsyncGenerator<ServerSentEvent<Object>, @Nullable Void> live(
            @PathVariable String station,
            @RequestParam(defaultValue = "10") @Min(1) @Max(1000) int perSecond,
            @RequestParam(defaultValue = "1000-01-01") @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate after,
            @RequestHeader(name = "Last-Event-ID", required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable
                    LocalDate last) {
        return AsyncGenerator.of("live", co -> {
            co.await(stations.get(station));
            Duration pause = Duration.ofSeconds(1).dividedBy(perSecond);
            long viewing = co.await(viewings.begin(station));
            LOG.info("viewing {} of {} began", viewing, station);
            int sent = 0;
            Ending ending = Ending.FAILED;
            try {
                LocalDate next = (last == null ? after : last).plusDays(1);
                List<Reading> page = co.await(readings.page(station, next, PAGE));
                while (!page.isEmpty()) {
                    for (Reading reading : page) {
                        if (shutdown.isDue()) {
                            ending = Ending.STOPPED;
                            return;
                        }
                        sent++; // before it is seen, for who leaves then closes this here
                        co.yield(event("reading", reading.day(), reading));
                        next = reading.day().plusDays(1);
                        co.await(Asyncio.sleep(pause));
                    }
                    page = co.await(readings.page(station, next, PAGE));
                }
                co.yield(event("complete", next, sent));
                ending = Ending.COMPLETE;
            } catch (GeneratorExit gone) {
                ending = Ending.LEFT;
                throw gone;
            } finally {
                co.await(viewings.end(viewing, sent, ending));
                LOG.info("viewing {} of {} ended, {}: {} readings", viewing, station, ending, sent);
            }
        });
    }

    private static ServerSentEvent<Object> event(String name, LocalDate id, Object data) {
        return ServerSentEvent.builder(data).event(name).id(id.toString()).build();
    }
}
