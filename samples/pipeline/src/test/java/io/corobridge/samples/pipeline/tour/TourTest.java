package io.corobridge.samples.pipeline.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Each program of the tour prints what it should; those that Python has too, in Java and in Kotlin, what CPython 3.13 prints. */
@Timeout(60)
class TourTest {
    /** The programs of the core's tests, which were run on CPython. */
    private static final Map<String, String> OF_PYTHON = Map.of(
            "stepping", "dummy_awaitable",
            "average", "averager",
            "priming", "priming",
            "grouper", "grouper",
            "sentinel", "sentinel",
            "reader", "reader",
            "transaction", "transaction",
            "gather", "gather");

    @TestFactory
    Stream<DynamicTest> printsWhatItShould() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Tour.Stop stop : Tour.STOPS) {
            String python = OF_PYTHON.get(stop.name());
            String expected = python == null ? "/tour/" + stop.name() + ".txt" : "/python/" + python + ".txt";
            if (stop.java() != null) {
                tests.add(DynamicTest.dynamicTest(stop.name(), () -> check(stop.java(), expected)));
            }
            if (stop.kotlin() != null) {
                tests.add(DynamicTest.dynamicTest(stop.name() + " in Kotlin", () -> check(stop.kotlin(), expected)));
            }
        }
        return tests.stream();
    }

    private static void check(Tour.Program program, String expected) throws Exception {
        assertThat(printed(() -> program.main(new String[0]))).isEqualTo(resource(expected));
    }

    @Test
    void everyProgramOfPythonIsThereInBothLanguages() {
        assertThat(Tour.STOPS)
                .filteredOn(stop -> OF_PYTHON.containsKey(stop.name()))
                .hasSameSizeAs(OF_PYTHON.keySet())
                .allMatch(stop -> stop.java() != null && stop.kotlin() != null);
    }

    @Test
    void theListNamesEveryProgram() throws Exception {
        assertThat(printed(() -> assertThat(Tour.run(List.of())).isZero()).lines())
                .hasSameSizeAs(Tour.STOPS)
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void aProgramIsRunByItsName() throws Exception {
        assertThat(printed(() -> assertThat(Tour.run(List.of("priming"))).isZero()))
                .isEqualTo("40.0\n45.0\n");
        assertThat(printed(() ->
                        assertThat(Tour.run(List.of("--kotlin", "priming"))).isZero()))
                .isEqualTo("40.0\n45.0\n");
        assertThat(printed(() -> assertThat(Tour.run(List.of("--help"))).isZero()))
                .isEqualTo(Tour.HELP);
    }

    @Test
    void whatIsNotThereIsAnError() throws Exception {
        assertThat(printed(() -> assertThat(Tour.run(List.of("nowhere"))).isEqualTo(2)))
                .isEmpty();
        assertThat(printed(() -> assertThat(Tour.run(List.of("rx", "--kotlin"))).isEqualTo(2)))
                .isEmpty();
    }

    @Test
    void theTableOfTheReadmeNamesEveryProgram() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(Tour.STOPS).allSatisfy(stop -> assertThat(readme).contains("| `" + stop.name() + "` |"));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static String printed(Action action) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = TourTest.class.getResourceAsStream(name)) {
            assertThat(resource).as(name).isNotNull();
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}
