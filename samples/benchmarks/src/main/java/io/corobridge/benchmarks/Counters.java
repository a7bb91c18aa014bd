package io.corobridge.benchmarks;

import io.corobridge.Awaitables;
import io.corobridge.Completion;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bodies that never end: four kinds of generator, and chains that stand at an await. */
final class Counters {
    static final int KINDS = 4;

    static final Consumer<Completion.Cancellable<@Nullable Object>> NOTHING = completion -> {};

    private Counters() {}

    static Generator<Long, Long, @Nullable Void> ofKind(int kind) {
        switch (kind) {
            case 0:
                return Generator.ofVoid(co -> {
                    for (long n = 0; ; n++) {
                        co.yield(n);
                    }
                });
            case 1:
                return Generator.ofVoid(co -> {
                    for (long n = 0; ; n--) {
                        co.yield(n);
                    }
                });
            case 2:
                return Generator.ofVoid(co -> {
                    for (long n = 1; ; n = n << 1 | 1) {
                        co.yield(n);
                    }
                });
            default:
                return Generator.ofVoid(co -> {
                    long a = 0;
                    long b = 1;
                    while (true) {
                        co.yield(a);
                        long next = a + b;
                        a = b;
                        b = next;
                    }
                });
        }
    }

    /** Yields from a helper method that is called to a depth. */
    static Generator<Long, Long, @Nullable Void> throughHelpers(int depth) {
        return Generator.ofVoid(co -> count(co, depth));
    }

    private static void count(GeneratorCo<Long, Long> co, int depth) {
        if (depth > 1) {
            count(co, depth - 1);
        }
        for (long n = 0; ; n++) {
            co.yield(n);
        }
    }

    /** Awaits something new at each step. */
    static Coroutine<@Nullable Object> awaiting() {
        return Coroutine.of(co -> {
            while (true) {
                co.await(Awaitables.create(NOTHING));
            }
        });
    }

    /** Coroutines that await each other; the innermost awaits a generator, which each step resumes. */
    static Coroutine<@Nullable Object> chain(int depth) {
        Coroutine<@Nullable Object> chain = Coroutine.of(co -> co.await(Awaitables.fromGenerator(ofKind(0))));
        for (int i = 1; i < depth; i++) {
            Coroutine<@Nullable Object> inner = chain;
            chain = Coroutine.of(co -> co.await(inner));
        }
        return chain;
    }
}
