package io.corobridge.conformance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Fresh programs do on every engine what they do on CPython; see {@link FreshPrograms}. */
@EnabledIfSystemProperty(named = "corobridge.fresh", matches = "\\d+")
class FreshProgramsTest {
    @Test
    void freshProgramsRunAsOnCPython() {
        FreshPrograms.check(Engine.values());
    }
}
