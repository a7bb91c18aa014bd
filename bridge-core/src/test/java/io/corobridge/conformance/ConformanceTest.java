package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random programs do on every engine what they did on CPython 3.13, as recorded.
 *
 * <p>Hand-written frames run them all. Of bodies on threads of their own, which take longer, every tenth program is run here, and
 * every one when {@code -Dcorobridge.programs=all} is given. When an interpreter is found, a difference is shown shrunk.
 */
class ConformanceTest {
    private static final Recording RECORDING = Recording.read();

    /** So many differences are shown. */
    private static final int SHOWN = 3;

    @Test
    void theProgramsAreTheOnesThatWereRecorded() {
        assertThat(RECORDING.entries()).hasSizeGreaterThanOrEqualTo(20_000);
        assertThat(Recording.digest(RECORDING.entries()))
                .as("digest of the programs: when Maker or PythonSource has changed, record again; see RecordTest")
                .isEqualTo(RECORDING.digest());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void programsRunAsOnCPython(Engine engine) {
        boolean all = engine == Engine.FRAMES
                || System.getProperty("corobridge.programs", "").equals("all");
        List<Difference> differences = new ArrayList<>();
        int run = 0;
        for (int i = all ? 0 : engine.ordinal(); i < RECORDING.entries().size(); i += all ? 1 : 10) {
            Recording.Entry entry = RECORDING.entries().get(i);
            Difference.of(entry.program(), engine, entry.trace()).ifPresent(differences::add);
            run++;
        }
        assertThat(differences.size()).as(() -> describe(differences)).isZero();
        assertThat(run).isGreaterThanOrEqualTo(2_000);
    }

    static String describe(List<Difference> differences) {
        StringBuilder text = new StringBuilder("programs that differ from CPython; some of them:\n");
        Optional<Cpython> found = Cpython.start();
        for (Difference difference : differences.subList(0, Math.min(SHOWN, differences.size()))) {
            text.append(found.isPresent() ? difference.shrunk(found.get()::run) : difference);
        }
        found.ifPresent(Cpython::close);
        return text.toString();
    }
}
