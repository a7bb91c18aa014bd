package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many clients in a second process, of whom many disconnect in the middle: nothing is left of any. */
@WeatherService
class LoadTest {
    private static final int REQUESTS = Integer.getInteger("corobridge.requests", 400);
    private static final String AT_ONCE = "16";
    private static final String SEED = "1";

    @RegisterExtension
    final LogWatch log = new LogWatch();

    private final Clients clients;

    LoadTest(Clients clients) {
        this.clients = clients;
    }

    @Test
    void everyRequestEndsAndNoConnectionIsInUse() throws IOException {
        Process load = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName(),
                        clients.url,
                        Integer.toString(REQUESTS),
                        AT_ONCE,
                        SEED)
                .redirectErrorStream(true)
                .start();
        String report = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(load.onExit().join().exitValue()).as(report).isZero();

        // Who leaves an outlook when it is sent may be gone before the service begins with it. All others have their
        // line, and those
        // that left a live page have another one behind their clean-up.
        int unseen = count("OUTLOOK_LEFT", report);
        log.lines("(?!.*stalled)(GET|POST) /stations/.*: (200|404|409|cancelled|broken off).*", REQUESTS - unseen);
        log.lines("viewing \\d+ of seattle ended, LEFT: \\d+ readings", count("LIVE_LEFT", report));
        clients.awaitNoRequestIsActive(log);
        clients.assertNoConnectionIsInUse();
    }

    private static int count(String kind, String report) {
        Matcher matcher = Pattern.compile("[{ ]" + kind + "=(\\d+)").matcher(report);
        assertThat(matcher.find()).as(report).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
