package io.corobridge.weaving.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random bodies do woven what they do as plain Java on a thread of their own.
 *
 * <p>{@code -Dcorobridge.fuzz.seed=} and {@code -Dcorobridge.fuzz.programs=} choose which and how many; the profile {@code fuzz}
 * runs many. A difference prints the seed, the script and the shrunken program.
 */
@Tag("many-classes")
class FuzzTest {
    private static final long SEED = Long.getLong("corobridge.fuzz.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("corobridge.fuzz.programs", 500);

    @Test
    void randomBodiesLeaveTheSameTraceWoven() {
        Fuzz fuzz = new Fuzz();
        List<String> differences = new ArrayList<>();
        CompletableFuture<Fuzz.Batch> next = prepare(0);
        for (int first = 0; first < PROGRAMS && differences.size() < 3; first += Fuzz.BATCH) {
            Fuzz.Batch batch = next.join();
            next = prepare(first + Fuzz.BATCH);
            fuzz.run(batch, differences);
        }
        System.out.println(fuzz.report(differences.size()));
        assertThat(differences).isEmpty();
        assertThat(fuzz.suspensions()).as("suspensions").isGreaterThan(PROGRAMS);
    }

    /** One batch is compiled while the one before it runs. */
    private static CompletableFuture<Fuzz.Batch> prepare(int first) {
        int count = Math.max(0, Math.min(Fuzz.BATCH, PROGRAMS - first));
        return CompletableFuture.supplyAsync(() -> Fuzz.prepare(SEED + first, count));
    }
}
