package io.corobridge.benchmarks;

import io.corobridge.Coroutine;
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
        print("suspended coroutine", i -> started(Coroutine.of(co -> co.await(Waiting.FOREVER))));
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
        System.out.printf(Locale.ROOT, "%-20s %4d bytes%n", what, (with - without) / MANY);
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
