package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many clients that go away leave nothing: no body, no subscription, no thread, and no buffer, as far as Netty can tell when it
 * watches every one. {@code -Dcorobridge.requests=10000} says how many clients; the profile {@code soak} does.
 *
 * <p>The clients are plain sockets, so that every buffer is one of the server that runs the bodies: what Reactor Netty's client leaves
 * when it is cancelled, it leaves without any body.
 *
 * <p>The bodies wait when the client goes. A response that is written without a pause is not among them: of one in a hundred,
 * also of a plain Flux, Reactor Netty 1.2.18 leaves a buffer.
 */
class LeakTest {
    private static final int REQUESTS = Integer.getInteger("corobridge.requests", 200);
    private static final int AT_ONCE = 32;

    /** So many that each of Netty's threads, which take turns and start with their first client, has had one. */
    private static final int WARM_UP =
            Math.max(REQUESTS / 2, 2 * Runtime.getRuntime().availableProcessors());

    private static final String CANARY = "canary";
    private static final String HERE = "allocated while clients go away";

    private static final ExecutorService CLIENTS = Executors.newFixedThreadPool(AT_ONCE);

    @BeforeAll
    static void countBuffersFromNowOn() {
        Server.start();
        Server.LEAKS.test = HERE;
    }

    @AfterAll
    static void noMore() {
        Server.LEAKS.test = "after that";
        CLIENTS.shutdown();
    }

    @Test
    void manyCancelledRequestsLeaveNothing() throws Exception {
        visit(0, WARM_UP);
        Set<Thread> before = threads();
        visit(WARM_UP, WARM_UP + REQUESTS / 2);

        assertThat(Visit.INSIDE).hasValue(0);
        assertThat(Visit.SUBSCRIBED).hasValue(0);
        assertThat(threads()).isSubsetOf(before);
        collectGarbage();
        assertThat(Server.LEAKS.reports).noneMatch(report -> report.contains(HERE) && !report.contains(CANARY));
    }

    private static void visit(int from, int to) throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        IntStream.range(from, to)
                .forEach(i -> clients.add(CLIENTS.submit(() -> {
                    visit("leak-" + i, i % 2 == 0);
                    return null;
                })));
        for (Future<?> client : clients) {
            client.get();
        }
    }

    /** Gone while the coroutine awaits, or after the third element of the stream. */
    private static void visit(String name, boolean value) throws IOException {
        Visit visit = Visit.named(name);
        visit.endCleanUp();
        URI server = URI.create(Server.url());
        try (Socket client = new Socket(server.getHost(), server.getPort())) {
            String request =
                    "GET /visits/" + name + (value ? "/value" : "/stream") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (!value) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                assertThat(lines.lines()
                                .filter(line -> line.startsWith("data:"))
                                .limit(3))
                        .hasSize(3);
            }
            Visit.await(visit.waiting);
        }
        Visit.await(visit.ended);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Until Netty finds a buffer that was dropped here, and so whatever was dropped before. */
    private static void collectGarbage() {
        for (int i = 0; i < 1000; i++) {
            ByteBufAllocator.DEFAULT.buffer().touch(CANARY);
            System.gc();
            ByteBufAllocator.DEFAULT.buffer().release();
            if (Server.LEAKS.reports.stream().anyMatch(report -> report.contains(CANARY))) {
                return;
            }
        }
        throw new AssertionError("leak detection does not work");
    }
}
