package io.corobridge.samples.webflux;

import io.corobridge.AsyncIterable;
import io.corobridge.Coroutine;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stations: a controller that returns what the repository gives it. */
@RestController
@RequestMapping("/stations")
class StationController {
    private final Stations stations;

    StationController(Stations stations) {
        this.stations = stations;
    }

    @GetMapping
    AsyncIterable<Station> all() {
        return stations.all();
    }

    @GetMapping("/{id}")
    Coroutine<Station> get(@PathVariable String id) {
        return stations.get(id);
    }

    @PostMapping
    Coroutine<ResponseEntity<Station>> add(@Valid @RequestBody Station station) {
        return Coroutine.of("add", co -> {
            Station added = co.await(stations.add(station));
            return ResponseEntity.created(URI.create("/stations/" + added.id())).body(added);
        });
    }
}
