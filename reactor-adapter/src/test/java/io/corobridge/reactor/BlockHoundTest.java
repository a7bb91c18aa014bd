package io.corobridge.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** On threads that must not block, a body that does is found, and nothing of the library does. */
@Timeout(60)
class BlockHoundTest {
    @BeforeAll
    static void install() {
        BlockHound.install();
    }

    private static void block() {
        LockSupport.parkNanos(1);
    }

    @Test
    void bodyThatBlocksIsFound() {
        Coroutine<String> beforeItsFirstAwait = Coroutine.of(co -> {
            block();
            return "not found";
        });
        Coroutine<String> afterAnAwait = Coroutine.of(co -> {
            co.await(Mono.delay(Duration.ofMillis(1)));
            block();
            return "not found";
        });
        for (Coroutine<String> coroutine : List.of(beforeItsFirstAwait, afterAnAwait)) {
            Throwable found = CoMono.from(coroutine, Schedulers.parallel())
                    .map(Throwable::new)
                    .onErrorResume(Mono::just)
                    .block();
            assertThat(found).isInstanceOf(BlockingOperationError.class);
        }
        Throwable found = CoFlux.from(
                        AsyncGenerator.<Integer, Void>of(co -> {
                            co.yield(1);
                            block();
                        }),
                        Schedulers.parallel())
                .<Throwable>map(i -> new Throwable())
                .onErrorResume(Mono::just)
                .blockLast();
        assertThat(found).isInstanceOf(BlockingOperationError.class);
    }

    @Test
    void libraryItselfNeverBlocks() {
        Scheduler threads = Schedulers.newParallel("never-blocks", 2);
        List<Throwable> dropped = new CopyOnWriteArrayList<>();
        try {
            Flux<Integer> source = CoFlux.from(
                    AsyncGenerator.<Integer, Void>of(co -> {
                        for (int i = 0; i < 300; i++) {
                            co.yield(co.await(Mono.just(i).publishOn(threads)));
                        }
                    }),
                    threads);
            Coroutine<Integer> coroutine = Coroutine.of(co -> {
                int sum = 0;
                for (int each : co.each(source.publishOn(threads), 8)) {
                    sum += each;
                }
                co.await(CoSchedulers.on(threads));
                co.await(Asyncio.sleep(Duration.ofMillis(1)));
                sum += co.await(
                        Asyncio.createTask(Coroutine.<Integer>of(inner -> inner.await(Mono.fromCallable(() -> 1)))));
                return sum;
            });
            Integer sum = CoMono.from(coroutine, threads)
                    .contextWrite(context -> context.put(
                            "reactor.onErrorDropped.local", (java.util.function.Consumer<Throwable>) dropped::add))
                    .block();
            assertThat(sum).isEqualTo(300 * 299 / 2 + 1);
            for (int i = 0; i < 50; i++) {
                CoMono.from(Coroutine.of(co -> co.await(Mono.never())), threads)
                        .timeout(Duration.ofMillis(1), Mono.empty(), threads)
                        .block();
            }
            assertThat(dropped).isEmpty();
        } finally {
            threads.dispose();
        }
    }
}
