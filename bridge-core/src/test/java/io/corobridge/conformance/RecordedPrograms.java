package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Holds engines against what CPython did, as recorded. Other modules' tests use it too. */
final class RecordedPrograms {
    private static final Recording RECORDING = Recording.read();

    private RecordedPrograms() {}

    static Recording recording() {
        return RECORDING;
    }

    /**
     * Runs recorded programs.
     *
     * @param every how many programs there are to one that is run; {@code -Dcorobridge.programs=all} runs them all
     */
    static void check(Bodies engine, int every) {
        boolean all = System.getProperty("corobridge.programs", "").equals("all");
        List<Difference> differences = new ArrayList<>();
        int run = 0;
        for (int i = 0; i < RECORDING.entries().size(); i += all ? 1 : every) {
            Recording.Entry entry = RECORDING.entries().get(i);
            Program program = entry.program();
            if (engine.canExpress(program)) {
                Difference.of(program, engine, entry.trace()).ifPresent(differences::add);
                run++;
            }
        }
        assertThat(differences.size())
                .as(() -> Difference.describe(differences))
                .isZero();
        assertThat(run).isGreaterThanOrEqualTo(1_000);
    }
}
