package io.corobridge.weaver;

import io.corobridge.weaver.transform.Finding;

/** What a finding says to whoever compiles: the reason, what happens instead, and what to write. */
public final class FindingText {
    private static final String HANDOFF =
            " It runs on a thread of its own instead (a handoff frame): same result, slower.";

    private FindingText() {}

    /**
     * The message, without its place.
     *
     * @param finding what was found
     * @return one paragraph
     */
    public static String of(Finding finding) {
        String where = className(finding) + "." + methodName(finding);
        String what = finding.what().isBlank() ? "" : " (" + finding.what() + ")";
        return "corobridge: " + where + " " + reason(finding.kind(), what);
    }

    private static String reason(Finding.Kind kind, String what) {
        return switch (kind) {
            case SYNCHRONIZED_METHOD ->
                "is synchronized and suspends" + what + ", and a monitor cannot be kept without its thread." + HANDOFF
                        + " Remove 'synchronized' and guard the state with Asyncio's Lock, or move what needs the monitor into"
                        + " a method that does not suspend.";
            case SYNCHRONIZED_BLOCK ->
                "suspends inside 'synchronized'" + what + ", and a monitor cannot be kept without its thread." + HANDOFF
                        + " End the block before the suspension, or guard the state with Asyncio's Lock.";
            case CONSTRUCTOR ->
                "suspends in a constructor" + what + ", which cannot be resumed." + HANDOFF
                        + " Suspend in a static factory method, and pass the values to the constructor.";
            case STATIC_INITIALIZER ->
                "suspends in a static initializer" + what + ", which cannot be resumed." + HANDOFF
                        + " Suspend in a method that is called when the value is needed.";
            case NO_HANDLE_FRAME ->
                "suspends through a method that does not take the handle" + what
                        + ". That call runs on a thread of its own instead (a handoff frame): same result, slower."
                        + " Write a loop, or pass the handle as a parameter all the way.";
            case UNWOVEN_CALLEE ->
                "passes its handle to a method that is not woven" + what
                        + ". That call runs on a thread of its own instead (a handoff frame): same result, slower."
                        + " Compile that method with corobridge-weaver on the annotation processor path, or weave its class"
                        + " files with corobridge-weaver's command line.";
            case TOO_LARGE ->
                "is so large when woven" + what + " that the JVM will not compile it, and it will run slowly."
                        + " Split it into methods that take the handle.";
            case UNKNOWN_CLASS_VERSION ->
                "is in a class file that is newer than this weaver knows" + what + "." + HANDOFF
                        + " Use a newer corobridge-weaver, or compile with a lower --release.";
        };
    }

    private static String className(Finding finding) {
        return finding.className().substring(finding.className().lastIndexOf('/') + 1);
    }

    private static String methodName(Finding finding) {
        return finding.method().startsWith("lambda$") ? "lambda" : finding.method();
    }
}
