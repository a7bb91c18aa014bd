package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

/** That the tests of this module run on the engine they are meant for: woven, or with {@code -Dcorobridge.engine=handoff}. */
class SuiteEngineTest {
    @Test
    void bodiesRunOnTheSteppingThreadOnlyWoven() {
        boolean woven = !"handoff".equals(System.getProperty("corobridge.engine"));
        Generator<String, Object, Thread> generator = Generator.of(co -> {
            co.yield("suspended");
            return Thread.currentThread();
        });
        assertThat(generator.next()).isEqualTo("suspended");
        StopIteration end = catchThrowableOfType(StopIteration.class, generator::next);
        assertThat(end.value() == Thread.currentThread()).isEqualTo(woven);
    }
}
