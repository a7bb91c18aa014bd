package io.corobridge.samples.webflux;

import io.corobridge.Coroutine;
import io.corobridge.ExceptionGroup;
import io.corobridge.reactor.CoMono;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** What any handler raises, as problem+json (RFC 9457) and one line in the log. Before Spring Boot's handler, which has the order -1. */
@Component
@Order(-2)
class ProblemHandler implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final ServerResponse.Context context;

    ProblemHandler(ServerCodecConfigurer codecs) {
        this.context = new ServerResponse.Context() {
            @Override
            public List<HttpMessageWriter<?>> messageWriters() {
                return codecs.getWriters();
            }

            @Override
            public List<ViewResolver> viewResolvers() {
                return List.of();
            }
        };
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error); // too late: the connection is closed
        }
        return CoMono.from(Coroutine.ofVoid("problem", co -> {
            ErrorResponse answer = answer(error);
            ProblemDetail problem = answer.getBody();
            problem.setInstance(URI.create(exchange.getRequest().getURI().getRawPath()));
            ValidationErrors.addTo(problem, error);
            log(exchange, problem, error);
            ServerResponse response = co.awaitSingle(ServerResponse.status(answer.getStatusCode())
                    .headers(headers -> copy(answer.getHeaders(), headers))
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .bodyValue(problem));
            co.await(response.writeTo(exchange, context));
        }));
    }

    private static ErrorResponse answer(Throwable error) {
        if (error instanceof ErrorResponse known) {
            return known;
        }
        if (error instanceof ExceptionGroup group && group.exceptions().get(0) instanceof Problem first) {
            return first; // of the tasks of a group
        }
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "Something is broken here", error);
    }

    private static void copy(HttpHeaders from, HttpHeaders to) {
        from.forEach(to::put);
    }

    /** With a stack trace only when it is nobody's fault but ours. */
    private static void log(ServerWebExchange exchange, ProblemDetail problem, Throwable error) {
        String line = RequestLog.line(exchange, problem.getStatus() + ", " + problem.getDetail());
        if (problem.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            LOG.error(line, error);
        } else {
            LOG.warn(line);
        }
    }
}
