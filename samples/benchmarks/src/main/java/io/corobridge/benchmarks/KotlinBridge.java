package io.corobridge.benchmarks;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Bodies in Kotlin and the bridge to Kotlin, beside Kotlin's {@code iterator {}}, {@code flow {}} and {@code async {}}: one step, and
 * runs of a thousand elements or awaits in one {@code runBlocking}, per element.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KotlinBridge {
    private static final int ELEMENTS = 1_000;

    private final Generator<Long, @Nullable Object, ?> generator = KotlinBodies.counter();
    private final Iterator<Long> iterator = KotlinIterators.ofKind(0);

    /** Starts the generator. */
    public KotlinBridge() {
        generator.next();
    }

    /** A generator with a body in Kotlin. */
    @Benchmark
    public Long generatorSend() {
        return generator.send(this);
    }

    /** The same as Kotlin's iterator, which cannot be sent anything. */
    @Benchmark
    public Long kotlinIteratorNext() {
        return iterator.next();
    }

    /** A Flow, collected. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinFlow() {
        return KotlinBodies.collectFlow(ELEMENTS);
    }

    /** A Flow, collected through a channel. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinBufferedFlow() {
        return KotlinBodies.collectBufferedFlow(ELEMENTS);
    }

    /** An async generator in Kotlin as a Flow. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int asyncGeneratorAsFlow() {
        return KotlinBodies.collectAsyncGenerator(ELEMENTS);
    }

    /** A woven async generator in Java as a Flow. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int wovenAsyncGeneratorAsFlow() {
        return KotlinBodies.collect(AsyncGenerator.<Integer, Void>of(co -> {
            for (int i = 0; i < ELEMENTS; i++) {
                co.yield(i);
            }
        }));
    }

    /** A loop over an async generator in Kotlin. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int loopOverAsyncGenerator() {
        return KotlinBodies.loopAsyncGenerator(ELEMENTS);
    }

    /** A loop over a Flow that is collected ahead. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int loopOverFlowAhead() {
        return KotlinBodies.loopFlowAhead(ELEMENTS);
    }

    /** A loop over a Flow that emits in the step that asks. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int loopOverFlowInStep() {
        return KotlinBodies.loopFlowInStep(ELEMENTS);
    }

    /** A coroutine in Kotlin that does not suspend, awaited. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int awaitReady() {
        return KotlinBodies.awaitCoroutines(ELEMENTS);
    }

    /** A woven coroutine in Java that does not suspend, awaited. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int awaitReadyWoven() {
        return KotlinBodies.awaitJavaCoroutines(ELEMENTS, () -> Coroutine.of(co -> 1));
    }

    /** The same as {@code async {}}, begun where it stands. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public int kotlinAsyncAwait() {
        return KotlinBodies.awaitAsyncs(ELEMENTS);
    }
}
