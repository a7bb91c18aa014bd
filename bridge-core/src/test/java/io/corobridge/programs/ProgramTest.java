package io.corobridge.programs;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random programs do on every engine what they did on CPython, as recorded by src/test/python/record_programs.py. */
class ProgramTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void programsRunAsOnCPython(Engine engine) {
        Programs.check(engine);
    }
}
