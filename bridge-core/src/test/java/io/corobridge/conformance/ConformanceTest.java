package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

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

    @ParameterizedTest
    @EnumSource(Form.class)
    void theProgramsAreTheOnesThatWereRecorded(Form form) {
        Recording recording = RecordedPrograms.recording(form);
        assertThat(recording.entries()).hasSizeGreaterThanOrEqualTo(10_000);
        assertThat(Recording.digest(recording.entries()))
                .as("digest of the programs: when a maker or PythonSource has changed, record again; see RecordTest")
                .isEqualTo(recording.digest());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void programsRunAsOnCPython(Engine engine) {
        RecordedPrograms.check(engine, HANDOFF ? 10 : engine == Engine.MIXED ? 3 : 1);
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void programsOfAsyncioRunAsOnCPython(Engine engine) {
        RecordedPrograms.check(Form.ASYNCIO, engine, HANDOFF ? 10 : engine == Engine.MIXED ? 3 : 1);
    }
}
