package io.corobridge.samples.webflux;

import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;

/** The readings in the database. */
@Repository
class Readings {
    private static final String SELECT = "select measured_on, precipitation, temp_max, temp_min, wind, weather"
            + " from reading where station = :station and measured_on >= :from and measured_on <= :to"
            + " order by measured_on";

    private final DatabaseClient database;

    Readings(DatabaseClient database) {
        this.database = database;
    }

    /** Has a connection for as long as it is read. */
    AsyncIterable<Reading> between(String station, LocalDate from, LocalDate to) {
        return CoFlux.toAsyncIterable(select(SELECT, station, from, to));
    }

    /** Those of a day and after it, so many at most, with the connection given back. */
    Coroutine<List<Reading>> page(String station, LocalDate from, int size) {
        return Coroutine.of(
                "page of readings",
                co -> co.awaitSingle(select(SELECT + " limit " + size, station, from, LocalDate.of(9999, 12, 31))
                        .collectList()));
    }

    /** What was measured on this day of all years. */
    Coroutine<Climate> climate(String station, LocalDate day) {
        return Coroutine.of(
                "climate",
                co -> co.awaitSingle(database.sql(
                                "select count(*) as years, cast(avg(temp_max) as double precision) as mean"
                                        + " from reading where station = :station"
                                        + " and extract(month from measured_on) = :month"
                                        + " and extract(day from measured_on) = :day")
                        .bind("station", station)
                        .bind("month", day.getMonthValue())
                        .bind("day", day.getDayOfMonth())
                        .map(row -> new Climate(
                                Objects.requireNonNull(row.get("years", Long.class)), row.get("mean", Double.class)))
                        .one()));
    }

    /** Raises {@link org.springframework.dao.DuplicateKeyException} when there is one of this day. */
    Coroutine<@Nullable Void> insert(String station, Reading reading) {
        return Coroutine.ofVoid(
                "insert reading",
                co -> co.await(database.sql(
                                "insert into reading (station, measured_on, precipitation, temp_max, temp_min, wind, weather)"
                                        + " values (:station, :day, :precipitation, :tempMax, :tempMin, :wind, :weather)")
                        .bind("station", station)
                        .bind("day", reading.day())
                        .bind("precipitation", reading.precipitation())
                        .bind("tempMax", reading.tempMax())
                        .bind("tempMin", reading.tempMin())
                        .bind("wind", reading.wind())
                        .bind("weather", reading.weather())
                        .fetch()
                        .rowsUpdated()));
    }

    private Flux<Reading> select(String sql, String station, LocalDate from, LocalDate to) {
        return database.sql(sql)
                .bind("station", station)
                .bind("from", from)
                .bind("to", to)
                .map(Readings::reading)
                .all();
    }

    private static Reading reading(Readable row) {
        return new Reading(
                Objects.requireNonNull(row.get("measured_on", LocalDate.class)),
                number(row, "precipitation"),
                number(row, "temp_max"),
                number(row, "temp_min"),
                number(row, "wind"),
                Objects.requireNonNull(row.get("weather", String.class)));
    }

    private static double number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Double.class));
    }
}
