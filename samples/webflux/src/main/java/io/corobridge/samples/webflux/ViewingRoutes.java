package io.corobridge.samples.webflux;

import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.spring.CoHandlers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Who has looked at the live page: a functional route. */
@Configuration(proxyBeanMethods = false)
class ViewingRoutes {
    private static final int MOST = 100;

    @Bean
    RouterFunction<ServerResponse> newestViewings(Viewings viewings) {
        return RouterFunctions.route()
                .GET(
                        "/viewings",
                        CoHandlers.handler((co, request) -> co.awaitSingle(
                                ServerResponse.ok().body(CoFlux.from(viewings.newest(limit(request))), Viewing.class))))
                .build();
    }

    private static int limit(ServerRequest request) {
        String limit = request.queryParam("limit").orElse("10");
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "limit is not a number from 1 to " + MOST);
        }
        return Integer.parseInt(limit);
    }
}
