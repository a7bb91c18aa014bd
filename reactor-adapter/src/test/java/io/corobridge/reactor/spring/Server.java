package io.corobridge.reactor.spring;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

/** Spring Boot on Netty with the endpoints of these tests, on a free port, started once for all of them. */
final class Server {
    static final LeakRecorder LEAKS = new LeakRecorder();
    private static final ConfigurableApplicationContext CONTEXT = run();

    /**
     * A connection for each request. Reactor Netty's server, 1.2.18 and 1.3.7 too, may stop reading a connection that is used again:
     * when a request comes before the one before it has quite ended, and is answered at once, the next one is never read
     * (https://github.com/reactor/reactor-netty/issues/4361).
     */
    private static final ClientHttpConnector CONNECTOR = new ReactorClientHttpConnector(HttpClient.newConnection());

    private static final WebClient CLIENT =
            WebClient.builder().clientConnector(CONNECTOR).baseUrl(url()).build();
    private static final WebTestClient TEST = WebTestClient.bindToServer(CONNECTOR)
            .baseUrl(url())
            .responseTimeout(Duration.ofSeconds(60))
            .build();

    private Server() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        JsonEndpoints.class,
        StreamEndpoints.class,
        ErrorEndpoints.class,
        CancelEndpoints.class,
        ContextEndpoints.class,
        Routes.class
    })
    static class Application {}

    private static ConfigurableApplicationContext run() {
        // Before Netty's first buffer.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(LEAKS);
        SpringApplication application = new SpringApplication(Application.class);
        return application.run(
                "--server.port=0", "--spring.main.banner-mode=off", "--spring.main.log-startup-info=false");
    }

    /** Does nothing but load this class. */
    static void start() {}

    static String url() {
        return "http://localhost:" + CONTEXT.getEnvironment().getRequiredProperty("local.server.port");
    }

    static <T> T bean(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    /** For one request and its whole response. */
    static WebTestClient test() {
        return TEST;
    }

    /** For streams, and for clients that go away. */
    static WebClient client() {
        return CLIENT;
    }
}
