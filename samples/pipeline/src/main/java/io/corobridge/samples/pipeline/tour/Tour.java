package io.corobridge.samples.pipeline.tour;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command of the tour: lists the programs, or runs them. */
public final class Tour {
    private static final int OK = 0;
    private static final int BAD_USE = 2;

    static final String HELP = """
            Usage: tour [NAME | all] [--kotlin]

            Without a name, lists the programs in the order to read them. With one, runs it, written in Java, or in Kotlin. Their sources
            are in src/main/java and src/main/kotlin, io/corobridge/samples/pipeline/tour.
            """;

    private Tour() {}

    /** A program. */
    interface Program {
        void main(String[] args) throws Exception;
    }

    /**
     * A stop of the tour.
     *
     * @param name what it is called by
     * @param title what it shows
     * @param java the program; null where there is none
     * @param kotlin the same in Kotlin; null where there is none
     */
    record Stop(
            String name,
            String title,
            @Nullable Program java,
            @Nullable Program kotlin) {}

    static final List<Stop> STOPS = List.of(
            new Stop("stepping", "a coroutine is stepped by hand", Stepping::main, args -> SteppingKt.main()),
            new Stop("average", "send values into a generator", RunningAverage::main, args -> RunningAverageKt.main()),
            new Stop("priming", "take a generator to its first yield", Priming::main, args -> PrimingKt.main()),
            new Stop("grouper", "delegate to a sub-generator", Grouper::main, args -> GrouperKt.main()),
            new Stop("sentinel", "raise an exception in a generator", Sentinel::main, args -> SentinelKt.main()),
            new Stop("closing", "close, and a clean-up that awaits", Closing::main, null),
            new Stop("reader", "async iterators and async for", Reader::main, args -> ReaderKt.main()),
            new Stop("transaction", "async context managers", Transaction::main, args -> TransactionKt.main()),
            new Stop("talking-back", "async generators: asend, athrow, aclose", TalkingBack::main, null),
            new Stop("gather", "run coroutines at the same time", Gather::main, args -> GatherKt.main()),
            new Stop("timeouts", "timeouts and task groups", Timeouts::main, null),
            new Stop("variables", "context variables", Variables::main, null),
            new Stop("unit-test", "a unit test that steps", UnitTest::main, null),
            new Stop("futures", "CompletableFuture and callbacks", Futures::main, null),
            new Stop("monos", "Mono, both ways", Monos::main, null),
            new Stop("fluxes", "Flux, both ways", Fluxes::main, null),
            new Stop("stages", "operators written as bodies", Stages::main, null),
            new Stop("cancelling", "a cancel finishes the clean-up", Cancelling::main, null),
            new Stop("rx", "Single and Flowable", Rx::main, null),
            new Stop("suspend", "suspend functions and Flow", null, args -> SuspendFunctionsKt.main()),
            new Stop("sight", "what is suspended, and a timeline", Sight::main, null));

    /**
     * Lists or runs programs, and exits.
     *
     * @param args see {@link #HELP}
     * @throws Exception what a program throws
     */
    public static void main(String[] args) throws Exception {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) throws Exception {
        boolean kotlin = args.contains("--kotlin");
        List<String> names =
                args.stream().filter(arg -> !arg.equals("--kotlin")).toList();
        if (names.contains("--help")) {
            System.out.print(HELP);
            return OK;
        }
        if (names.isEmpty()) {
            list();
            return OK;
        }
        if (names.size() == 1 && names.get(0).equals("all")) {
            for (Stop stop : STOPS) {
                Program program = kotlin ? stop.kotlin() : stop.java() != null ? stop.java() : stop.kotlin();
                if (program != null) {
                    System.out.println("== " + stop.name() + ": " + stop.title());
                    program.main(new String[0]);
                    System.out.println();
                }
            }
            return OK;
        }
        for (Stop stop : STOPS) {
            if (names.size() == 1 && stop.name().equals(names.get(0))) {
                return run(stop, kotlin);
            }
        }
        System.err.println("tour: no such program: " + String.join(" ", names) + " (without a name, it lists them)");
        return BAD_USE;
    }

    private static int run(Stop stop, boolean kotlin) throws Exception {
        Program program = kotlin || stop.java() == null ? stop.kotlin() : stop.java();
        if (program == null) {
            System.err.println("tour: " + stop.name() + " is written in Java only");
            return BAD_USE;
        }
        program.main(new String[0]);
        return OK;
    }

    private static void list() {
        for (Stop stop : STOPS) {
            String languages = stop.kotlin() == null ? "Java" : stop.java() == null ? "Kotlin" : "Java, Kotlin";
            System.out.println(String.format(Locale.ROOT, "%-13s %-42s %s", stop.name(), stop.title(), languages));
        }
    }
}
