package io.corobridge.reactor.spring;

import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoMono;
import java.util.Objects;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Handlers and filters of WebFlux, written as the bodies of coroutines.
 *
 * <p>Each request runs the body anew, on the thread that Spring handles it on. What the body raises is the {@code onError} that Spring
 * maps to a response. A client that disconnects closes the body where it is suspended, and its clean-up is driven to its end.
 * Everything else is as {@link CoMono#from} says.
 */
public final class CoHandlers {
    private CoHandlers() {}

    /**
     * A handler for a functional route: {@code route().GET("/orders/{id}", CoHandlers.handler((co, request) -> ..))}.
     *
     * <p>The builders of responses return a Mono: {@code return co.awaitSingle(ServerResponse.ok().bodyValue(order));}
     *
     * @param <T> the response
     * @param body handles a request; a null result is {@code onError(NullPointerException)}
     * @return a handler
     */
    public static <T extends ServerResponse> HandlerFunction<T> handler(Handler<T> body) {
        Objects.requireNonNull(body, "body");
        return request -> CoMono.from(Coroutine.of("handler", co -> checked(body.handle(co, request), "handler")));
    }

    /**
     * A filter for functional routes: {@code route().filter(CoHandlers.filter((co, request, next) -> ..))}. The body hands the request on
     * with {@code co.awaitSingle(next.handle(request))}.
     *
     * @param <T> the response of the handler
     * @param <R> the response of the filter
     * @param body filters a request; a null result is {@code onError(NullPointerException)}
     * @return a filter
     */
    public static <T extends ServerResponse, R extends ServerResponse> HandlerFilterFunction<T, R> filter(
            Filter<T, R> body) {
        Objects.requireNonNull(body, "body");
        return (request, next) ->
                CoMono.from(Coroutine.of("filter", co -> checked(body.filter(co, request, next), "filter")));
    }

    /**
     * A filter for all requests, to be a bean. The body hands the request on with {@code co.await(chain.filter(exchange))}.
     *
     * @param body filters a request
     * @return a filter
     */
    public static WebFilter webFilter(WebFilterBody body) {
        Objects.requireNonNull(body, "body");
        return (exchange, chain) -> CoMono.from(Coroutine.ofVoid("webFilter", co -> body.filter(co, exchange, chain)));
    }

    private static <T> T checked(T response, String name) {
        return Objects.requireNonNull(response, () -> "the " + name + " returned null instead of a response");
    }

    /**
     * What a handler runs.
     *
     * @param <T> the response
     */
    @FunctionalInterface
    public interface Handler<T extends ServerResponse> {
        /**
         * Handles a request.
         *
         * @param co the body's handle
         * @param request what came in
         * @return the response
         * @throws Exception what it raises is mapped to a response by Spring
         */
        T handle(Co co, ServerRequest request) throws Exception;
    }

    /**
     * What a filter runs.
     *
     * @param <T> the response of the handler
     * @param <R> the response of the filter
     */
    @FunctionalInterface
    public interface Filter<T extends ServerResponse, R extends ServerResponse> {
        /**
         * Filters a request.
         *
         * @param co the body's handle
         * @param request what came in
         * @param next the handler, or the next filter
         * @return the response
         * @throws Exception what it raises is mapped to a response by Spring
         */
        R filter(Co co, ServerRequest request, HandlerFunction<T> next) throws Exception;
    }

    /** What a web filter runs. */
    @FunctionalInterface
    public interface WebFilterBody {
        /**
         * Filters a request.
         *
         * @param co the body's handle
         * @param exchange the request and its response
         * @param chain the next filter, or the handler
         * @throws Exception what it raises is mapped to a response by Spring
         */
        void filter(Co co, ServerWebExchange exchange, WebFilterChain chain) throws Exception;
    }
}
