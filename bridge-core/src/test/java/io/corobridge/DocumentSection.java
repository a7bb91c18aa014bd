package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of docs/protocol.md that is written by a test, between two comments.
 *
 * <p>The test fails when the part is not what the test would write; with {@code -Dcorobridge.document=write} it writes it.
 */
public final class DocumentSection {
    private static final Path DOCUMENT = Path.of("../docs/protocol.md");

    private DocumentSection() {}

    /** Compares, or writes, the part with a name. */
    public static void check(String name, String content) throws IOException {
        String begin = "<!-- begin " + name + ": written by a test -->\n";
        String end = "<!-- end " + name + " -->\n";
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        assertThat(from).as(begin).isNotNegative();
        assertThat(to).as(end).isGreaterThan(from);
        String wanted = text.substring(0, from) + begin + content + text.substring(to);
        if (System.getProperty("corobridge.document", "").equals("write")) {
            Files.writeString(DOCUMENT, wanted);
        } else {
            assertThat(text)
                    .as("docs/protocol.md: run this test with -Dcorobridge.document=write")
                    .isEqualTo(wanted);
        }
    }
}
