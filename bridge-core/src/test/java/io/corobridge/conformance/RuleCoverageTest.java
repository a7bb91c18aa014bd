package io.corobridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.DocumentSection;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The recorded programs exercise every rule that programs can express, and docs/protocol.md says how often. */
class RuleCoverageTest {
    @Test
    void everyRuleThatProgramsCanExpressIsExercised() throws IOException {
        Rules rules = new Rules();
        Recording.read(Form.OBJECTS).entries().forEach(entry -> rules.count(entry.program()));
        Map<String, Integer> counts = rules.counts();
        assertThat(counts)
                .allSatisfy((rule, programs) -> assertThat(programs).as(rule).isPositive());
        String list = counts.entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
        DocumentSection.check("rules", list.replaceAll("(.{100,120}), ", "$1,\n") + ".\n");
    }
}
