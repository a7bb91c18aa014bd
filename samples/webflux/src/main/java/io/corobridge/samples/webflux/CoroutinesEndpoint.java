package io.corobridge.samples.webflux;

import io.corobridge.sight.CoroutineDump;
import io.corobridge.sight.Coroutines;
import io.corobridge.sight.LiveCoroutine;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/coroutines}: where each coroutine is suspended and what it waits for, as {@code /actuator/threaddump} tells of threads.
 * JSON, or the text for people with {@code Accept: text/plain}.
 */
@Component
@Endpoint(id = "coroutines")
class CoroutinesEndpoint {
    /**
     * What is sent as JSON.
     *
     * @param tracked whether coroutines are tracked; else there are none to see
     */
    record Dump(boolean tracked, List<LiveCoroutine> coroutines) {}

    /** Switches tracking on for the whole program, before the first request. */
    CoroutinesEndpoint(WeatherProperties properties) {
        if (properties.trackCoroutines()) {
            Coroutines.track(true);
        }
    }

    @ReadOperation
    Dump dump() {
        CoroutineDump dump = Coroutines.dump();
        return new Dump(dump.tracked(), dump.coroutines());
    }

    @ReadOperation(produces = "text/plain;charset=UTF-8")
    String text() {
        return Coroutines.dump().toString();
    }
}
