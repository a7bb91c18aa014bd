package io.corobridge.benchmarks;

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

/** One {@code send} to a generator beside one {@code next} of Kotlin's {@code iterator}, with one and with four kinds of body. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class GeneratorSend {
    /** How many kinds of body take turns. */
    @Param({"1", "4"})
    public int kinds;

    private Generator<Long, Long, @Nullable Void>[] generators;
    private Iterator<Long>[] iterators;
    private int turn;

    /** Makes and starts the bodies. */
    @Setup
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void start() {
        generators = new Generator[Counters.KINDS];
        iterators = new Iterator[Counters.KINDS];
        for (int i = 0; i < Counters.KINDS; i++) {
            generators[i] = Counters.ofKind(i % kinds);
            generators[i].next();
            iterators[i] = KotlinIterators.ofKind(i % kinds);
            iterators[i].next();
        }
    }

    /** Corobridge. */
    @Benchmark
    public Object send() {
        return generators[turn++ & 3].send(1L);
    }

    /** Corobridge, without a value to send, as Kotlin has none. */
    @Benchmark
    public Object next() {
        return generators[turn++ & 3].next();
    }

    /** Kotlin. */
    @Benchmark
    public Object kotlinIterator() {
        return iterators[turn++ & 3].next();
    }
}
