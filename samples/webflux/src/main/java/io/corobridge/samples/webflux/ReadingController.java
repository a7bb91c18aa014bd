package io.corobridge.samples.webflux;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import jakarta.validation.Validator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Readings of a station: streamed out of the database, and in from the request. */
@RestController
@RequestMapping("/stations/{station}/readings")
class ReadingController {
    private static final int MOST = 10_000;

    /** How many were imported. */
    record Imported(int readings) {}

    private final Stations stations;
    private final Readings readings;
    private final ReadingImport readingImport;
    private final Validator validator;

    ReadingController(Stations stations, Readings readings, ReadingImport readingImport, Validator validator) {
        this.stations = stations;
        this.readings = readings;
        this.readingImport = readingImport;
        this.validator = validator;
    }

    /** JSON, or NDJSON as fast as the client takes it. */
    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    AsyncGenerator<Reading, @Nullable Void> between(
            @PathVariable String station,
            @RequestParam(defaultValue = "1000-01-01") @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
            @RequestParam(defaultValue = "9999-12-31") @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to) {
        return AsyncGenerator.of("readings", co -> {
            co.await(stations.get(station));
            for (Reading reading : co.each(readings.between(station, from, to))) {
                co.yield(reading);
            }
        });
    }

    /** Reads all of the request first, so that no transaction waits for a slow client. */
    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    Coroutine<Imported> add(@PathVariable String station, @RequestBody AsyncIterable<Reading> body) {
        return Coroutine.of("import", co -> {
            co.await(stations.get(station));
            List<Reading> added = new ArrayList<>();
            for (Reading reading : co.each(body)) {
                if (added.size() == MOST) {
                    throw new Problem(HttpStatus.valueOf(413), "At most " + MOST + " readings at once");
                }
                added.add(checked(reading, added.size() + 1));
            }
            return new Imported(co.await(readingImport.add(station, added)));
        });
    }

    private Reading checked(Reading reading, int number) {
        for (var violation : validator.validate(reading)) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "Reading " + number + ": " + violation.getPropertyPath() + " " + violation.getMessage());
        }
        if (reading.tempMax() < reading.tempMin()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "Reading " + number + ": tempMax is below tempMin");
        }
        return reading;
    }
}
