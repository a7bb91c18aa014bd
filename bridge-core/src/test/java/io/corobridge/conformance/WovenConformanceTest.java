package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Random programs whose bodies are woven do what they did on CPython, as recorded: alone, and with bodies that are not. */
class WovenConformanceTest {
    @Test
    void programsRunAsOnCPython() {
        RecordedPrograms.check(WovenEngine.WOVEN, 1);
    }

    @Test
    void programsRunAsOnCPythonWhereWovenAndHandoffBodiesMeet() {
        RecordedPrograms.check(WovenEngine.WOVEN_AND_HANDOFF, 10);
    }

    @Test
    void bodiesRunOnTheThreadThatStepsThem() {
        Set<Thread> threads = new HashSet<>();
        for (Recording.Entry entry : RecordedPrograms.recording().entries().subList(0, 200)) {
            World.run(entry.program(), WovenEngine.WOVEN, situation -> threads.add(Thread.currentThread()));
        }
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    @EnabledIfSystemProperty(named = "corobridge.fresh", matches = "\\d+")
    void freshProgramsRunAsOnCPython() {
        FreshPrograms.check(WovenEngine.WOVEN, WovenEngine.WOVEN_AND_HANDOFF);
    }
}
