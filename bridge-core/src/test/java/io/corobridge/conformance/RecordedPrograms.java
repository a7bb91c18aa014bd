package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Holds engines against what CPython did, as recorded. Other modules' tests use it too. */
final class RecordedPrograms {
    private static final Map<Form, Recording> RECORDINGS = new EnumMap<>(Form.class);

    private RecordedPrograms() {}

    static Recording recording(Form form) {
        return RECORDINGS.computeIfAbsent(form, Recording::read);
    }

    /**
     * Runs recorded programs.
     *
     * @param every how many programs there are to one that is run; {@code -Dcorobridge.programs=all} runs them all
     */
    static void check(Bodies engine, int every) {
        check(Form.OBJECTS, engine, every);
    }

    static void check(Form form, Bodies engine, int every) {
        List<Recording.Entry> entries = recording(form).entries();
        boolean all = System.getProperty("corobridge.programs", "").equals("all");
        List<Difference> differences = new ArrayList<>();
        int run = 0;
        for (int i = 0; i < entries.size(); i += all ? 1 : every) {
            Recording.Entry entry = entries.get(i);
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
