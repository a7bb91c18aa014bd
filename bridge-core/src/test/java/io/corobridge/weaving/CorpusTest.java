package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every body of the corpus does woven what it does as plain Java on a thread of its own, however it is driven.
 *
 * <p>{@code -Dcorobridge.corpus=full}, which the profile {@code fuzz} sets, drives them in more ways.
 */
@Tag("many-classes")
class CorpusTest {
    private static final boolean FULL = "full".equals(System.getProperty("corobridge.corpus"));

    /** So many suspension points, from the first, are also stopped at together with one of the next. */
    private static final int PAIRS = FULL ? 10 : 2;

    private static final int SHOWN = 3;

    @TestFactory
    Stream<DynamicTest> withDebugInformation() {
        return tests("-g", true);
    }

    @TestFactory
    Stream<DynamicTest> withoutDebugInformation() {
        return tests("-g:none", FULL);
    }

    private static Stream<DynamicTest> tests(String debug, boolean everything) {
        Map<String, String> sources = Corpus.sources();
        Twins twins = new Twins(Sources.compile(sources, List.of(debug)));
        return sources.keySet().stream()
                .flatMap(name -> twins.bodies(name).stream())
                .map(body -> DynamicTest.dynamicTest(body.name(), () -> check(body, everything)));
    }

    private static void check(Twins.Body body, boolean everything) {
        Script plain = Script.plain(false);
        Run expected = body.plain(plain);
        assertThat(expected.steps()).as("steps until the end").isBetween(2, 60);
        assertThat(expected.usedHere())
                .as("plain Java ran on the stepping thread")
                .isFalse();

        List<Script> scripts = new ArrayList<>(List.of(plain, Script.plain(true)));
        scripts.addAll(everything ? Script.around(expected.steps(), PAIRS) : Script.ends(expected.steps()));
        List<String> differences = new ArrayList<>();
        for (Script script : scripts) {
            String difference = body.difference(script);
            if (difference != null) {
                differences.add(difference);
            }
        }
        assertThat(differences.stream().limit(SHOWN))
                .as("%d of %d scripts differ", differences.size(), scripts.size())
                .isEmpty();
    }
}
