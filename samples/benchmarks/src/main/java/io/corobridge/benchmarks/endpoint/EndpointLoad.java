package io.corobridge.benchmarks.endpoint;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Puts {@link EndpointServer} under load from this process, and prints what a request costs the server: its own CPU time and
 * what it allocates, the plain endpoint and the one with a coroutine in turn, the median of all rounds.
 */
public final class EndpointLoad {
    private static final Pattern USAGE = Pattern.compile("\"cpuNanos\":(\\d+),\"allocatedBytes\":(\\d+)");
    private static final int CONNECTIONS = 16;

    private final HttpClient client;

    /**
     * Uses its connections again, for to accept one costs more than the difference to be measured. All responses here are written from the
     * thread of the connection, so that the server does not stop reading it (https://github.com/reactor/reactor-netty/issues/4361).
     */
    private EndpointLoad(int port) {
        this.client = HttpClient.create().baseUrl("http://localhost:" + port);
    }

    /**
     * Runs it.
     *
     * @param args rounds, requests in each
     * @throws IOException when the server cannot be started
     */
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndpointServer.class.getName(),
                        "--server.port=0",
                        "--spring.main.banner-mode=off")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            EndpointLoad load = new EndpointLoad(port(server));
            load.compare("page", rounds, requests);
            load.compare("rows", rounds, requests / 10);
        } finally {
            server.destroy();
        }
    }

    private static int port(Process server) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring(5));
            }
        }
        throw new IOException("the server did not start");
    }

    private record Cost(double cpuMicros, double bytes) {}

    private void compare(String endpoint, int rounds, int requests) {
        List<Cost> plain = new ArrayList<>();
        List<Cost> coroutine = new ArrayList<>();
        // The first third warms up.
        for (int i = -rounds / 2; i < rounds; i++) {
            Cost first = round("/" + endpoint + "/plain/7", requests);
            Cost second = round("/" + endpoint + "/coroutine/7", requests);
            if (i >= 0) {
                plain.add(first);
                coroutine.add(second);
            }
        }
        print(endpoint, plain, coroutine);
    }

    private Cost round(String path, int requests) {
        long[] before = usage();
        Flux.range(0, requests).flatMap(i -> request(path), CONNECTIONS).blockLast();
        long[] after = usage();
        return new Cost((after[0] - before[0]) / 1e3 / requests, (double) (after[1] - before[1]) / requests);
    }

    private Mono<Void> request(String path) {
        return client.get()
                .uri(path)
                .responseSingle((response, body) -> response.status().equals(HttpResponseStatus.OK)
                        ? body.then()
                        : Mono.error(new IllegalStateException(path + ": " + response.status())));
    }

    private long[] usage() {
        String json = client.get()
                .uri("/usage")
                .responseContent()
                .aggregate()
                .asString()
                .block();
        Matcher usage = USAGE.matcher(String.valueOf(json));
        if (!usage.find()) {
            throw new IllegalStateException("no usage: " + json);
        }
        return new long[] {Long.parseLong(usage.group(1)), Long.parseLong(usage.group(2))};
    }

    private static void print(String endpoint, List<Cost> plain, List<Cost> coroutine) {
        double plainCpu = median(plain.stream().mapToDouble(Cost::cpuMicros).toArray());
        double coroutineCpu =
                median(coroutine.stream().mapToDouble(Cost::cpuMicros).toArray());
        double plainBytes = median(plain.stream().mapToDouble(Cost::bytes).toArray());
        double coroutineBytes =
                median(coroutine.stream().mapToDouble(Cost::bytes).toArray());
        System.out.printf(
                "%s: CPU %.1f us, plain %.1f us, ratio %.2f; allocated %.0f B, plain %.0f B, ratio %.2f%n",
                endpoint,
                coroutineCpu,
                plainCpu,
                coroutineCpu / plainCpu,
                coroutineBytes,
                plainBytes,
                coroutineBytes / plainBytes);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
