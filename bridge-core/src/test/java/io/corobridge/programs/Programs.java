package io.corobridge.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** The recorded programs, to be held against an engine. Other modules' tests use it too. */
final class Programs {
    private static final List<Program> PROGRAMS = Program.recorded();

    /** So many differences are shown. */
    private static final int SHOWN = 3;

    private Programs() {}

    static void check(Bodies engine) {
        assertThat(PROGRAMS).hasSizeGreaterThanOrEqualTo(2000);
        int different = 0;
        List<String> shown = new ArrayList<>();
        for (Program program : PROGRAMS) {
            List<String> trace = World.run(program, engine);
            if (!trace.equals(program.trace())) {
                different++;
                if (shown.size() < SHOWN) {
                    shown.add(describe(program, trace));
                }
            }
        }
        assertThat(different)
                .as("programs that differ on %s; some of them:%n%s", engine, String.join("\n", shown))
                .isZero();
    }

    private static String describe(Program program, List<String> trace) {
        List<String> expected = program.trace();
        int same = 0;
        while (same < trace.size() && same < expected.size() && trace.get(same).equals(expected.get(same))) {
            same++;
        }
        StringBuilder text = new StringBuilder("---- seed " + program.seed() + "\n" + PythonSource.of(program));
        text.append("---- both, before\n");
        expected.subList(Math.max(0, same - 20), same)
                .forEach(entry -> text.append(entry).append('\n'));
        text.append("---- CPython\n");
        after(expected, same).forEach(entry -> text.append(entry).append('\n'));
        text.append("---- here\n");
        after(trace, same).forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }

    private static List<String> after(List<String> trace, int from) {
        return trace.subList(Math.min(from, trace.size()), Math.min(from + 4, trace.size()));
    }
}
