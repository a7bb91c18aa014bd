package io.corobridge.weaving.fuzz;

import io.corobridge.weaving.Script;
import io.corobridge.weaving.Sources;
import io.corobridge.weaving.Twins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes programs, compiles them in batches, runs each twice by the same scripts, and shrinks those that differ. */
final class Fuzz {
    /** So many programs are compiled at once. */
    static final int BATCH = 50;

    private static final int SCRIPTS = 8;
    private static final int SHRINK_TRIES = 1500;
    private static final List<String> DEBUG = List.of("-g");
    private static final List<String> NO_DEBUG = List.of("-g:none");

    private int programs;
    private int crashes;
    private int runs;
    private long suspensions;

    long suspensions() {
        return suspensions;
    }

    String report(int differences) {
        return "%d programs, %d runs of each engine, %d steps: %d programs differ; javac failed over %d more"
                .formatted(programs, runs, suspensions, differences, crashes);
    }

    /**
     * Programs that are ready to run.
     *
     * @param programs as they were made
     * @param classes what javac made of them, by binary name
     */
    record Batch(List<Program> programs, Map<String, byte[]> classes) {}

    /** Makes and compiles the programs of so many seeds. */
    static Batch prepare(long firstSeed, int count) {
        List<Program> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(Program.of(firstSeed + i));
        }
        List<String> options = firstSeed / BATCH % 2 == 0 ? DEBUG : NO_DEBUG;
        return new Batch(batch, compile(batch, options));
    }

    /** Runs programs, and adds a text for each that differs. */
    void run(Batch batch, List<String> differences) {
        Twins twins = new Twins(batch.classes());
        for (Program program : batch.programs()) {
            if (!batch.classes().containsKey(program.name())) {
                crashes++;
                continue;
            }
            programs++;
            Script differing = differing(twins.body(program.name(), "body"), new Random(program.seed()));
            if (differing != null) {
                differences.add(describe(program, differing));
            }
        }
    }

    /** All at once, or in halves when javac itself fails over one of them: that one is left out. */
    private static Map<String, byte[]> compile(List<Program> batch, List<String> options) {
        Map<String, String> sources = new TreeMap<>();
        batch.forEach(program -> sources.put(program.name(), program.source()));
        if (sources.isEmpty()) {
            return Map.of();
        }
        try {
            return Sources.compile(sources, options);
        } catch (Sources.Refused e) {
            checkCrashed(e);
        }
        Map<String, byte[]> classes = new TreeMap<>();
        int size = batch.size();
        if (size > 1) {
            classes.putAll(compile(batch.subList(0, size / 2), options));
            classes.putAll(compile(batch.subList(size / 2, size), options));
        }
        return classes;
    }

    private static void checkCrashed(Sources.Refused refused) {
        String said = String.valueOf(refused.getMessage());
        if (!said.contains("An exception has occurred in the compiler")) {
            throw refused;
        }
    }

    private @Nullable Script differing(Twins.Body body, Random random) {
        int steps = body.plain(Script.plain(false)).steps();
        suspensions += steps;
        for (Script script : Script.random(random, steps, SCRIPTS)) {
            runs++;
            if (body.difference(script) != null) {
                return script;
            }
        }
        return null;
    }

    private static String describe(Program program, Script script) {
        Shrinker shrinker = new Shrinker(node -> difference(program.name(), node, script) != null, SHRINK_TRIES);
        Node smallest = shrinker.shrink(program.root());
        return "seed " + program.seed() + "\n" + difference(program.name(), smallest, script) + "\n"
                + smallest.source();
    }

    private static @Nullable String difference(String name, Node source, Script script) {
        try {
            Map<String, byte[]> classes = Sources.compile(Map.of(name, source.source()), DEBUG);
            return new Twins(classes).body(name, "body").difference(script);
        } catch (Sources.Refused e) {
            return null;
        }
    }
}
