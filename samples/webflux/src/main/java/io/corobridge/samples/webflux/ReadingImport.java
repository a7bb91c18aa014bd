package io.corobridge.samples.webflux;

import io.corobridge.Coroutine;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Adds readings, all or none: what the coroutine raises rolls its transaction back, and so does a client that goes away. */
@Service
class ReadingImport {
    private final Readings readings;

    ReadingImport(Readings readings) {
        this.readings = readings;
    }

    /** Ends with how many there were, when the transaction is committed. */
    @Transactional
    public Coroutine<Integer> add(String station, List<Reading> added) {
        return Coroutine.of("import readings", co -> {
            for (Reading reading : added) {
                try {
                    co.await(readings.insert(station, reading));
                } catch (DuplicateKeyException e) {
                    throw new Problem(
                            HttpStatus.CONFLICT,
                            "There is a reading of " + reading.day() + " already; nothing was imported",
                            e);
                }
            }
            return added.size();
        });
    }
}
