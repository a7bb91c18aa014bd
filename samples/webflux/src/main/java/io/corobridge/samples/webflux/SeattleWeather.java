package io.corobridge.samples.webflux;

import io.corobridge.Coroutine;
import io.corobridge.reactor.CoMono;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Puts four years of Seattle's weather into a database that does not have them, when the service starts. */
@Component
class SeattleWeather implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SeattleWeather.class);
    private static final Station SEATTLE = new Station("seattle", "Seattle");

    private final Stations stations;
    private final ReadingImport readingImport;

    SeattleWeather(Stations stations, ReadingImport readingImport) {
        this.stations = stations;
        this.readingImport = readingImport;
    }

    @Override
    public void run(ApplicationArguments args) throws IOException {
        List<Reading> readings = read();
        CoMono.from(load(readings)).block(); // on the main thread, which may wait
    }

    private Coroutine<@Nullable Void> load(List<Reading> readings) {
        return Coroutine.ofVoid("load", co -> {
            for (Station station : co.each(stations.all())) {
                if (station.equals(SEATTLE)) {
                    return;
                }
            }
            co.await(stations.add(SEATTLE));
            int count = co.await(readingImport.add(SEATTLE.id(), readings));
            LOG.info("{} days of Seattle's weather loaded", count);
        });
    }

    private static List<Reading> read() throws IOException {
        InputStream file = Objects.requireNonNull(SeattleWeather.class.getResourceAsStream("/seattle-weather.csv"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(SeattleWeather::reading).toList();
        }
    }

    private static Reading reading(String line) {
        String[] columns = line.split(",", -1);
        return new Reading(
                LocalDate.parse(columns[0]),
                Double.parseDouble(columns[1]),
                Double.parseDouble(columns[2]),
                Double.parseDouble(columns[3]),
                Double.parseDouble(columns[4]),
                columns[5]);
    }
}
