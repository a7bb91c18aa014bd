package io.corobridge.weaver;

import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.Woven;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Function;

/** Weaves one class file after the other and prints what is to be told of each. */
final class ClassFileReport {
    private final PrintStream err;
    private final Level level;
    private boolean hasErrors;

    ClassFileReport(PrintStream err, Level level) {
        this.err = err;
        this.level = level;
    }

    boolean hasErrors() {
        return hasErrors;
    }

    /** Gives the bytes as they are to be; the same array when they stay. */
    byte[] weave(String name, byte[] bytes, Function<byte[], Woven> weaver) {
        Woven woven;
        try {
            woven = weaver.apply(bytes);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // One class that the weaver fails on is no reason to leave the others.
            hasErrors = true;
            err.println(name + ": error: corobridge: this class cannot be woven and stays as it was: " + e);
            return bytes;
        }
        woven.findings().forEach(finding -> print(name, finding));
        return woven.changed() ? woven.bytes() : bytes;
    }

    private void print(String name, Finding finding) {
        if (level == Level.OFF) {
            return;
        }
        hasErrors |= level == Level.ERROR;
        String severity = level == Level.WARN ? "warning" : level.name().toLowerCase(Locale.ROOT);
        String place = finding.line() > 0 ? name + ":" + finding.line() : name;
        err.println(place + ": " + severity + ": " + FindingText.of(finding));
    }
}
