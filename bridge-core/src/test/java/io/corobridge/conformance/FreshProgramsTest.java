package io.corobridge.conformance;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fresh programs do on every engine what they do on CPython; see {@link FreshPrograms}. */
@EnabledIfSystemProperty(named = "corobridge.fresh", matches = "\\d+")
class FreshProgramsTest {
    @ParameterizedTest
    @EnumSource(Form.class)
    void freshProgramsRunAsOnCPython(Form form) {
        FreshPrograms.check(form, Engine.values());
    }
}
