package io.corobridge.reactor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import io.r2dbc.h2.CloseableConnectionFactory;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Transactions of a database that is driven by R2DBC: each statement of a body, after whatever await, is in the transaction of its method
 * or operator, which is committed when the body returns and rolled back when it raises or is cancelled.
 */
@Timeout(60)
class R2dbcTransactionTest {
    interface Ledger {
        Coroutine<List<Long>> write(String... entries);

        Coroutine<List<Long>> writeAndFail();

        Coroutine<List<Long>> writeAndHold(Mono<String> hold);

        AsyncGenerator<Long, @Nullable Void> writeOneByOne();
    }

    /** What the latest transaction came to. */
    private static CompletableFuture<Integer> ended = new CompletableFuture<>();

    @Transactional
    static class TransactionalLedger implements Ledger {
        private final DatabaseClient database;

        TransactionalLedger(DatabaseClient database) {
            this.database = database;
        }

        @Override
        public Coroutine<List<Long>> write(String... entries) {
            return Coroutine.of(co -> insert(co, database, entries));
        }

        @Override
        public Coroutine<List<Long>> writeAndFail() {
            return Coroutine.of(co -> {
                insert(co, database, "one", "two");
                throw new IllegalStateException("broken");
            });
        }

        @Override
        public Coroutine<List<Long>> writeAndHold(Mono<String> hold) {
            return Coroutine.of(co -> {
                List<Long> counts = insert(co, database, "one");
                counts.addAll(insert(co, database, co.awaitSingle(hold)));
                return counts;
            });
        }

        @Override
        public AsyncGenerator<Long, @Nullable Void> writeOneByOne() {
            return AsyncGenerator.of(co -> {
                co.yield(insert(co, database, "one").get(0));
                co.yield(insert(co, database, "two").get(0));
            });
        }
    }

