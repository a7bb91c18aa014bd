package io.corobridge.reactor.spring;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring Boot on Netty with the endpoints of these tests, on a free port, started once for all of them. */
final class Server {
    static final LeakRecorder LEAKS = new LeakRecorder();
    private static final ConfigurableApplicationContext CONTEXT = run();

    // One of each: of some thousand WebClients that are made for one request and dropped, one waits for ever, also
    // without coroutines.
    private static final WebClient CLIENT = WebClient.create(url());
    private static final WebTestClient TEST = WebTestClient.bindToServer()
            .baseUrl(url())
            .responseTimeout(Duration.ofSeconds(60))
            .build();

    private Server() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({JsonEndpoints.class, StreamEndpoints.class, ErrorEndpoints.class, CancelEndpoints.class, Routes.class})
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
