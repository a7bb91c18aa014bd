package io.corobridge.samples.webflux;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;

/** A headless Chromium, driven by the few commands of the WebDriver protocol that are needed: no library of 20 MB for them. */
final class Browser implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile(".* started successfully on port (\\d+)\\.?");
    private static final int MOST_BYTES = 16 << 20; // of a screenshot

    private final Process driver;
    private final WebClient client;
    private final String session;

    private Browser(Process driver, String port, Path profile) {
        this.driver = driver;
        this.client = WebClient.builder()
                .baseUrl("http://localhost:" + port)
                .exchangeStrategies(ExchangeStrategies.builder()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MOST_BYTES))
                        .build())
                .build();
        List<String> arguments = List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        Map<?, ?> made = (Map<?, ?>) Objects.requireNonNull(send(
                HttpMethod.POST,
                "/session",
                Map.of(
                        "capabilities",
                        Map.of(
                                "alwaysMatch",
                                Map.of(
                                        "goog:chromeOptions",
                                        Map.of("args", arguments),
                                        "timeouts",
                                        Map.of("script", 60_000))))));
        this.session = "/session/" + made.get("sessionId");
    }

    static Browser start(Path profile) throws IOException {
        Process driver = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        BufferedReader output = driver.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.matches()) {
                return new Browser(driver, started.group(1), profile);
            }
        }
        throw new IOException("chromedriver has not started");
    }

    private @Nullable Object send(HttpMethod method, String path, @Nullable Object body) {
        WebClient.RequestBodySpec request = client.method(method).uri(path);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        Map<String, Object> answer = request.retrieve()
                .bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {})
                .block(Clients.GUARD);
        return Objects.requireNonNull(answer).get("value");
    }

    /** The size of what is inside the window, which may be smaller than a window can be. */
    void resize(int width, int height) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void preferDark() {
        devTools(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    private void devTools(String command, Map<String, ?> parameters) {
        send(HttpMethod.POST, session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    void open(String url) {
        send(HttpMethod.POST, session + "/url", Map.of("url", url));
    }

    /** What the body of a function returns; a promise is waited for. */
    @Nullable
    Object run(String script) {
        return send(HttpMethod.POST, session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    void screenshot(Path file) throws IOException {
        String picture = (String) Objects.requireNonNull(send(HttpMethod.GET, session + "/screenshot", null));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture));
    }

    /** As a user closes a tab. */
    void closeTab() {
        send(HttpMethod.DELETE, session + "/window", null);
    }

    @Override
    public void close() {
        driver.descendants().forEach(ProcessHandle::destroy);
        driver.destroy();
        driver.onExit().join();
    }
}
