package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.sight.BodyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import reactor.core.Disposable;

/** The coroutines of the running service, while somebody looks at a station. */
@WeatherService
class CoroutinesEndpointTest {
    private static final String SLEEP = "co.await(Asyncio.sleep(pause));";

    @RegisterExtension
    final LogWatch log = new LogWatch();

    private final Clients clients;
    private final int sleepLine;

    private Disposable viewer;
    private String began;

    CoroutinesEndpointTest(Clients clients) throws IOException {
        this.clients = clients;
        List<String> source = Files.readAllLines(
                Path.of("src/main/java/io/corobridge/samples/webflux", LiveController.class.getSimpleName() + ".java"));
        this.sleepLine = 1 + source.stream().map(String::strip).toList().indexOf(SLEEP);
    }

    @BeforeEach
    void look() {
        viewer = clients.web
                .get()
                .uri("/stations/seattle/live?perSecond=1")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .retrieve()
                .bodyToFlux(Object.class)
                .subscribe();
        began = log.line("viewing \\d+ of seattle began");
    }

    @AfterEach
    void leave() {
        viewer.dispose();
        log.line(began.replace("began", "ended") + ", LEFT: \\d+ readings");
    }

    /** Asks until all is as it should be: a viewing is not in its sleep all the time, and runs on while it is looked at. */
    private <T> T dump(MediaType type, Class<T> as, Predicate<T> expected) {
        return Objects.requireNonNull(clients.web
                .get()
                .uri("/actuator/coroutines")
                .accept(type)
                .retrieve()
                .bodyToMono(as)
                .filter(expected)
                .repeatWhenEmpty(again -> again)
                .block(Clients.GUARD));
    }

    @Test
    void jsonHasAViewingInItsSleep() {
        Dump dump = dump(MediaType.APPLICATION_JSON, Dump.class, this::hasAViewingInItsSleep);
        assertThat(dump.tracked).isTrue();
        assertThat(dump.coroutines)
                .filteredOn(this::isViewingAsleep)
                .extracting(Seen::kind)
                .containsOnly(BodyKind.ASYNC_GENERATOR);
    }

    private record Dump(boolean tracked, List<Seen> coroutines) {}

    private record Seen(
            long id,
            BodyKind kind,
            String name,
            String state,
            @Nullable Map<String, Object> place,
            List<Long> awaited,
            @Nullable String waitsFor) {}

    private boolean hasAViewingInItsSleep(Dump dump) {
        return dump.coroutines.stream()
                .filter(this::isViewingAsleep)
                .anyMatch(viewing -> dump.coroutines.stream()
                        .anyMatch(seen -> viewing.awaited.contains(seen.id) && "sleep(1.0)".equals(seen.waitsFor)));
    }

    private boolean isViewingAsleep(Seen seen) {
        return seen.name.equals("LiveController.live")
                && seen.state.equals("SUSPENDED")
                && seen.place != null
                && Integer.valueOf(sleepLine).equals(seen.place.get("lineNumber"));
    }

    @Test
    void textHasTheLineOfItsSleep() {
        Pattern viewing = Pattern.compile("#\\d+ async generator LiveController\\.live, suspended, \\d+ ms\n  at "
                + Pattern.quote(LiveController.class.getName()) + "\\..*"
                + Pattern.quote("(LiveController.java:" + sleepLine + ")"));
        assertThat(dump(MediaType.TEXT_PLAIN, String.class, viewing.asPredicate()))
                .containsPattern(viewing);
    }
}
