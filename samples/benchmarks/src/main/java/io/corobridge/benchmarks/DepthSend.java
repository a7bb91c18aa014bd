package io.corobridge.benchmarks;

import io.corobridge.Coroutine;
import io.corobridge.Generator;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One {@code send} through a chain of awaits or helper calls, at several depths. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class DepthSend {
    /** How many awaits or calls deep. */
    @Param({"1", "10", "100", "1000"})
    public int depth;

    private Coroutine<@Nullable Object> coroutine;
    private Generator<Long, Long, @Nullable Void> generator;
    private Iterator<Long> nested;

    /** Makes and starts the chains. */
    @Setup
    public void start() {
        coroutine = Counters.chain(depth);
        coroutine.send(null);
        generator = Counters.throughHelpers(depth);
        generator.next();
        nested = KotlinIterators.nested(depth);
        nested.next();
    }

    /** Through coroutines that await each other. */
    @Benchmark
    public @Nullable Object awaits() {
        return coroutine.send(null);
    }

    /** Through helper methods of one body. */
    @Benchmark
    public Object helpers() {
        return generator.send(1L);
    }

    /** Through Kotlin iterators that yield all of each other. */
    @Benchmark
    public Object kotlinIterators() {
        return nested.next();
    }
}
