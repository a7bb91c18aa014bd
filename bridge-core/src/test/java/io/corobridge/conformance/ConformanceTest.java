package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random programs do on every engine what they did on CPython 3.13, as recorded.
 *
 * <p>Hand-written frames and woven bodies run them all. Of bodies on threads of their own, which take longer, every tenth program is run
 * here, and every one when {@code -Dcorobridge.programs=all} is given. When an interpreter is found, a difference is shown shrunk.
 */
class ConformanceTest {
    private static final boolean HANDOFF = "handoff".equals(System.getProperty("corobridge.engine"));

    @Test
    void theProgramsAreTheOnesThatWereRecorded() {
        Recording recording = RecordedPrograms.recording();
        assertThat(recording.entries()).hasSizeGreaterThanOrEqualTo(20_000);
        assertThat(Recording.digest(recording.entries()))
                .as("digest of the programs: when Maker or PythonSource has changed, record again; see RecordTest")
                .isEqualTo(recording.digest());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void programsRunAsOnCPython(Engine engine) {
        RecordedPrograms.check(engine, HANDOFF ? 10 : engine == Engine.MIXED ? 3 : 1);
    }
}
