package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every test that {@code docs/protocol.md} names as the proof of a rule exists, and every rule that is done names one. */
class ProtocolDocumentTest {
    private static final Pattern ROW = Pattern.compile("\\|(.*)\\|(.*)\\|(.*)\\|(.*)\\|(.*)\\|");
    private static final Pattern PROOF = Pattern.compile("(?:((?:(?:cpython|asyncio)\\.)?\\w+Test)\\.)?(\\w+)");

    @Test
    void theTestsThatAreNamedExist() throws IOException {
        List<String> missing = new ArrayList<>();
        int proofs = 0;
        for (String line : Files.readAllLines(Path.of("../docs/protocol.md"))) {
            Matcher row = ROW.matcher(line);
            if (!row.matches() || row.group(1).matches("[ -]*(rule)?[ -]*")) {
                continue;
            }
            String status = row.group(4).strip();
            String tests = row.group(5).strip();
            if (tests.isEmpty() && status.startsWith("done")) {
                missing.add("no test is named: " + line);
            }
            String owner = null;
            for (String proof : tests.isEmpty() ? new String[0] : tests.split(", ")) {
                Matcher name = PROOF.matcher(proof);
                assertThat(name.matches()).as(proof).isTrue();
                owner = name.group(1) != null ? name.group(1) : owner;
                proofs++;
                if (!exists(owner, name.group(2))) {
                    missing.add(owner + "." + name.group(2));
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(proofs).isGreaterThan(100);
    }

    private static boolean exists(String owner, String method) {
        try {
            return Arrays.stream(Class.forName("io.corobridge." + owner).getDeclaredMethods())
                    .anyMatch(each -> each.getName().equals(method) && each.getAnnotations().length > 0);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
