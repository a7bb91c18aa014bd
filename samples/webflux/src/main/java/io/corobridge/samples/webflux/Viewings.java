package io.corobridge.samples.webflux;

import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.r2dbc.spi.Readable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** The viewings in the database. */
@Repository
class Viewings {
    private final DatabaseClient database;

    Viewings(DatabaseClient database) {
        this.database = database;
    }

    /** The newest first. */
    AsyncIterable<Viewing> newest(int limit) {
        return CoFlux.toAsyncIterable(database.sql(
                        "select id, station, began, ended, readings, ending from viewing order by id desc limit :limit")
                .bind("limit", limit)
                .map(Viewings::viewing)
                .all());
    }

    /** Ends with its number. */
    Coroutine<Long> begin(String station) {
        return Coroutine.of(
                "begin viewing",
                co -> co.awaitSingle(
                        database.sql("insert into viewing (station, began, readings) values (:station, :began, 0)")
                                .filter(statement -> statement.returnGeneratedValues("id"))
                                .bind("station", station)
                                .bind("began", OffsetDateTime.now())
                                .map(row -> Objects.requireNonNull(row.get("id", Long.class)))
                                .one()));
    }

    Coroutine<@Nullable Void> end(long id, int readings, Viewing.Ending ending) {
        return Coroutine.ofVoid(
                "end viewing",
                co -> co.await(database.sql(
                                "update viewing set ended = :ended, readings = :readings, ending = :ending where id = :id")
                        .bind("ended", OffsetDateTime.now())
                        .bind("readings", readings)
                        .bind("ending", ending.name())
                        .bind("id", id)
                        .fetch()
                        .rowsUpdated()));
    }

    private static Viewing viewing(Readable row) {
        String ending = row.get("ending", String.class);
        return new Viewing(
                Objects.requireNonNull(row.get("id", Long.class)),
                Objects.requireNonNull(row.get("station", String.class)),
                Objects.requireNonNull(row.get("began", OffsetDateTime.class)),
                row.get("ended", OffsetDateTime.class),
                Objects.requireNonNull(row.get("readings", Integer.class)),
                ending == null ? null : Viewing.Ending.valueOf(ending));
    }
}
