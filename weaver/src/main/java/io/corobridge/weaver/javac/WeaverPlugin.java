package io.corobridge.weaver.javac;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import io.corobridge.weaver.Level;

/**
 * Warns, at the first handle in the source, when javac does not run {@link WeaverProcessor} though it could: under {@code
 * -proc:none}, with a {@code -processor} that names others, after a processor that claims all annotations, and from the class
 * path since JDK 23. It starts by itself in all of these. It cannot weave: only a processor can find the class files.
 *
 * <p>{@code -Xplugin:"Corobridge unprocessed=note|warn|error|off"} says how loudly ({@code warn} when it is not given); {@code
 * off} is for a build that weaves the class files afterwards.
 */
public final class WeaverPlugin implements Plugin {
    static final String NAME = "Corobridge";
    static final String UNPROCESSED = "unprocessed";

    /** For the compiler. */
    public WeaverPlugin() {}

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean autoStart() {
        return true;
    }

    @Override
    public void init(JavacTask task, String... args) {
        Level level = Level.WARN;
        for (String arg : args) {
            String value = arg.startsWith(UNPROCESSED + "=") ? arg.substring(UNPROCESSED.length() + 1) : "";
            Level parsed = Level.parse(value);
            if (parsed == null) {
                throw new IllegalArgumentException(Messages.badValue("-Xplugin:" + NAME + " " + UNPROCESSED, arg));
            }
            level = parsed;
        }
        task.addTaskListener(new UnprocessedListener(task, level));
    }
}
