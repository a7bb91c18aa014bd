package io.corobridge.benchmarks;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.reactor.CoFlux;
import io.corobridge.reactor.CoMono;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The bridge to Reactor beside kotlinx-coroutines-reactor, plain Reactor and virtual threads that block: a run of a thousand elements, per
 * element, and awaits of what is ready.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReactorBridge {
    private static final int ELEMENTS = 1_000;

    private final Mono<Integer> ready = Mono.just(1);
    private final Flux<Integer> fused = Flux.range(0, ELEMENTS);
    private final Flux<Integer> signalled = Flux.range(0, ELEMENTS).hide();

    private static Flux<Integer> asyncGenerator() {
        return CoFlux.from(AsyncGenerator.<Integer, Void>of(co -> {
            for (int i = 0; i < ELEMENTS; i++) {
                co.yield(i);
            }
        }));
    }

    /** An async generator as a Flux, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int asyncGeneratorUnbounded() {
        return Counting.of(asyncGenerator(), false);
    }

    /** An async generator as a Flux, by {@code request(1)}. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int asyncGeneratorOneByOne() {
        return Counting.of(asyncGenerator(), true);
    }

    /** A generator as a Flux, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int generatorUnbounded() {
        return Counting.of(
                CoFlux.fromGenerator(() -> Generator.<Integer, Void>ofVoid(co -> {
                    for (int i = 0; i < ELEMENTS; i++) {
                        co.yield(i);
                    }
                })),
                false);
    }

    /** A Flow as a Flux, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinFlowUnbounded() {
        return Counting.of(KotlinReactor.count(ELEMENTS), false);
    }

    /** A Flow as a Flux, by {@code request(1)}. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinFlowOneByOne() {
        return Counting.of(KotlinReactor.count(ELEMENTS), true);
    }

    /** {@code Flux.generate}, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int plainGenerateUnbounded() {
        return Counting.of(
                Flux.generate(() -> 0, (next, sink) -> {
                    if (next == ELEMENTS) {
                        sink.complete();
                    } else {
                        sink.next(next);
                    }
                    return next + 1;
                }),
                false);
    }

    private static Integer sum(Flux<Integer> source) {
        return Objects.requireNonNull(CoMono.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(source)) {
                        sum += each;
                    }
                    return sum;
                }))
                .block());
    }

    /** A loop over a Flux that signals. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public Integer eachSignalled() {
        return sum(signalled);
    }

    /** A loop over a Flux that can be fused. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public Integer eachFused() {
        return sum(fused);
    }

    /** The same in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public Integer kotlinCollect() {
        return Objects.requireNonNull(KotlinReactor.sum(signalled).block());
    }

    /** The same without coroutines. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public Integer plainReduce() {
        return Objects.requireNonNull(signalled.reduce(0, Integer::sum).block());
    }

    /** A coroutine that awaits a ready Mono, as a Mono. */
    @Benchmark
    public Integer awaitReady() {
        return Objects.requireNonNull(
                CoMono.from(Coroutine.<Integer>of(co -> co.awaitSingle(ready))).block());
    }

    /** The same in Kotlin. */
    @Benchmark
    public Integer kotlinAwaitReady() {
        return Objects.requireNonNull(KotlinReactor.awaited(ready).block());
    }

    /** A coroutine with three ready awaits. */
    @Benchmark
    public Integer awaitThree() {
        return Objects.requireNonNull(CoMono.from(Coroutine.<Integer>of(
                        co -> co.awaitSingle(ready) + co.awaitSingle(ready) + co.awaitSingle(ready)))
                .block());
    }

    /** Three {@code flatMap}s. */
    @Benchmark
    public Integer plainFlatMapThree() {
        return Objects.requireNonNull(ready.flatMap(a -> ready.flatMap(b -> ready.flatMap(c -> Mono.just(a + b + c))))
                .block());
    }

    /** A loop by blocking: {@code toIterable} on a virtual thread. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public Integer virtualThreadIterable(VirtualThread virtual) throws Exception {
        return virtual.once(() -> {
            int sum = 0;
            for (int each : signalled.toIterable()) {
                sum += each;
            }
            return sum;
        });
    }

    /** A virtual thread that blocks for a ready Mono. */
    @Benchmark
    @OperationsPerInvocation(VirtualThread.TIMES)
    public int virtualThreadAwaitReady(VirtualThread virtual) throws Exception {
        return virtual.each(ready::block);
    }

    /** A virtual thread that blocks three times. */
    @Benchmark
    @OperationsPerInvocation(VirtualThread.TIMES)
    public int virtualThreadAwaitThree(VirtualThread virtual) throws Exception {
        return virtual.each(() -> Objects.requireNonNull(ready.block())
                + Objects.requireNonNull(ready.block())
                + Objects.requireNonNull(ready.block()));
    }
}
