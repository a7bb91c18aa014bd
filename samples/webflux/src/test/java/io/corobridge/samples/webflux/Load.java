package io.corobridge.samples.webflux;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;

/**
 * Load for a running service, from a process of its own: requests of all kinds, many of them by clients that disconnect in the middle.
 * The same seed sends the same requests. Ends with 1 when anything was answered otherwise than it should be.
 */
final class Load {
    /** What a client does. */
    private enum Kind {
        STATION,
        MISSING,
        READINGS,
        CONFLICT,
        OUTLOOK,
        READINGS_LEFT,
        LIVE_LEFT,
        OUTLOOK_LEFT
    }

    /** Instead of waiting for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.create();
    private final WebClient client;
    private final String url;
    private final Map<Kind, LongAdder> done = new EnumMap<>(Kind.class);
    private final long[] nanos;
    private final AtomicInteger measured = new AtomicInteger();

    private Load(String url, int requests) {
        this.url = url;
        this.client = client(http);
        this.nanos = new long[requests];
        for (Kind kind : Kind.values()) {
            done.put(kind, new LongAdder());
        }
    }

    /** Arguments: url, requests, clients at the same time, seed. */
    public static void main(String... args) {
        int requests = Integer.parseInt(args[1]);
        int atOnce = Integer.parseInt(args[2]);
        Random random = new Random(Long.parseLong(args[3]));
        Kind[] kinds = IntStream.range(0, requests)
                .mapToObj(i -> Kind.values()[random.nextInt(Kind.values().length)])
                .toArray(Kind[]::new);
        int[] patience = random.ints(requests, 1, 30).toArray();

        Load load = new Load(args[0], requests);
        long start = System.nanoTime();
        Flux.range(0, requests)
                .flatMap(i -> load.send(kinds[i], patience[i]), atOnce)
                .blockLast(Duration.ofHours(1));
        load.report(Duration.ofNanos(System.nanoTime() - start));
        load.awaitNothingLeft();
        System.out.println("left behind: no active request, no database connection in use");
    }

    private WebClient client(HttpClient connections) {
        return WebClient.builder()
                .baseUrl(url)
                .clientConnector(new ReactorClientHttpConnector(connections))
                .build();
    }

    private Mono<?> send(Kind kind, int patience) {
        return Mono.defer(() -> {
                    long start = System.nanoTime();
                    return request(kind, patience).timeout(PATIENCE).then(Mono.fromRunnable(() -> {
                        if (!kind.name().endsWith("LEFT")) {
                            nanos[measured.getAndIncrement()] = System.nanoTime() - start;
                        }
                    }));
                })
                .doOnSuccess(nothing -> done.get(kind).increment())
                .onErrorMap(e -> new IllegalStateException(kind + " failed", e));
    }

    /** Patience: after how many elements a client leaves. */
    private Mono<?> request(Kind kind, int patience) {
        return switch (kind) {
            case STATION -> status("/stations/seattle", 200);
            case MISSING -> status("/stations/nowhere", 404);
            case READINGS ->
                elements("/stations/seattle/readings", MediaType.APPLICATION_NDJSON)
                        .count()
                        .doOnNext(count -> check(count >= 1461, "only " + count + " readings"));
            case CONFLICT ->
                client.post()
                        .uri("/stations/seattle/readings")
                        .contentType(MediaType.APPLICATION_NDJSON)
                        .bodyValue("""
                            {"day": "1999-01-01", "precipitation": 0, "tempMax": 3, "tempMin": 1, "wind": 2, "weather": "rain"}
                            {"day": "2012-01-01", "precipitation": 0, "tempMax": 3, "tempMin": 1, "wind": 2, "weather": "rain"}
                            """)
                        .exchangeToMono(response -> expect(409, response));
            case OUTLOOK -> status("/stations/seattle/outlook", 200);
            case READINGS_LEFT ->
                elements("/stations/seattle/readings", MediaType.APPLICATION_NDJSON)
                        .take(patience)
                        .then();
            case LIVE_LEFT -> // long before the last reading
                elements("/stations/seattle/live?perSecond=50", MediaType.TEXT_EVENT_STREAM)
                        .take(patience)
                        .then();
            case OUTLOOK_LEFT -> leftWhenSent("/stations/seattle/outlook?providers=stalled");
        };
    }

    private Mono<?> status(String path, int status) {
        return client.get().uri(path).exchangeToMono(response -> expect(status, response));
    }

    private static Mono<Void> expect(int status, ClientResponse response) {
        HttpStatusCode actual = response.statusCode();
        check(actual.value() == status, actual + " instead of " + status);
        return response.releaseBody();
    }

    private Flux<Object> elements(String path, MediaType type) {
        return client.get().uri(path).accept(type).retrieve().bodyToFlux(Object.class);
    }

    /** The server waits for somebody else; the client does not even wait for the server. */
    private Mono<?> leftWhenSent(String path) {
        Sinks.Empty<Void> sent = Sinks.empty();
        HttpClient signalling = http.doAfterRequest((request, connection) -> sent.tryEmitEmpty());
        return client(signalling).get().uri(path).retrieve().toBodilessEntity().takeUntilOther(sent.asMono());
    }

    /** Looks again and again, and fails when that takes long. */
    private void awaitNothingLeft() {
        metric("requests.active")
                .filter(active -> active == 1) // this one
                .flatMap(active -> metric("r2dbc.pool.acquired"))
                .filter(acquired -> acquired == 0)
                .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(100)))
                .block(Duration.ofSeconds(60));
    }

    private Mono<Double> metric(String name) {
        return client.get()
                .uri("/actuator/metrics/" + name)
                .retrieve()
                .bodyToMono(Metric.class)
                .map(metric -> metric.measurements().get(0).value());
    }

    private record Metric(List<Measurement> measurements) {}

    private record Measurement(double value) {}

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void report(Duration time) {
        long[] sorted = Arrays.copyOf(nanos, measured.get());
        Arrays.sort(sorted);
        System.out.println("requests: " + nanos.length + " in " + time.toMillis() + " ms, " + done);
        if (sorted.length > 0) {
            System.out.printf(
                    "answered: half within %.1f ms, 99 of 100 within %.1f ms, all within %.1f ms%n",
                    millis(sorted, 0.5), millis(sorted, 0.99), millis(sorted, 1));
        }
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
