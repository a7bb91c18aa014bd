package io.corobridge.benchmarks;

import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.sight.CoroutineDump;
import io.corobridge.sight.Coroutines;
import io.corobridge.sight.Tracer;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;

/** What tracking and a tracer cost where they are on, beside the same with both off. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class SightCost {
    private static final int SUSPENDED = 1000;

    /** What is switched on. */
    @Param({"off", "tracked", "traced"})
    public String sight;

    private @Nullable Tracer tracer;
    private Generator<Long, Long, @Nullable Void> generator;
    private final List<Coroutine<@Nullable Object>> suspended = new ArrayList<>();

    /** Switches it on, and makes what is stepped and dumped. */
    @Setup
    public void start() {
        Coroutines.track(sight.equals("tracked"));
        tracer = sight.equals("traced") ? Tracer.start(event -> {}) : null;
        generator = Counters.ofKind(0);
        generator.next();
        for (int i = 0; i < SUSPENDED; i++) {
            Coroutine<@Nullable Object> coroutine = Counters.awaiting();
            coroutine.send(null);
            suspended.add(coroutine);
        }
    }

    /** Switches it off. */
    @TearDown
    public void stop() {
        Coroutines.track(false);
        if (tracer != null) {
            tracer.close();
        }
        suspended.forEach(Coroutine::close);
    }

    /** A step of a generator. */
    @Benchmark
    public Object send() {
        return generator.send(1L);
    }

    /** A coroutine is made, stepped and closed. */
    @Benchmark
    public @Nullable Object createSuspendClose() {
        Coroutine<@Nullable Object> coroutine = Counters.awaiting();
        Object awaited = coroutine.send(null);
        coroutine.close();
        return awaited;
    }

    /** A dump of a thousand, where they are tracked. */
    @Benchmark
    public CoroutineDump dump() {
        return Coroutines.dump();
    }
}
