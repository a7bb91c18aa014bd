package io.corobridge.weaver.javac;

import io.corobridge.weaver.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;

/** What processor and plugin say about themselves. */
final class Messages {
    private static final String CONSEQUENCE =
            " Its bodies will each run on a thread of its own (a handoff frame): same results, slower.";
    private static final String BUILD =
            " Let Maven or Gradle build (IntelliJ IDEA: Settings | Build Tools | Maven or Gradle | 'Delegate IDE build/run"
                    + " actions'), or weave the class files afterwards with 'java -jar corobridge-weaver.jar <directory>'.";

    private Messages() {}

    static Diagnostic.Kind kind(Level level) {
        return switch (level) {
            case OFF, NOTE -> Diagnostic.Kind.NOTE;
            case WARN -> Diagnostic.Kind.WARNING;
            case ERROR -> Diagnostic.Kind.ERROR;
        };
    }

    static String missingOutput(String className) {
        return "corobridge: " + className
                + " is not woven: this build keeps class files where an annotation processor cannot"
                + " read them, as IDEs do with a builder of their own." + CONSEQUENCE + BUILD
                + " This is said once for a compilation.";
    }

    static String notJavac() {
        return "corobridge: nothing is woven: the compiler is not javac, or it is hidden from annotation processors, as IDEs"
                + " do with a builder of their own." + CONSEQUENCE + BUILD;
    }

    static String notStarted(boolean hadProcessing) {
        return "corobridge: nothing is woven: corobridge-weaver is there, but javac does not run its annotation processor."
                + CONSEQUENCE
                + (hadProcessing
                        ? " Either '-processor' names others only: name " + WeaverProcessor.class.getName()
                                + " too; or a processor before it claims all annotations: put corobridge-weaver first on the"
                                + " annotation processor path."
                        : " Either '-proc:none' is set, as kapt does: remove it, or weave the class files afterwards with"
                                + " 'java -jar corobridge-weaver.jar <directory>'; or the weaver is on the class path only, where"
                                + " javac looks for none since JDK 23: put it on the annotation processor path.")
                + " This is said once for a compilation; -Xplugin:\"" + WeaverPlugin.NAME + " "
                + WeaverPlugin.UNPROCESSED
                + "=off\" turns it off.";
    }

    static String failure(String className, Throwable failure) {
        return "corobridge: the weaver failed on " + className + ", which is left as javac wrote it." + CONSEQUENCE
                + " Please report this: " + failure
                + Stream.of(failure.getStackTrace())
                        .limit(8)
                        .map(frame -> System.lineSeparator() + "    at " + frame)
                        .collect(Collectors.joining());
    }

    static String badValue(String option, String value) {
        return "corobridge: " + option + "=" + value + ": it has to be note, warn, error or off.";
    }
}
