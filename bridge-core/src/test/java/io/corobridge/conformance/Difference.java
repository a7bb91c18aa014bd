package io.corobridge.conformance;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A program that an engine runs otherwise than CPython does, and how to tell of it. */
record Difference(Program program, Bodies engine, List<String> expected, List<String> actual) {
    /** So many are shown. */
    private static final int SHOWN = 3;

    /** Runs a program and compares; what an engine itself throws is a difference too. */
    static Optional<Difference> of(Program program, Bodies engine, List<String> expected) {
        List<String> actual;
        try {
            actual = World.run(program, engine);
        } catch (Throwable e) {
            actual = List.of("the engine failed: " + e);
        }
        return actual.equals(expected)
                ? Optional.empty()
                : Optional.of(new Difference(program, engine, expected, actual));
    }

    /**
     * The smallest program that still differs.
     *
     * @param cpython gives the trace of a program, or null when it is too long
     */
    Difference shrunk(Function<Program, List<String>> cpython) {
        Program smallest = Shrinker.shrink(program, smaller -> {
            List<String> trace = cpython.apply(smaller);
            return trace != null
                    && engine.canExpress(smaller)
                    && of(smaller, engine, trace).isPresent();
        });
        return of(smallest, engine, cpython.apply(smallest)).orElse(this);
    }

    /** Tells of some, shrunk when an interpreter is found. */
    static String describe(List<Difference> differences) {
        StringBuilder text = new StringBuilder("programs that differ from CPython; some of them:\n");
        Optional<Cpython> found = Cpython.start();
        for (Difference difference : differences.subList(0, Math.min(SHOWN, differences.size()))) {
            text.append(found.isPresent() ? difference.shrunk(found.get()::run) : difference);
        }
        found.ifPresent(Cpython::close);
        return text.toString();
    }

    @Override
    public String toString() {
        int same = 0;
        while (same < actual.size()
                && same < expected.size()
                && actual.get(same).equals(expected.get(same))) {
            same++;
        }
        return "==== seed " + program.seed() + " on " + engine + "\n---- Python\n" + PythonSource.of(program)
                + "---- Java\n" + JavaSource.of(program)
                + "---- both, before\n" + lines(expected.subList(0, same))
                + "---- CPython\n" + lines(expected.subList(same, expected.size()))
                + "---- here\n" + lines(actual.subList(same, actual.size()));
    }

    private static String lines(List<String> entries) {
        return entries.isEmpty() ? "" : String.join("\n", entries) + "\n";
    }
}
