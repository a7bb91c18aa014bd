package io.corobridge.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, which is closed in the end. Leaves pictures in target/page. */
@Tag("chromium")
@WeatherService
class PageTest {
    private static final LocalDate FIRST = LocalDate.of(2012, 1, 1);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH);
    private static final Path PICTURES = Path.of("target", "page");

    @RegisterExtension
    final LogWatch log = new LogWatch();

    // The browser is still writing there while it ends.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path profile;

    private final Clients clients;

    PageTest(Clients clients) {
        this.clients = clients;
    }

    /** Ends when the page has shown so many days; the number of points in the chart then. */
    private static int pointsAfter(Browser browser, int days) {
        Object points = browser.run("""
                const count = document.getElementById("count");
                const points = () => document.querySelector("#chart .band").getAttribute("d").split(/[ML]/).length;
                return new Promise((resolve) => {
                  const look = () => Number(count.textContent) >= %d && resolve(points());
                  new MutationObserver(look).observe(count, { childList: true });
                  look();
                });
                """.formatted(days));
        return ((Number) Objects.requireNonNull(points)).intValue();
    }

    private static void assertNothingIsCutOff(Browser browser) {
        assertThat(browser.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isEqualTo(true);
    }

    @Test
    void chartGrowsUntilThePageIsClosedAndTheServerCleansUp() throws IOException {
        try (Browser browser = Browser.start(profile)) {
            browser.resize(1280, 1000);
            browser.open(clients.url + "/");
            int few = pointsAfter(browser, 5);
            // A day has two points, and by then more days may have passed than five.
            int more = pointsAfter(browser, Math.max(60, few));
            assertThat(more).isGreaterThan(few);
            assertNothingIsCutOff(browser);
            browser.screenshot(PICTURES.resolve("desktop.png"));

            browser.closeTab();
            String began = log.line("viewing \\d+ of seattle began"); // of this test's browser
            String ended = log.line(began.replace("began", "ended") + ", LEFT: \\d+ readings");
            assertThat(Integer.parseInt(ended.replaceFirst(".*: (\\d+) readings", "$1")))
                    .isGreaterThanOrEqualTo(60);
        }
        clients.assertNoConnectionIsInUse();
    }

    @Test
    void pauseEndsTheViewingAndResumeGoesOnBehindIt() throws IOException {
        try (Browser browser = Browser.start(profile)) {
            browser.resize(390, 844);
            browser.preferDark();
            browser.open(clients.url + "/");
            pointsAfter(browser, 20);
            browser.run("document.getElementById('toggle').click()");
            log.line("viewing \\d+ of seattle ended, LEFT: \\d+ readings");
            browser.run("document.getElementById('toggle').click()");
            log.lines("viewing \\d+ of seattle began", 2);
            pointsAfter(browser, 60);
            assertThat(browser.run("return document.getElementById('day').textContent"
                            + " + ' is day ' + document.getElementById('count').textContent"))
                    .asString()
                    .matches(shown -> IntStream.range(60, 1462)
                            .mapToObj(i -> FIRST.plusDays(i - 1).format(DAY) + " is day " + i)
                            .anyMatch(shown::equals));
            assertNothingIsCutOff(browser);
            browser.screenshot(PICTURES.resolve("phone.png"));
        }
    }
}
