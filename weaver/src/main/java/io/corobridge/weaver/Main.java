package io.corobridge.weaver;

import io.corobridge.weaver.transform.ClassWeaver;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The command line: weaves the class files in directories and jars, for compilers other than javac and for builds that cannot
 * run an annotation processor.
 */
public final class Main {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final String HELP = """
            Usage: java -jar corobridge-weaver.jar [options] <directory | jar | class file>...

            Makes the coroutine bodies in class files resumable, in place. What is woven already stays as it is. A jar keeps
            the order and the times of its entries; jars inside it are left alone.

              --unweavable=note|warn|error|off
                          how loudly to tell what cannot be woven; warn when it is not given
              --help      prints this
              --version   prints the version

            Exit status: 0 when all is done, 1 after an error, 2 when the arguments are wrong.""";

    private final PrintStream out;
    private final PrintStream err;
    private final Function<WovenMethods, Function<byte[], Woven>> weaver;

    Main(PrintStream out, PrintStream err, Function<WovenMethods, Function<byte[], Woven>> weaver) {
        this.out = out;
        this.err = err;
        this.weaver = weaver;
    }

    /**
     * Runs the command line, and ends the virtual machine.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new Main(System.out, System.err, known -> new ClassWeaver(known)::weave).run(args));
    }

    /** Returns the exit status. */
    int run(String... args) {
        Level level = Level.WARN;
        List<Path> inputs = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals("--help") || arg.equals("-h")) {
                out.println(HELP);
                return OK;
            } else if (arg.equals("--version")) {
                out.println(version());
                return OK;
            } else if (arg.startsWith("--unweavable=")) {
                Level parsed = Level.parse(arg.substring(arg.indexOf('=') + 1));
                if (parsed == null) {
                    return usage(arg + ": it has to be note, warn, error or off");
                }
                level = parsed;
            } else if (arg.startsWith("-")) {
                return usage("unknown option " + arg);
            } else {
                Path input = Path.of(arg);
                if (!Files.exists(input)) {
                    return usage(arg + " does not exist");
                }
                inputs.add(input);
            }
        }
        return inputs.isEmpty() ? usage("nothing to weave") : weave(inputs, level);
    }

    private int weave(List<Path> inputs, Level level) {
        ClassFileReport report = new ClassFileReport(err, level);
        // Which methods of other classes are woven shows at run time.
        Function<byte[], Woven> weaving = weaver.apply((owner, name, descriptor) -> WovenMethods.Answer.UNKNOWN);
        int woven = 0;
        try {
            for (Path input : inputs) {
                woven += ClassFiles.rewrite(input, (name, bytes) -> report.weave(name, bytes, weaving));
            }
        } catch (IOException e) {
            err.println("corobridge: " + e);
            return FAILED;
        }
        out.println("corobridge: " + woven + (woven == 1 ? " class woven" : " classes woven"));
        return report.hasErrors() ? FAILED : OK;
    }

    private int usage(String problem) {
        err.println("corobridge: " + problem);
        err.println(HELP);
        return USAGE;
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "corobridge-weaver " + (version == null ? "(unpackaged)" : version);
    }
}
