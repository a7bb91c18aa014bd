package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

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
        Map<String, String> sources = Corpus.sources();
        return tests(sources.keySet(), Sources.compile(sources, List.of("-g")), true);
    }

    @TestFactory
    Stream<DynamicTest> withoutDebugInformation() {
        Map<String, String> sources = Corpus.sources();
        return tests(sources.keySet(), Sources.compile(sources, List.of("-g:none")), FULL);
    }

    @TestFactory
    @EnabledIfSystemProperty(named = "corobridge.corpus", matches = "full")
    Stream<DynamicTest> compiledByEclipse(@TempDir Path directory) throws IOException {
        Map<String, String> sources = Corpus.sources(17);
        // The verifier refuses its class files of these, unwoven: a try in a switch, when there is something on the
        // stack.
        sources.keySet().removeIf(name -> name.endsWith(".Construction") || name.endsWith(".Switches"));
        return tests(sources.keySet(), Ecj.compile(sources, directory), true);
    }

    private static Stream<DynamicTest> tests(Set<String> names, Map<String, byte[]> classes, boolean everything) {
        Twins twins = new Twins(classes);
        return names.stream()
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
