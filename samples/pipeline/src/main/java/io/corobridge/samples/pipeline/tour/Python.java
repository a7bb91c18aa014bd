package io.corobridge.samples.pipeline.tour;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Python's {@code print}, so that the programs print what they print there. */
final class Python {
    private Python() {}

    static void print(@Nullable Object... words) {
        StringJoiner line = new StringJoiner(" ");
        for (Object word : words) {
            line.add(word == null ? "None" : word.toString());
        }
        System.out.println(line);
    }
}
