package io.corobridge.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.DocumentSection;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each case of CPython's own tests is either the tag of a test here, or named as not portable with the reason, and docs/protocol.md
 * says which.
 *
 * <p>{@code cases.txt} lists them: the id, and after a space the reason why there can be no test.
 */
class CasesTest {
    @Test
    void everyCaseIsTestedOrNamedAsNotPortable() throws Exception {
        Map<String, String> cases = cases();
        Map<String, Integer> tagged = tagged();
        assertThat(cases.keySet()).as("tags are cases").containsAll(tagged.keySet());
        List<String> wrong = new ArrayList<>();
        cases.forEach((id, reason) -> {
            if (reason.isEmpty() != tagged.containsKey(id)) {
                wrong.add(id);
            }
        });
        assertThat(wrong)
                .as("cases with neither a test nor a reason, or with both")
                .isEmpty();
        DocumentSection.check("cases", table(cases, tagged));
    }

    private static Map<String, String> cases() throws IOException {
        try (InputStream file = CasesTest.class.getResourceAsStream("cases.txt")) {
            Map<String, String> cases = new LinkedHashMap<>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int end = line.indexOf(' ');
                cases.put(end < 0 ? line : line.substring(0, end), end < 0 ? "" : line.substring(end + 1));
            });
            return cases;
        }
    }

    /** The cases that stand as tags on tests, anywhere in this module, with how many tests have each. */
    private static Map<String, Integer> tagged() throws Exception {
        Map<String, Integer> tagged = new TreeMap<>();
        Path root = Path.of("target/test-classes");
        List<Path> files;
        try (Stream<Path> found = Files.walk(root.resolve("io/corobridge"))) {
            files = found.filter(file -> file.toString().endsWith("Test.class")).toList();
        }
        for (Path file : files) {
            String name = root.relativize(file).toString().replace(".class", "").replaceAll("[/\\\\]", ".");
            Class<?> type = Class.forName(name, false, CasesTest.class.getClassLoader());
            for (Method method : type.getDeclaredMethods()) {
                for (Tag tag : method.getAnnotationsByType(Tag.class)) {
                    if (tag.value().startsWith("test_")) {
                        tagged.merge(tag.value(), 1, Integer::sum);
                    }
                }
            }
        }
        return tagged;
    }

    private static String table(Map<String, String> cases, Map<String, Integer> tagged) {
        Map<String, Integer> ported = new LinkedHashMap<>();
        Map<String, Map<String, List<String>>> not = new LinkedHashMap<>();
        cases.forEach((id, reason) -> {
            String type = id.substring(0, id.lastIndexOf('.'));
            String name = id.substring(id.lastIndexOf('.') + 1).replaceFirst("^test_", "");
            ported.merge(type, reason.isEmpty() ? 1 : 0, Integer::sum);
            Map<String, List<String>> reasons = not.computeIfAbsent(type, each -> new LinkedHashMap<>());
            if (!reason.isEmpty()) {
                reasons.computeIfAbsent(reason, each -> new ArrayList<>()).add(name);
            }
        });
        StringBuilder table = new StringBuilder("| class of CPython | ported | not portable |\n| --- | --- | --- |\n");
        ported.forEach((type, count) -> {
            List<String> reasons = new ArrayList<>();
            not.get(type).forEach((reason, names) -> reasons.add(String.join(", ", names) + " (" + reason + ")"));
            table.append("| ").append(type).append(" | ").append(count).append(" | ");
            table.append(String.join("; ", reasons)).append(reasons.isEmpty() ? "|\n" : " |\n");
        });
        int all = ported.values().stream().mapToInt(Integer::intValue).sum();
        int tests = tagged.values().stream().mapToInt(Integer::intValue).sum();
        return table.append("\nTogether ")
                .append(all)
                .append(" cases ported, as tags on ")
                .append(tests)
                .append(" tests; ")
                .append(cases.size() - all)
                .append(" are not portable.\n")
                .toString();
    }
}