    /** Returns how many entries the transaction sees after each; another thread completes each statement. */
    private static List<Long> insert(Co co, DatabaseClient database, String... entries) {
        co.awaitSingle(TransactionSynchronizationManager.forCurrentTransaction())
                .registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCompletion(int status) {
                        return Mono.fromRunnable(() -> ended.complete(status));
                    }
                });
        List<Long> counts = new ArrayList<>();
        for (String entry : entries) {
            co.await(database.sql("insert into entry values (:text)")
                    .bind("text", entry)
                    .then()
                    .publishOn(Schedulers.parallel()));
            counts.add(co.awaitSingle(count(database)));
        }
        return counts;
    }

    private static Mono<Long> count(DatabaseClient database) {
        return database.sql("select count(*) from entry").mapValue(Long.class).one();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Application {
        @Bean(destroyMethod = "close")
        CloseableConnectionFactory connectionFactory() {
            return H2ConnectionFactory.inMemory("ledger");
        }

        @Bean
        R2dbcTransactionManager transactionManager(ConnectionFactory connectionFactory) {
            return new R2dbcTransactionManager(connectionFactory);
        }

        @Bean
        TransactionalOperator transactionalOperator(R2dbcTransactionManager transactionManager) {
            return TransactionalOperator.create(transactionManager);
        }

        @Bean
        DatabaseClient database(ConnectionFactory connectionFactory) {
            return DatabaseClient.create(connectionFactory);
        }

        @Bean
        Ledger ledger(DatabaseClient database) {
            return new TransactionalLedger(database);
        }
    }

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(CorobridgeAutoConfiguration.class, Application.class);
    private final DatabaseClient database = context.getBean(DatabaseClient.class);
    private final TransactionalOperator operator = context.getBean(TransactionalOperator.class);
    private final Ledger ledger = context.getBean(Ledger.class);

    R2dbcTransactionTest() {
        ended = new CompletableFuture<>();
        database.sql("create table entry (text varchar(10))").then().block();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private void assertEnded(int status, long entries) {
        Visit.await(ended);
        assertThat(ended).isCompletedWithValue(status);
        assertThat(count(database).block()).isEqualTo(entries);
    }

    @Test
    void methodThatReturnsCommits() {
        StepVerifier.create(CoMono.from(ledger.write("one", "two")))
                .assertNext(counts -> assertThat(counts).containsExactly(1L, 2L))
                .verifyComplete();
        assertEnded(TransactionSynchronization.STATUS_COMMITTED, 2);
    }

    @Test
    void methodThatRaisesRollsBack() {
        StepVerifier.create(CoMono.from(ledger.writeAndFail())).verifyErrorMessage("broken");
        assertEnded(TransactionSynchronization.STATUS_ROLLED_BACK, 0);
    }

    @Test
    void methodThatIsCancelledWhileItAwaitsRollsBack() {
        CompletableFuture<Void> awaits = new CompletableFuture<>();
        Mono<String> never = Mono.<String>never().doOnSubscribe(subscription -> awaits.complete(null));
        Disposable run = CoMono.from(ledger.writeAndHold(never)).subscribe();
        Visit.await(awaits);
        run.dispose();
        assertEnded(TransactionSynchronization.STATUS_ROLLED_BACK, 0);
    }

    @Test
    void othersDoNotSeeWhatIsNotCommitted() {
        CompletableFuture<Void> awaits = new CompletableFuture<>();
        Sinks.One<String> hold = Sinks.one();
        CompletableFuture<List<Long>> counts = CoMono.from(
                        ledger.writeAndHold(hold.asMono().doOnSubscribe(subscription -> awaits.complete(null))))
                .toFuture();
        Visit.await(awaits);
        assertThat(count(database).block()).isZero();
        hold.tryEmitValue("two").orThrow();
        Visit.await(counts);
        assertThat(counts).isCompletedWithValue(List.of(1L, 2L));
        assertEnded(TransactionSynchronization.STATUS_COMMITTED, 2);
    }

    @Test
    void generatorHasOneTransaction() {
        StepVerifier.create(CoFlux.from(ledger.writeOneByOne()))
                .expectNext(1L, 2L)
                .verifyComplete();
        assertEnded(TransactionSynchronization.STATUS_COMMITTED, 2);
    }

    /** As with any Flux: who has enough cancels, and a cancel rolls back. */
    @Test
    void generatorThatIsCancelledBetweenElementsRollsBack() {
        StepVerifier.create(CoFlux.from(ledger.writeOneByOne()), 1)
                .expectNext(1L)
                .thenCancel()
                .verify();
        assertEnded(TransactionSynchronization.STATUS_ROLLED_BACK, 0);
    }

    private Coroutine<List<Long>> inOperator(Coroutine<List<Long>> body) {
        return Coroutine.of(co -> {
            co.await(count(database));
            return co.awaitSingle(CoMono.from(body).as(operator::transactional));
        });
    }

    @Test
    void operatorCommitsWhatReturns() {
        StepVerifier.create(CoMono.from(inOperator(Coroutine.of(co -> insert(co, database, "one", "two")))))
                .assertNext(counts -> assertThat(counts).containsExactly(1L, 2L))
                .verifyComplete();
        assertEnded(TransactionSynchronization.STATUS_COMMITTED, 2);
    }

    @Test
    void operatorRollsBackWhatRaises() {
        StepVerifier.create(CoMono.from(inOperator(Coroutine.of(co -> {
                    insert(co, database, "one");
                    throw new IllegalStateException("broken");
                }))))
                .verifyErrorMessage("broken");
        assertEnded(TransactionSynchronization.STATUS_ROLLED_BACK, 0);
    }

    @Test
    void operatorRollsBackWhatIsCancelledFromOutside() {
        CompletableFuture<Void> awaits = new CompletableFuture<>();
        Mono<String> never = Mono.<String>never().doOnSubscribe(subscription -> awaits.complete(null));
        Disposable run = CoMono.from(inOperator(Coroutine.of(co -> {
                    insert(co, database, "one");
                    return insert(co, database, co.awaitSingle(never));
                })))
                .subscribe();
        Visit.await(awaits);
        run.dispose();
        assertEnded(TransactionSynchronization.STATUS_ROLLED_BACK, 0);
    }
}
