package io.corobridge.benchmarks;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.rxjava3.CoFlowable;
import io.corobridge.rxjava3.CoSingle;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The bridge to RxJava beside kotlinx-coroutines-rx3, plain RxJava and virtual threads that block: a run of a thousand elements, per
 * element, and awaits of what is ready.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RxBridge {
    private static final int ELEMENTS = 1_000;

    private final Single<Integer> ready = Single.just(1);
    private final Flowable<Integer> fused = Flowable.range(0, ELEMENTS);
    private final Flowable<Integer> signalled = Flowable.range(0, ELEMENTS).hide();

    private static Flowable<Integer> asyncGenerator() {
        return CoFlowable.from(AsyncGenerator.<Integer, Void>of(co -> {
            for (int i = 0; i < ELEMENTS; i++) {
                co.yield(i);
            }
        }));
    }

    private static Flowable<Integer> generator() {
        return CoFlowable.fromGenerator(() -> Generator.<Integer, Void>ofVoid(co -> {
            for (int i = 0; i < ELEMENTS; i++) {
                co.yield(i);
            }
        }));
    }

    /** An async generator as a Flowable, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int asyncGeneratorUnbounded() {
        return Counting.of(asyncGenerator(), false);
    }

    /** An async generator as a Flowable, by {@code request(1)}. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int asyncGeneratorOneByOne() {
        return Counting.of(asyncGenerator(), true);
    }

    /** A generator as a Flowable, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int generatorUnbounded() {
        return Counting.of(generator(), false);
    }

    /** A generator as a Flowable, by {@code request(1)}. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int generatorOneByOne() {
        return Counting.of(generator(), true);
    }

    /** A Flow as a Flowable, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinFlowUnbounded() {
        return Counting.of(KotlinRx.count(ELEMENTS), false);
    }

    /** A Flow as a Flowable, by {@code request(1)}. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinFlowOneByOne() {
        return Counting.of(KotlinRx.count(ELEMENTS), true);
    }

    /** {@code Flowable.generate}, without a bound. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int rxGenerateUnbounded() {
        return Counting.of(rxGenerate(), false);
    }

    /** {@code Flowable.generate}, by {@code request(1)}. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int rxGenerateOneByOne() {
        return Counting.of(rxGenerate(), true);
    }

    private static Flowable<Integer> rxGenerate() {
        return Flowable.generate(() -> 0, (next, emitter) -> {
            if (next == ELEMENTS) {
                emitter.onComplete();
            } else {
                emitter.onNext(next);
            }
            return next + 1;
        });
    }

    private static int sum(Flowable<Integer> source) {
        return CoSingle.from(Coroutine.<Integer>of(co -> {
                    int sum = 0;
                    for (int each : co.each(CoFlowable.toAsyncIterable(source))) {
                        sum += each;
                    }
                    return sum;
                }))
                .blockingGet();
    }

    /** A loop over a Flowable that signals. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int eachSignalled() {
        return sum(signalled);
    }

    /** A loop over a Flowable that can be fused. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int eachFused() {
        return sum(fused);
    }

    /** The same in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinCollect() {
        return KotlinRx.sum(signalled).blockingGet();
    }

    /** The same without coroutines. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int rxReduce() {
        return signalled.reduce(0, Integer::sum).blockingGet();
    }

    /** A coroutine that awaits a ready Single, as a Single. */
    @Benchmark
    public int awaitReady() {
        return CoSingle.from(Coroutine.<Integer>of(co -> co.await(CoSingle.awaitable(ready))))
                .blockingGet();
    }

    /** The same in Kotlin. */
    @Benchmark
    public int kotlinAwaitReady() {
        return KotlinRx.awaited(ready).blockingGet();
    }

    /** A coroutine with three ready awaits. */
    @Benchmark
    public int awaitThree() {
        return CoSingle.from(Coroutine.<Integer>of(co -> co.await(CoSingle.awaitable(ready))
                        + co.await(CoSingle.awaitable(ready))
                        + co.await(CoSingle.awaitable(ready))))
                .blockingGet();
    }

    /** The same in Kotlin. */
    @Benchmark
    public int kotlinAwaitThree() {
        return KotlinRx.awaitedThrice(ready).blockingGet();
    }

    /** The same without coroutines. */
    @Benchmark
    public int rxFlatMapThree() {
        return ready.flatMap(a -> ready.flatMap(b -> ready.map(c -> a + b + c))).blockingGet();
    }

    /** A loop by blocking: {@code blockingIterable} on a virtual thread. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int virtualThreadIterable(VirtualThread virtual) throws Exception {
        return virtual.once(() -> {
            int sum = 0;
            for (int each : signalled.blockingIterable()) {
                sum += each;
            }
            return sum;
        });
    }

    /** A virtual thread that blocks for a ready Single. */
    @Benchmark
    @OperationsPerInvocation(VirtualThread.TIMES)
    public int virtualThreadAwaitReady(VirtualThread virtual) throws Exception {
        return virtual.each(ready::blockingGet);
    }

    /** A virtual thread that blocks three times. */
    @Benchmark
    @OperationsPerInvocation(VirtualThread.TIMES)
    public int virtualThreadAwaitThree(VirtualThread virtual) throws Exception {
        return virtual.each(() -> ready.blockingGet() + ready.blockingGet() + ready.blockingGet());
    }
}
