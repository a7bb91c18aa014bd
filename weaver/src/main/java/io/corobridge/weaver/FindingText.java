package io.corobridge.weaver;

import io.corobridge.weaver.transform.Finding;

/** What a finding says to whoever compiles: the reason, what happens instead, and what to write. */
public final class FindingText {
    private static final String METHOD =
            " The method runs on a thread of its own instead (a handoff frame): same results, slower.";
    private static final String CALL =
            " That call runs on a thread of its own instead (a handoff frame): same results, slower.";

    private FindingText() {}

    /**
     * The message, without its place.
     *
     * @param finding what was found
     * @return one paragraph
     */
    public static String of(Finding finding) {
        String what = finding.what().isBlank() ? "" : " (" + finding.what() + ")";
        return "corobridge: " + subject(finding) + " " + text(finding.kind(), what);
    }

    private static String text(Finding.Kind kind, String what) {
        return switch (kind) {
            case SYNCHRONIZED_METHOD ->
                "is synchronized and suspends" + what + ", and a monitor cannot be kept without its thread." + METHOD
                        + " Remove 'synchronized' and guard the state with an asyncio Lock, or move what needs the monitor into"
                        + " a method that does not suspend.";
            case SYNCHRONIZED_BLOCK ->
                "suspends inside 'synchronized'" + what + ", and a monitor cannot be kept without its thread." + METHOD
                        + " End the block before the suspension, or guard the state with an asyncio Lock.";
            case CONSTRUCTOR ->
                "suspends in a constructor" + what + ", which cannot be resumed." + METHOD
                        + " Suspend in a static factory method, and pass the values to the constructor.";
            case STATIC_INITIALIZER ->
                "suspends in a static initializer" + what + ", which cannot be resumed." + METHOD
                        + " Suspend in a method that is called when the value is needed.";
            case NO_HANDLE_FRAME ->
                "passes code that holds its handle to a method that does not take the handle" + what + "." + CALL
                        + " Write a loop, or pass the handle as a parameter all the way.";
            case UNWOVEN_CALLEE ->
                "passes its handle to a method that is not woven" + what + "." + CALL
                        + " Compile that method with corobridge-weaver on the annotation processor path, or weave its class"
                        + " files with 'java -jar corobridge-weaver.jar'.";
            case HANDLE_ESCAPES ->
                "stores its handle, or code that holds it, in a field or an array" + what + "." + METHOD
                        + " Pass the handle as a parameter instead.";
            case FOREIGN_HANDLE ->
                "uses a handle that is not its own" + what + ", which is an error when it runs."
                        + " Use the handle that this body is given.";
            case SEVERAL_HANDLES ->
                "takes more than one handle" + what + ", and it cannot be told which one suspends it." + METHOD
                        + " Take one.";
            case TOO_LARGE ->
                "is too large when woven" + what
                        + ": beyond 8,000 bytes HotSpot does not compile a method, and it runs slowly."
                        + " Split it into methods that take the handle.";
            case UNKNOWN_CODE ->
                "has bytecode of a form that compilers of Java do not produce" + what + "." + METHOD
                        + " If a tool rewrites the class file, let it do so after the weaver.";
            case UNKNOWN_CLASS_VERSION ->
                "is in a class file of a version that this weaver does not know" + what
                        + ". Its bodies run on threads of their"
                        + " own instead (handoff frames): same results, slower."
                        + " Use a newer corobridge-weaver, or compile with another --release.";
        };
    }

    private static String subject(Finding finding) {
        String className = finding.className().substring(finding.className().lastIndexOf('/') + 1);
        String method = finding.method().startsWith("lambda$") ? "a lambda" : finding.method();
        return method.isEmpty() ? className : className + (method.startsWith("a ") ? ": " : ".") + method;
    }
}
