package io.corobridge.samples.pipeline;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param file null for the bundled one
 * @param spoil how many rows to damage
 * @param months how many months to take
 * @param help whether only the help is wanted
 */
record Options(@Nullable Path file, int spoil, int months, boolean help) {
    static final String HELP = """
            Usage: samples/pipeline/run [options] [FILE]

            Reads daily weather from a CSV file through a Reactor pipeline whose stages are
            coroutines, and prints a report. FILE has the columns
            date,precipitation,temp_max,temp_min,wind,weather, with a header, in UTF-8;
            without FILE it is the weather of Seattle from 2012 to 2015.

            A row with a bad value is repaired, or skipped when its date is bad.

            Options:
              --months N   how many months to take before cancelling the rest (default 12)
              --spoil N    damage N rows on purpose before they are parsed, to see them
                           repaired (default 3 for the file that comes with the program,
                           which is clean, and 0 for FILE)
              --tour       the guided tour through the library instead; --tour --help
                           says more
              -h, --help   print this

            A value can follow its option after a space or an equals sign: --months=3.

            Exit codes: 0 the report was printed; 1 it could not be written; 2 the options are
            wrong, or FILE is missing, unreadable, empty or malformed.
            """;

    private static final int SPOIL = 3;
    private static final int MONTHS = 12;

    static Options parse(String... args) {
        Path file = null;
        Integer spoil = null;
        int months = MONTHS;
        boolean optionsOver = false;
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        while (!rest.isEmpty()) {
            String arg = rest.remove();
            if (optionsOver || !arg.startsWith("-") || arg.equals("-")) {
                if (file != null) {
                    throw new UsageException("only one FILE can be given, but there is also " + Texts.quoted(arg));
                }
                file = path(arg);
                continue;
            }
            switch (name(arg)) {
                case "--" -> optionsOver = true;
                case "-h", "--help" -> {
                    return new Options(null, 0, MONTHS, true);
                }
                case "--months", "--months=" -> months = number(arg, rest, 1);
                case "--spoil", "--spoil=" -> spoil = number(arg, rest, 0);
                default -> throw new UsageException("unknown option " + Texts.quoted(arg));
            }
        }
        int damaged = spoil != null ? spoil : file == null ? SPOIL : 0;
        return new Options(file, damaged, months, false);
    }

    private static Path path(String arg) {
        try {
            if (!arg.isEmpty()) { // which Java takes for the working directory
                return Path.of(arg);
            }
        } catch (InvalidPathException e) {
            // falls through to the same complaint
        }
        throw new UsageException("not a file name: " + Texts.quoted(arg));
    }

    /** The option without the value that is attached to it: {@code --months=} in {@code --months=3}. */
    private static String name(String arg) {
        int equals = arg.indexOf('=');
        return equals < 0 ? arg : arg.substring(0, equals + 1);
    }

    private static int number(String arg, Deque<String> rest, int least) {
        String[] option = arg.split("=", 2);
        String value = option.length == 2 ? option[1] : rest.isEmpty() ? "" : rest.remove();
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the same complaint
        }
        throw new UsageException(
                option[0] + " needs a whole number, at least " + least + ", but has " + Texts.quoted(value));
    }
}
