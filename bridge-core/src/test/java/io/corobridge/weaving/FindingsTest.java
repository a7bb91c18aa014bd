package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.weaver.transform.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The weaver finds what it cannot weave in the corpus, at the lines that are marked, and nothing else. */
class FindingsTest {
    private static final Map<String, String> SOURCES = Corpus.sources();
    private static final List<Finding> FINDINGS =
            Weaving.weave(Sources.compile(SOURCES, List.of("-g"))).findings();

    static Set<String> sources() {
        return SOURCES.keySet();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void whatCannotBeWovenIsFoundAtItsLine(String name) {
        Set<String> found = new TreeSet<>();
        for (Finding finding : FINDINGS) {
            String outermost = finding.className().replace('/', '.').split("\\$", 2)[0];
            if (outermost.equals(name)) {
                found.add(finding.kind() + ":" + finding.line());
            }
        }
        assertThat(found).containsExactlyElementsOf(new TreeSet<>(Corpus.marks(SOURCES.get(name))));
    }
}
