package io.corobridge.benchmarks;

import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.StopIteration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Making objects, running them, and ending them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class Lifecycle {
    private static final Object RESULT = new Object();

    private Coroutine<@Nullable Object> awaiting;

    /** Starts the coroutine that is stepped. */
    @Setup
    public void start() {
        awaiting = Counters.awaiting();
        awaiting.send(null);
    }

    /** A step of a coroutine that awaits something new each time. */
    @Benchmark
    public @Nullable Object coroutineSend() {
        return awaiting.send(null);
    }

    /** A coroutine that returns at its first step. */
    @Benchmark
    public @Nullable Object createRunFinish() {
        try {
            return Coroutine.of(co -> RESULT).send(null);
        } catch (StopIteration end) {
            return end.value();
        }
    }

    /** A coroutine that is closed at its first await. */
    @Benchmark
    public @Nullable Object createSuspendClose() {
        Coroutine<@Nullable Object> coroutine = Counters.awaiting();
        Object awaited = coroutine.send(null);
        coroutine.close();
        return awaited;
    }

    /** A generator that is dropped after its first element. */
    @Benchmark
    public Object createNextDrop() {
        Generator<Long, Long, @Nullable Void> generator = Counters.ofKind(0);
        return generator.next();
    }

    /** The same in Kotlin. */
    @Benchmark
    public Object kotlinCreateNextDrop() {
        Iterator<Long> iterator = KotlinIterators.ofKind(0);
        return iterator.next();
    }
}
