package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.reactor.CoMono;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Methods that Spring Framework 7 retries: it calls them once, and runs the coroutine that they return again. */
class RetryableTest {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final AtomicInteger RUNS = new AtomicInteger();

    interface Service {
        @Retryable(maxRetries = 3, delay = 0)
        Coroutine<Integer> flaky();
    }

    static class RetryingService implements Service {
        @Override
        public Coroutine<Integer> flaky() {
            CALLS.incrementAndGet();
            return Coroutine.of(co -> {
                int run = co.awaitSingle(Mono.fromCallable(RUNS::incrementAndGet));
                if (run < 3) {
                    throw new IllegalStateException("not yet");
                }
                return run;
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Application {
        @Bean
        Service service() {
            return new RetryingService();
        }
    }

    @Test
    void eachAttemptRunsTheBodyAnew() {
        try (var context =
                new AnnotationConfigApplicationContext(CorobridgeAutoConfiguration.class, Application.class)) {
            Coroutine<Integer> flaky = context.getBean(Service.class).flaky();
            StepVerifier.create(CoMono.from(flaky)).expectNext(3).verifyComplete();
        }
        assertThat(CALLS).hasValue(1);
        assertThat(RUNS).hasValue(3);
    }
}
