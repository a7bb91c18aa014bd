package io.corobridge.reactor.spring;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Functional routes and filters written as bodies. */
@Configuration(proxyBeanMethods = false)
class Routes {
    @Bean
    RouterFunction<ServerResponse> functional() {
        return route().path(
                        "/functional",
                        builder -> builder.GET("/value/{name}", CoHandlers.handler((co, request) -> {
                                    int number = co.awaitSingle(
                                            Mono.fromCallable(() -> 7).subscribeOn(Schedulers.parallel()));
                                    Greeting greeting = new Greeting(request.pathVariable("name"), number);
                                    return co.awaitSingle(ServerResponse.ok().bodyValue(greeting));
                                }))
                                .POST("/next", CoHandlers.handler((co, request) -> {
                                    Greeting body = co.awaitSingle(request.bodyToMono(Greeting.class));
                                    return co.awaitSingle(ServerResponse.status(HttpStatus.CREATED)
                                            .bodyValue(new Greeting(body.name(), body.number() + 1)));
                                }))
                                .GET("/error", CoHandlers.handler((co, request) -> {
                                    throw new ResponseStatusException(HttpStatus.CONFLICT);
                                }))
                                .GET("/null", CoHandlers.handler((co, request) -> null))
                                .GET("/waiting/{name}", CoHandlers.handler((co, request) -> {
                                    Visit visit = Visit.named(request.pathVariable("name"));
                                    visit.begin();
                                    try {
                                        return co.awaitSingle(
                                                ServerResponse.ok().bodyValue(co.awaitSingle(visit.source())));
                                    } finally {
                                        co.await(visit.cleanUp());
                                        visit.end();
                                    }
                                }))
                                .filter(CoHandlers.filter((co, request, next) -> {
                                    if (request.headers().header("X-Refuse").contains("yes")) {
                                        return co.awaitSingle(ServerResponse.status(HttpStatus.FORBIDDEN)
                                                .build());
                                    }
                                    ServerResponse response = co.awaitSingle(next.handle(request));
                                    request.exchange()
                                            .getResponse()
                                            .getHeaders()
                                            .set(
                                                    "X-Filtered",
                                                    response.statusCode().toString());
                                    return response;
                                })))
                .build();
    }

    @Bean
    WebFilter seesEveryRequest() {
        return CoHandlers.webFilter((co, exchange, chain) -> {
            exchange.getResponse().getHeaders().set("X-Web-Filter", "before");
            try {
                co.await(chain.filter(exchange));
            } catch (ResponseStatusException e) {
                exchange.getResponse()
                        .getHeaders()
                        .set("X-Web-Filter", e.getStatusCode().toString());
                throw e;
            }
        });
    }
}
