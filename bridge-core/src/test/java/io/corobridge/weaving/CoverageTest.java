package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.ILine;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.IRuntime;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * JaCoCo knows the same lines of the corpus, woven or not, and finds covered what it finds covered in plain Java.
 *
 * <p>It finds a few more: a line that was left by an exception counts as missed unless it has a branch before, as woven ones do.
 * The branches of woven code are counted as such; JaCoCo has no way for others to take them out. Who needs them exact instruments
 * first and weaves then.
 */
@Tag("many-classes")
class CoverageTest {
    private static final Map<String, String> SOURCES = Corpus.sources();

    @Test
    void theLinesCoveredAreThoseOfPlainJava() throws Exception {
        Map<String, byte[]> plain = Sources.compile(SOURCES, List.of("-g"));
        Map<String, byte[]> woven = Weaving.weave(plain).classes();
        RuntimeData dataOfPlain = new RuntimeData();
        RuntimeData dataOfWoven = new RuntimeData();
        IRuntime runtimeOfPlain = new LoggerRuntime();
        IRuntime runtimeOfWoven = new LoggerRuntime();
        runtimeOfPlain.startup(dataOfPlain);
        runtimeOfWoven.startup(dataOfWoven);
        try {
            Twins twins = new Twins(instrumented(plain, runtimeOfPlain), instrumented(woven, runtimeOfWoven));
            for (String name : SOURCES.keySet()) {
                twins.bodies(name).forEach(CoverageTest::run);
            }
            Map<String, Boolean> expected = lines(plain, dataOfPlain);
            Map<String, Boolean> actual = lines(woven, dataOfWoven);
            assertThat(expected).containsValues(true, false);
            expected.forEach((line, covered) -> {
                assertThat(actual).containsKey(line);
                if (covered) {
                    assertThat(actual).containsEntry(line, true);
                }
            });
            actual.entrySet().removeAll(expected.entrySet());
            assertThat(actual.size())
                    .as("what else is known of woven lines: %s", actual)
                    .isLessThan(expected.size() / 50);
        } finally {
            runtimeOfPlain.shutdown();
            runtimeOfWoven.shutdown();
        }
    }

    @Test
    void weavingWhatWasInstrumentedChangesNoCounter() throws Exception {
        Map<String, byte[]> plain = Sources.compile(SOURCES, List.of("-g"));
        RuntimeData dataOfPlain = new RuntimeData();
        RuntimeData dataOfWoven = new RuntimeData();
        IRuntime runtimeOfPlain = new LoggerRuntime();
        IRuntime runtimeOfWoven = new LoggerRuntime();
        runtimeOfPlain.startup(dataOfPlain);
        runtimeOfWoven.startup(dataOfWoven);
        try {
            Map<String, byte[]> woven =
                    Weaving.weave(instrumented(plain, runtimeOfWoven)).classes();
            Twins twins = new Twins(instrumented(plain, runtimeOfPlain), woven);
            for (String name : SOURCES.keySet()) {
                twins.bodies(name).forEach(CoverageTest::run);
            }
            Map<String, String> expected = counters(plain, dataOfPlain);
            assertThat(counters(plain, dataOfWoven)).isEqualTo(expected);
            assertThat(expected.values()).anyMatch(line -> line.contains("branches 1 of 2"));
        } finally {
            runtimeOfPlain.shutdown();
            runtimeOfWoven.shutdown();
        }
    }

    private static Map<String, byte[]> instrumented(Map<String, byte[]> classes, IRuntime runtime) throws IOException {
        Instrumenter instrumenter = new Instrumenter(runtime);
        Map<String, byte[]> instrumented = new TreeMap<>();
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            instrumented.put(each.getKey(), instrumenter.instrument(each.getValue(), each.getKey()));
        }
        return instrumented;
    }

    private static void run(Twins.Body body) {
        for (Script script : List.of(Script.plain(false), new Script(false, Map.of(1, Action.RAISE)))) {
            body.plain(script);
            body.woven(script);
        }
    }

    /** Whether each line that has code was covered. */
    private static Map<String, Boolean> lines(Map<String, byte[]> classes, RuntimeData data) throws IOException {
        Map<String, Boolean> lines = new TreeMap<>();
        forEachLine(classes, data, (name, line) -> {
            int status = line.getInstructionCounter().getStatus();
            if (status != ICounter.EMPTY) {
                lines.put(name, status != ICounter.NOT_COVERED);
            }
        });
        return lines;
    }

    /** How many instructions and branches of each line were covered. */
    private static Map<String, String> counters(Map<String, byte[]> classes, RuntimeData data) throws IOException {
        Map<String, String> counters = new TreeMap<>();
        forEachLine(classes, data, (name, line) -> {
            ICounter code = line.getInstructionCounter();
            ICounter branches = line.getBranchCounter();
            counters.put(
                    name,
                    "instructions " + code.getCoveredCount() + " of " + code.getTotalCount() + ", branches "
                            + branches.getCoveredCount() + " of " + branches.getTotalCount());
        });
        return counters;
    }

    private static void forEachLine(Map<String, byte[]> classes, RuntimeData data, BiConsumer<String, ILine> action)
            throws IOException {
        ExecutionDataStore executed = new ExecutionDataStore();
        data.collect(executed, new SessionInfoStore(), false);
        CoverageBuilder coverage = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(executed, coverage);
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            analyzer.analyzeClass(each.getValue(), each.getKey());
        }
        for (IClassCoverage type : coverage.getClasses()) {
            for (int line = type.getFirstLine(); line <= type.getLastLine(); line++) {
                action.accept(type.getName() + ":" + line, type.getLine(line));
            }
        }
    }
}
