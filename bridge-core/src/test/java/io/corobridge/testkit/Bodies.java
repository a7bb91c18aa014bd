package io.corobridge.testkit;

import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncIterable;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Bodies that the tests of both adapters run. */
public final class Bodies {
    private Bodies() {}

    /** Yields 0, 1 and so on. */
    public static Generator<Long, Void, Void> upTo(long end) {
        return Generator.of(co -> {
            for (long i = 0; i < end; i++) {
                co.yield(i);
            }
            return null;
        });
    }

    /** Replies with what it is sent. */
    public static <T> Generator<T, T, Void> echo(T first) {
        return Generator.of(co -> {
            T element = co.yield(first);
            while (true) {
                element = co.yield(element);
            }
        });
    }

    /** Takes whatever it is sent, and does not end by itself. */
    public static Generator<Void, Integer, Integer> taking() {
        return Generator.of(co -> {
            while (true) {
                co.yield(null);
            }
        });
    }

    /** Counts what it is sent; returns null when that was nothing. */
    public static Generator<Void, Long, Long> counting() {
        return Generator.of(co -> {
            long count = 0;
            try {
                while (true) {
                    co.yield(null);
                    count++;
                }
            } catch (GeneratorExit e) {
                return count == 0 ? null : count;
            }
        });
    }

    /** Replies to each element with its hundredfold, to an error with -1; returns 7. */
    public static Generator<Integer, Integer, Integer> replying(List<Integer> sent, AtomicInteger closed) {
        return Generator.of(co -> {
            try {
                int element = co.yield(0);
                while (true) {
                    sent.add(element);
                    element = co.yield(100 * element);
                }
            } catch (Exception e) {
                co.yield(-1);
                return 7;
            } catch (GeneratorExit e) {
                return 7;
            } finally {
                closed.incrementAndGet();
            }
        });
    }

    /** The body of a stage that passes on what it reads. */
    public static <T> void passOn(AsyncGeneratorCo<T, Void> co, AsyncIterable<T> source) throws Exception {
        for (T each : co.each(source)) {
            co.yield(each);
        }
    }

    /** The body of a stage that sums up pairs; a last single element comes alone. */
    public static void sumPairs(AsyncGeneratorCo<Integer, Void> co, AsyncIterable<Integer> source) throws Exception {
        Integer first = null;
        for (int each : co.each(source)) {
            if (first == null) {
                first = each;
            } else {
                co.yield(first + each);
                first = null;
            }
        }
        if (first != null) {
            co.yield(first);
        }
    }
}
