package io.corobridge.benchmarks;

import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Prints how many bytes of heap a suspended coroutine keeps, with all that it refers to. */
public final class Footprint {
    private static final int MANY = 200_000;

    private Footprint() {}

    /**
     * Measures.
     *
     * @param args none
     */
    public static void main(String[] args) {
        print("suspended generator", i -> {
            Generator<Long, Long, @Nullable Void> generator = Counters.ofKind(0);
            generator.next();
            return generator;
        });
        print(
                "suspended coroutine, awaiting an iterator of one's own",
                i -> started(Coroutine.of(co -> co.await(Waiting.FOREVER))));
        print("suspended coroutine, awaiting what a driver completes", i -> started(Counters.awaiting()));
        print(
                "what a driver completes",
                i -> Awaitables.create(Counters.NOTHING).awaitIterator());
        print("unstarted coroutine", i -> Coroutine.of(co -> co.await(Waiting.FOREVER)));
        print("Kotlin iterator", i -> {
            Iterator<Long> iterator = KotlinIterators.ofKind(0);
            iterator.next();
            return iterator;
        });
    }

    private static Coroutine<@Nullable Object> started(Coroutine<@Nullable Object> coroutine) {
        coroutine.send(null);
        return coroutine;
    }

    private static void print(String what, IntFunction<Object> make) {
        Object[] kept = new Object[MANY];
        for (int i = 0; i < MANY; i++) {
            kept[i] = make.apply(i);
        }
        long with = used();
        Arrays.fill(kept, null);
        long without = used();
        Reference.reachabilityFence(kept);
        System.out.printf(Locale.ROOT, "%-55s %4d bytes%n", what, (with - without) / MANY);
    }

    private static long used() {
        long last = Long.MAX_VALUE;
        while (true) {
            System.gc();
            long now = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            if (now >= last) {
                return now;
            }
            last = now;
        }
    }
}
