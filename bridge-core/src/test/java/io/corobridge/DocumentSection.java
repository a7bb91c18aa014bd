package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page in docs that is written by a test, between two comments.
 *
 * <p>The test fails when the part is not what the test would write; with {@code -Dcorobridge.document=write} it writes it.
 */
public final class DocumentSection {
    private static final Path DOCUMENTS = Path.of("../docs");

    private DocumentSection() {}

    /** Compares, or writes, the part of docs/protocol.md with a name. */
    public static void check(String name, String content) throws IOException {
        check("protocol.md", name, content);
    }

    /** Compares, or writes, the part of a page with a name. */
    public static void check(String page, String name, String content) throws IOException {
        Path document = DOCUMENTS.resolve(page);
        String begin = "<!-- begin " + name + ": written by a test -->\n";
        String end = "<!-- end " + name + " -->\n";
        String text = Files.readString(document);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        assertThat(from).as(begin).isNotNegative();
        assertThat(to).as(end).isGreaterThan(from);
        String wanted = text.substring(0, from) + begin + content + text.substring(to);
        if (System.getProperty("corobridge.document", "").equals("write")) {
            Files.writeString(document, wanted);
        } else {
            assertThat(text)
                    .as("docs/" + page + ": run this test with -Dcorobridge.document=write")
                    .isEqualTo(wanted);
        }
    }
}
