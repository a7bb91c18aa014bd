package io.corobridge.samples.webflux;

import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** The stations in the database. */
@Repository
class Stations {
    private final DatabaseClient database;

    Stations(DatabaseClient database) {
        this.database = database;
    }

    AsyncIterable<Station> all() {
        return CoFlux.toAsyncIterable(database.sql("select id, name from station order by id")
                .map(Stations::station)
                .all());
    }

    /** Raises {@link Problem} 404 when there is none. */
    Coroutine<Station> get(String id) {
        return Coroutine.of("station", co -> {
            Station station = co.await(database.sql("select id, name from station where id = :id")
                    .bind("id", id)
                    .map(Stations::station)
                    .one());
            if (station == null) {
                throw new Problem(HttpStatus.NOT_FOUND, "There is no station \"" + id + "\"");
            }
            return station;
        });
    }

    /** Raises {@link Problem} 409 when there is one with this id. */
    Coroutine<Station> add(Station station) {
        return Coroutine.of("add station", co -> {
            try {
                co.await(database.sql("insert into station (id, name) values (:id, :name)")
                        .bind("id", station.id())
                        .bind("name", station.name())
                        .fetch()
                        .rowsUpdated());
            } catch (DuplicateKeyException e) {
                throw new Problem(HttpStatus.CONFLICT, "There is a station \"" + station.id() + "\" already", e);
            }
            return station;
        });
    }

    private static Station station(Readable row) {
        return new Station(
                Objects.requireNonNull(row.get("id", String.class)),
                Objects.requireNonNull(row.get("name", String.class)));
    }
}
