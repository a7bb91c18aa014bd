package io.corobridge.samples.webflux;

import io.corobridge.GeneratorExit;
import io.corobridge.reactor.spring.CoHandlers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * One line for each request that has ended: answered, cancelled by a client that is gone, or broken off. A stream that its client has
 * left is any of these, as the server has met it first. What was raised before there was a response has its line from
 * {@link ProblemHandler}. The gauge {@code requests.active} counts those that have not ended.
 */
@Configuration(proxyBeanMethods = false)
class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter requestLogFilter(MeterRegistry registry) {
        AtomicInteger active = new AtomicInteger();
        Gauge.builder("requests.active", active, AtomicInteger::get).register(registry);
        return CoHandlers.webFilter((co, exchange, chain) -> {
            active.incrementAndGet();
            String outcome = null;
            try {
                co.await(chain.filter(exchange));
                outcome = status(exchange);
            } catch (GeneratorExit gone) {
                outcome = "cancelled";
                throw gone;
            } catch (Exception e) {
                if (exchange.getResponse().isCommitted()) {
                    outcome = "broken off, " + e.getMessage();
                }
                throw e;
            } finally {
                active.decrementAndGet();
                if (outcome != null) {
                    LOG.info(line(exchange, outcome));
                }
            }
        });
    }

    static String line(ServerWebExchange exchange, String outcome) {
        String query = exchange.getRequest().getURI().getRawQuery();
        return exchange.getRequest().getMethod() + " "
                + exchange.getRequest().getURI().getRawPath() + (query == null ? "" : "?" + query) + ": " + outcome;
    }

    private static String status(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? "200" : Integer.toString(status.value());
    }
}
