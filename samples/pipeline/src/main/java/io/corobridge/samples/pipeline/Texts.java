package io.corobridge.samples.pipeline;

/** Makes text from a file fit for a one-line message. */
final class Texts {
    private static final int LONGEST = 40;

    private Texts() {}

    static String quoted(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return '"' + (printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...") + '"';
    }
}
