package io.corobridge.samples.webflux;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** A test of the running service, on a free port; one service for all such tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = WeatherApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "weather.forecasts-timeout=60s",
            "spring.r2dbc.pool.max-acquire-time=60s",
            // A connection for each request: Reactor Netty 1.2 may stop reading one that a client uses again
            // (https://github.com/reactor/reactor-netty/issues/4361).
            "server.netty.max-keep-alive-requests=1"
        })
@Import(Clients.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@interface WeatherService {}
