package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * Holds engines against what the CPython 3.13 that is found does with programs that nobody has seen before.
 *
 * <p>{@code -Dcorobridge.fresh=30000} says how many; the profile {@code live} does, and {@code soak} with a million.
 * {@code -Dcorobridge.seed=..} repeats a run. Other modules' tests use it too.
 */
final class FreshPrograms {
    private static final int BATCH = 500;

    /** When so many differ, no more are run. */
    private static final int ENOUGH = 3;

    private FreshPrograms() {}

    static void check(Bodies... engines) {
        check(Form.OBJECTS, engines);
    }

    static void check(Form form, Bodies... engines) {
        int count = Integer.getInteger("corobridge.fresh");
        long first = Long.getLong("corobridge.seed", System.nanoTime() & 0xFFFF_FFFFFFL);
        System.out.println("fresh programs of " + form + ": " + count + " from -Dcorobridge.seed=" + first + " on JDK "
                + Runtime.version().feature() + " with " + Cpython.find().orElse("no CPython 3.13"));
        List<Difference> differences = new ArrayList<>();
        int compared = 0;
        try (Cpython python = Cpython.start().orElseThrow(() -> new AssertionError("CPython 3.13 is needed"))) {
            List<Program> batch = batch(form, first, count);
            CompletableFuture<List<List<String>>> traces = run(python, batch);
            for (int done = 0; done < count && differences.size() < ENOUGH; done += BATCH) {
                List<List<String>> expected = traces.join();
                List<Program> next = batch(form, first + done + BATCH, count - done - BATCH);
                traces = run(python, next);
                for (int i = 0; i < batch.size(); i++) {
                    if (expected.get(i) == null) {
                        continue;
                    }
                    compared++;
                    for (Bodies engine : engines) {
                        if (engine.canExpress(batch.get(i))) {
                            Difference.of(batch.get(i), engine, expected.get(i)).ifPresent(differences::add);
                        }
                    }
                }
                batch = next;
                if (done % 50_000 == 0) {
                    System.out.println(compared + " compared, " + differences.size() + " differ");
                }
            }
        }
        System.out.println(compared + " compared on each engine, " + differences.size() + " differ");
        assertThat(differences.size())
                .as(() -> Difference.describe(differences))
                .isZero();
    }

    private static List<Program> batch(Form form, long from, int left) {
        return LongStream.range(from, from + Math.max(0, Math.min(BATCH, left)))
                .mapToObj(form::make)
                .toList();
    }

    private static CompletableFuture<List<List<String>>> run(Cpython python, List<Program> batch) {
        return CompletableFuture.supplyAsync(() -> python.run(batch));
    }
}
