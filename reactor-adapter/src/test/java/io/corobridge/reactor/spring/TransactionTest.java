package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Transactional methods that return coroutines: what is begun, committed and rolled back, and when. */
class TransactionTest {
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    /** Writes down what it is told; each answer is there at once. */
    static final class Recorder implements ReactiveTransactionManager {
        private record Recorded(boolean isNewTransaction) implements ReactiveTransaction {}

        @Override
        public Mono<ReactiveTransaction> getReactiveTransaction(@Nullable TransactionDefinition definition) {
            return Mono.fromSupplier(() -> {
                LOG.add("begin");
                return new Recorded(true);
            });
        }

        @Override
        public Mono<Void> commit(ReactiveTransaction transaction) {
            return Mono.fromRunnable(() -> LOG.add("commit"));
        }

        @Override
        public Mono<Void> rollback(ReactiveTransaction transaction) {
            return Mono.fromRunnable(() -> LOG.add("rollback"));
        }
    }

    interface Service {
        Coroutine<String> work();

        Coroutine<String> fail();

        Coroutine<String> hold(Mono<String> source);

        AsyncGenerator<Integer, @Nullable Void> stream();
    }

    @Transactional
    static class TransactionalService implements Service {
        @Override
        public Coroutine<String> work() {
            return Coroutine.of(co -> {
                LOG.add("work");
                return co.awaitSingle(Mono.just("done"));
            });
        }

        @Override
        public Coroutine<String> fail() {
            return Coroutine.of(co -> {
                LOG.add("work");
                throw new IllegalStateException("broken");
            });
        }

        @Override
        public Coroutine<String> hold(Mono<String> source) {
            return Coroutine.of(co -> {
                try {
                    return co.awaitSingle(source);
                } finally {
                    LOG.add("cleaned up");
                }
            });
        }

        @Override
        public AsyncGenerator<Integer, @Nullable Void> stream() {
            return AsyncGenerator.of(co -> {
                for (int i = 0; i < 2; i++) {
                    LOG.add("row " + i);
                    co.yield(i);
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Application {
        @Bean
        Recorder transactionManager() {
            return new Recorder();
        }

        @Bean
        Service service() {
            return new TransactionalService();
        }
    }

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(CorobridgeAutoConfiguration.class, Application.class);
    private final Service service = context.getBean(Service.class);

    @BeforeEach
    void forget() {
        LOG.clear();
    }

    @Test
    void resultIsThereWhenTheTransactionIsCommitted() {
        Coroutine<String> work = service.work();
        assertThat(LOG).isEmpty();
        StepVerifier.create(CoMono.from(work).doOnNext(result -> LOG.add(result)))
                .expectNext("done")
                .verifyComplete();
        assertThat(LOG).containsExactly("begin", "work", "commit", "done");
    }

    @Test
    void eachRunHasATransactionOfItsOwn() {
        StepVerifier.create(CoMono.from(service.work()).repeat(1))
                .expectNext("done", "done")
                .verifyComplete();
        assertThat(LOG).containsExactly("begin", "work", "commit", "begin", "work", "commit");
    }

    @Test
    void whatTheBodyRaisesRollsBack() {
        StepVerifier.create(CoMono.from(service.fail())).verifyErrorMessage("broken");
        assertThat(LOG).containsExactly("begin", "work", "rollback");
    }

    @Test
    void cancelRollsBack() {
        CoMono.from(service.hold(Mono.never())).subscribe().dispose();
        assertThat(LOG).containsExactly("begin", "cleaned up", "rollback");
    }

    @Test
    void transactionOfAGeneratorSpansItsElements() {
        StepVerifier.create(CoFlux.from(service.stream())).expectNext(0, 1).verifyComplete();
        assertThat(LOG).containsExactly("begin", "row 0", "row 1", "commit");
    }
}
