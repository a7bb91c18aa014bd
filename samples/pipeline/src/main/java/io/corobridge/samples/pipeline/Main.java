package io.corobridge.samples.pipeline;

import io.corobridge.reactor.CoMono;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Objects;

/** The command: reads the options, runs the pipeline, prints the report. */
public final class Main {
    static final int OK = 0;
    static final int OUTPUT_LOST = 1;
    static final int BAD_INPUT = 2;

    private Main() {}

    /**
     * Runs the program and exits with its code.
     *
     * @param args the options; see {@code --help}
     */
    public static void main(String[] args) {
        Charset charset = terminalCharset();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset);
        System.exit(run(out, charset, System.err, args));
    }

    static int run(PrintStream out, Charset charset, PrintStream err, String... args) {
        int code = print(out, charset, err, args);
        if (out.checkError()) { // which flushes it first
            err.println("pipeline: the output could not be written");
            return OUTPUT_LOST;
        }
        return code;
    }

    private static int print(PrintStream out, Charset charset, PrintStream err, String... args) {
        Options options;
        try {
            options = Options.parse(args);
        } catch (UsageException e) {
            err.println("pipeline: " + e.getMessage() + " (--help explains the options)");
            return BAD_INPUT;
        }
        if (options.help()) {
            out.print(Options.HELP);
            return OK;
        }
        WeatherFile file = new WeatherFile(options.file());
        try {
            Findings findings = Objects.requireNonNull(
                    CoMono.from(new Pipeline(file, options).run()).block());
            new Report(out, Chart.on(charset)).print(file, options, findings);
            return OK;
        } catch (InputException e) {
            err.println("pipeline: " + file.name() + ": " + e.getMessage());
            return BAD_INPUT;
        }
    }

    /** Java 17 has no {@code System.out.charset()}; the first of these properties is not there on every version. */
    private static Charset terminalCharset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        if (name == null) {
            name = System.getProperty("native.encoding");
        }
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
