package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.reactor.CoMono;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Methods of beans whose coroutines Spring runs: scheduled, event listeners, cached, called when the bean is destroyed. */
class BeanMethodsTest {
    private static final List<Object> LOG = new CopyOnWriteArrayList<>();
    private static final AnnotationConfigApplicationContext CONTEXT =
            new AnnotationConfigApplicationContext(CorobridgeAutoConfiguration.class, Application.class);

    record Question(int number) {}

    record Answer(int number) {}

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @EnableCaching
    static class Application {
        @Bean
        ByHandScheduler taskScheduler() {
            return new ByHandScheduler();
        }

        @Bean
        ConcurrentMapCacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }

        @Bean
        Service service() {
            return new Service();
        }

        @Bean
        Squares squares() {
            return new CachedSquares();
        }
    }

    static class Service {
        @Scheduled(fixedRate = 1)
        Coroutine<@Nullable Void> tick() {
            LOG.add("called");
            return Coroutine.ofVoid(co -> {
                LOG.add("begun");
                co.await(Mono.empty());
                LOG.add("ended");
            });
        }

        /** Its result is the next event. */
        @EventListener
        Coroutine<Answer> answer(Question question) {
            return Coroutine.of(co -> new Answer(co.awaitSingle(Mono.just(question.number() * 2))));
        }

        @EventListener
        Coroutine<@Nullable Void> remember(Answer answer) {
            return Coroutine.ofVoid(co -> {
                co.await(Mono.empty());
                LOG.add(answer);
            });
        }
    }

    interface Squares {
        Coroutine<Integer> square(int number);
    }

    static class CachedSquares implements Squares {
        @Override
        @Cacheable("squares")
        public Coroutine<Integer> square(int number) {
            return Coroutine.of(co -> {
                LOG.add("computed");
                return co.awaitSingle(Mono.just(number * number));
            });
        }
    }

    @BeforeEach
    void forget() {
        LOG.clear();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @Test
    void scheduledMethodIsCalledOnceAndItsBodyRunsAtEachTick() {
        try (var context =
                new AnnotationConfigApplicationContext(CorobridgeAutoConfiguration.class, Application.class)) {
            assertThat(LOG).containsExactly("called");
            context.getBean(ByHandScheduler.class).tick();
            context.getBean(ByHandScheduler.class).tick();
            assertThat(LOG).containsExactly("called", "begun", "ended", "begun", "ended");
        }
    }

    @Test
    void eventListenerIsRunAndItsResultIsPublished() {
        CONTEXT.publishEvent(new Question(21));
        assertThat(LOG).containsExactly(new Answer(42));
    }

    @Test
    void resultIsCached() {
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(CoMono.from(CONTEXT.getBean(Squares.class).square(3)))
                    .expectNext(9)
                    .verifyComplete();
        }
        assertThat(LOG).containsExactly("computed");
    }
}
