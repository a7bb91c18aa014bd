package io.corobridge.samples.pipeline.styles;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.reactor.CoMono;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What {@code docs/coming-from.md} shows does what it says, and what its tables name exists. */
@Timeout(60)
class StylesTest {
    private static final Path PAGE = Path.of("../../docs/coming-from.md");
    private static final Pattern SNIPPET = Pattern.compile("```(?:java|kotlin)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\b([A-Z]\\w+)(?:\\.(\\w+))?");
    private static final List<String> PACKAGES = List.of(
            "io.corobridge.",
            "io.corobridge.asyncio.",
            "io.corobridge.testing.",
            "io.corobridge.reactor.",
            "io.corobridge.rxjava3.",
            "java.lang.");

    private final List<String> log = new CopyOnWriteArrayList<>();

    /** A shop that answers at once, unless it is given another price; it logs its sessions. */
    private Shop shop(Mono<Integer> price, Mono<Void> close) {
        Shop.Session session = new Shop.Session() {
            @Override
            public Mono<Integer> price() {
                return price.doOnCancel(() -> log.add("price cancelled"));
            }

            @Override
            public Mono<Integer> stock() {
                return Mono.just(3);
            }

            @Override
            public Mono<Void> close() {
                return close.doFirst(() -> log.add("closing")).doOnSuccess(done -> log.add("closed"));
            }
        };
        return () -> Mono.fromSupplier(() -> {
            log.add("open");
            return session;
        });
    }

    @Test
    void everyStyleQuotesAndCloses() throws Exception {
        Shop shop = shop(Mono.just(125), Mono.empty());
        ExecutorService threads = Executors.newCachedThreadPool();
        List<String> quotes = new ArrayList<>();
        quotes.add(CoMono.from(WithCorobridge.quote(shop)).block());
        quotes.add(WithReactor.quote(shop).block());
        quotes.add(WithRxJava.quote(shop).blockingGet());
        quotes.add(
                BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, then) -> WithKotlin.quote(shop, then)));
        quotes.add(WithThreads.quote(shop, threads));
        threads.shutdown();
        assertThat(quotes).hasSize(5).containsOnly("3 at 125");
        assertThat(log).hasSize(15).startsWith("open", "closing", "closed");
    }

    /** As the page says of a caller who gives up; what the body has left running is cancelled when it has ended. */
    @Test
    void whoGivesUpHasTheSessionClosedAndCanWaitForIt() {
        Sinks.Empty<Void> closed = Sinks.empty();
        Shop shop = shop(Mono.never(), closed.asMono());
        CoMono.from(WithCorobridge.quote(shop)).subscribe().dispose();
        assertThat(log).containsExactly("open", "closing");
        closed.tryEmitEmpty();
        assertThat(log).containsExactly("open", "closing", "closed", "price cancelled");
    }

    @Test
    void thePageShowsTheseSources() throws Exception {
        StringBuilder sources = new StringBuilder();
        for (String root : List.of("java", "kotlin")) {
            Path styles = Path.of("src/test", root, "io/corobridge/samples/pipeline/styles");
            try (Stream<Path> files = Files.list(styles)) {
                for (Path file : files.sorted().toList()) {
                    sources.append(withoutSpace(Files.readString(file)));
                }
            }
        }
        Matcher snippets = SNIPPET.matcher(Files.readString(PAGE));
        int found = 0;
        while (snippets.find()) {
            assertThat(sources).contains(withoutSpace(snippets.group(1)));
            found++;
        }
        assertThat(found).isEqualTo(6);
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void whatTheTablesNameExists() throws Exception {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (String row : Files.readAllLines(PAGE)) {
            String[] cells = row.split("(?<!\\\\)\\|");
            if (cells.length != 3) {
                continue;
            }
            Matcher code = Pattern.compile("`([^`]+)`").matcher(cells[2]);
            while (code.find()) {
                Matcher names = NAME.matcher(code.group(1).replace("for (T x", "for (x"));
                while (names.find()) {
                    named++;
                    if (!exists(names.group(1), names.group(2))) {
                        missing.add(names.group());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(40);
    }

    private static boolean exists(String type, String member) {
        for (String name : PACKAGES) {
            try {
                Class<?> found = Class.forName(name + type);
                return Modifier.isPublic(found.getModifiers())
                        && (member == null
                                || Arrays.stream(found.getMethods())
                                        .anyMatch(method -> method.getName().equals(member)));
            } catch (ClassNotFoundException elsewhere) {
                // The next package may have it.
            }
        }
        return false;
    }
}
