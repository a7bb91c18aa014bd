package io.corobridge.samples.pipeline;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes text that others wrote fit for a one-line message. */
final class Texts {
    private static final int LONGEST = 40;

    /** What breaks a line, commands a terminal or cannot be seen. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private Texts() {}

    static String quoted(String text) {
        return '"' + shortened(text) + '"';
    }

    static String shortened(String text) {
        String printable = printable(text);
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
    }

    static String printable(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(match ->
                        String.format(Locale.ROOT, "\\\\u%04X", match.group().codePointAt(0)));
    }
}
