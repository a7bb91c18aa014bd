package io.corobridge.reactor.spring;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.corobridge.AsyncGenerator;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/** Controllers and a route that tell, each time they are resumed, as whom; and the filter that writes it into the Context. */
@RestController
class ContextEndpoints {
    static final String USER = "corobridge.test.request.user";
    static final String HEADER = "X-User";

    /** As whom the latest body of {@code /context/held} has cleaned up. */
    final CompletableFuture<String> cleanedUp = new CompletableFuture<>();

    final CompletableFuture<Void> holds = new CompletableFuture<>();

    @Bean
    static WebFilter identifies() {
        return (exchange, chain) -> {
            String user = exchange.getRequest().getHeaders().getFirst(HEADER);
            Mono<Void> handled = chain.filter(exchange);
            return user == null
                    ? handled
                    : handled.contextWrite(Context.of(USER, user))
                            .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                                    new TestingAuthenticationToken(user, "password")));
        };
    }

    /** The same three times: in Reactor's Context, in Spring Security's, and in the MDC. */
    private static String seen(Co co) {
        Authentication authentication =
                co.await(ReactiveSecurityContextHolder.getContext().mapNotNull(SecurityContext::getAuthentication));
        return CoContext.current().getOrDefault(USER, "nobody")
                + " " + (authentication == null ? "nobody" : authentication.getName())
                + " " + MDC.get(USER);
    }

    /** Goes on on a thread that serves everybody. */
    private static <T> Mono<T> elsewhere() {
        return Mono.<T>empty().subscribeOn(Schedulers.parallel());
    }

    private static List<String> seenThroughout(Co co) {
        List<String> all = new ArrayList<>();
        all.add(seen(co));
        co.await(elsewhere());
        all.add(seen(co));
        for (int i : co.each(Flux.range(0, 2).publishOn(Schedulers.parallel()))) {
            all.add(i + seen(co));
        }
        try {
            co.await(elsewhere().then(Mono.error(new IllegalStateException())));
        } catch (IllegalStateException e) {
            all.add(seen(co));
        } finally {
            co.await(elsewhere());
            all.add(seen(co));
        }
        all.add(co.await(Coroutine.of(inner -> {
            inner.await(elsewhere());
            return seen(inner);
        })));
        return all;
    }

    @GetMapping("/context/coroutine")
    Coroutine<List<String>> coroutine() {
        return Coroutine.of(ContextEndpoints::seenThroughout);
    }

    @GetMapping(path = "/context/stream", produces = MediaType.APPLICATION_NDJSON_VALUE)
    AsyncGenerator<List<String>, @Nullable Void> stream() {
        return AsyncGenerator.of(co -> {
            for (int i = 0; i < 3; i++) {
                co.yield(seenThroughout(co));
                co.await(elsewhere());
            }
        });
    }

    @Bean
    static RouterFunction<ServerResponse> contextRoute() {
        return route().GET(
                        "/functional/context",
                        CoHandlers.handler((co, request) -> co.awaitSingle(ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(seenThroughout(co)))))
                .build();
    }

    @GetMapping("/context/held")
    Coroutine<String> held() {
        return Coroutine.of(co -> {
            try {
                return co.awaitSingle(Mono.<String>never().doOnSubscribe(subscription -> holds.complete(null)));
            } finally {
                co.await(elsewhere());
                cleanedUp.complete(seen(co));
            }
        });
    }
}
