package io.corobridge.samples.pipeline.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pictures of docs/signals.md show what happens; with {@code -Dcorobridge.document=write} this writes them. */
class SignalPicturesTest {
    private static final Path DOCUMENTS = Path.of("../../docs");

    @Test
    void thePicturesShowWhatHappens() throws IOException {
        for (Map.Entry<String, String> picture : SignalPictures.all().entrySet()) {
            Path file = DOCUMENTS.resolve(picture.getKey() + ".svg");
            if (System.getProperty("corobridge.document", "").equals("write")) {
                Files.writeString(file, picture.getValue());
            }
            assertThat(file)
                    .as("run this test with -Dcorobridge.document=write")
                    .hasContent(picture.getValue());
            assertThat(Files.readString(DOCUMENTS.resolve("signals.md"))).contains(picture.getKey() + ".svg");
        }
    }
}
