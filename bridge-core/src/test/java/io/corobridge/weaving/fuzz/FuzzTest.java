package io.corobridge.weaving.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random bodies do woven what they do as plain Java on a thread of their own.
 *
 * <p>{@code -Dcorobridge.fuzz.seed=} and {@code -Dcorobridge.fuzz.programs=} choose which and how many; the profile {@code fuzz}
 * runs many. A difference prints the seed, the script and the shrunken program.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("corobridge.fuzz.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("corobridge.fuzz.programs", 200);

    @Test
    void randomBodiesLeaveTheSameTraceWoven() {
        Fuzz fuzz = new Fuzz();
        List<String> differences = new ArrayList<>();
        for (int first = 0; first < PROGRAMS && differences.size() < 3; first += Fuzz.BATCH) {
            fuzz.run(SEED + first, Math.min(Fuzz.BATCH, PROGRAMS - first), differences);
        }
        System.out.println(fuzz.report(differences.size()));
        assertThat(differences).isEmpty();
        assertThat(fuzz.suspensions()).as("suspensions").isGreaterThan(PROGRAMS);
    }
}
