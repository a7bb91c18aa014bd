package io.corobridge.samples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers expected of the bundled file were computed without this program, with awk. */
class MainTest {
    private static final String HEADER = "date,precipitation,temp_max,temp_min,wind,weather\n";

    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void reportsOnTheBundledFile() {
        assertThat(run()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(lines())
                .startsWith(
                        "Seattle, daily weather from 2012 to 2015 (NOAA): 1462 lines",
                        "Damaged on purpose before parsing (--spoil 3): line 40, 80, 120",
                        "The file itself is clean.",
                        "",
                        "Bad rows, thrown back to their producer: 2 repaired, 1 skipped",
                        "  line    40  temp_max 5.0 is below temp_min 10.0: swapped them",
                        "  line    80  temp_max is not a number: \"\": took 5.0 from the row before",
                        "  line   120  date is not a date: \"?\": skipped the row")
                .contains(
                        "  days        1460", "  mean       16.44 °C", "  lowest     -1.60 °C", "  highest    35.60 °C")
                .hasSizeLessThanOrEqualTo(60)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines().stream()
                        .filter(line -> line.endsWith(" mm"))
                        .map(line -> line.replaceAll("[█▏▎▍▌▋▊▉ ]+", " ")))
                .containsExactly(
                        " 2012-01 7.1 °C 173.3 mm",
                        " 2012-02 9.3 °C 92.3 mm",
                        " 2012-03 9.5 °C 183.0 mm",
                        " 2012-04 14.8 °C 68.1 mm",
                        " 2012-05 17.7 °C 52.2 mm",
                        " 2012-06 18.7 °C 75.1 mm",
                        " 2012-07 22.9 °C 26.3 mm",
                        " 2012-08 25.9 °C 0.0 mm",
                        " 2012-09 22.9 °C 0.9 mm",
                        " 2012-10 15.8 °C 170.3 mm",
                        " 2012-11 11.3 °C 210.5 mm",
                        " 2012-12 7.2 °C 174.0 mm");
    }

    @Test
    void tellsTheCleanUpInOrder() {
        assertThat(run("--months=2")).isZero();
        List<String> lines = lines();
        assertThat(lines.subList(lines.indexOf("The end of reading") + 1, lines.size() - 1))
                .containsExactly(
                        "  1. take had its months and cancelled",
                        "  2. clean-up began, in the finally of the coroutine, and waits",
                        "  3. clean-up ended, after its wait");
        assertThat(lines.get(lines.size() - 1)).matches(" {2}4\\. file closed, 1[23]\\d\\d lines unread");
    }

    @Test
    void findsNothingToRepairWhenNothingIsDamaged() {
        assertThat(run("--spoil", "0")).isZero();
        assertThat(lines())
                .noneMatch(line -> line.startsWith("Damaged"))
                .contains("Bad rows, thrown back to their producer: 0 repaired, 0 skipped", "  days        1461");
    }

    @Test
    void usesOnlyWhatTheTerminalCanShow() {
        assertThat(run(StandardCharsets.US_ASCII)).isZero();
        String report = out.toString(StandardCharsets.US_ASCII);
        assertThat(report).contains("  2012-08   25.9 C  " + "#".repeat(36) + "      0.0 mm");
        assertThat(report.replace("\"?\"", "")).doesNotContain("?"); // which stands for what cannot be encoded
    }

    @Test
    void readsAFileOfTheUserAndRepairsItsRows() throws IOException {
        Path file = write(HEADER + "2020-01-01,1.5,-3.0,-8.0,1.0,snow\n2020-01-02,n/a,-5.0,-9.0,1.0,snow\n\n");
        assertThat(run(file.toString())).isZero();
        assertThat(lines())
                .contains(
                        file + ": 4 lines",
                        "Bad rows, thrown back to their producer: 1 repaired, 0 skipped",
                        "  line     3  precipitation is not a number: \"n/a\": took 1.5 from the row before",
                        "  mean       -4.00 °C",
                        "  1. file closed, 0 lines unread")
                .noneMatch(line -> line.startsWith("Damaged"))
                .anyMatch(line -> line.matches(" {2}2020-01 {3}-4.0 °C .* 3.0 mm"));
    }

    @Test
    void waitsForTheCleanUpWhenTakeCancelsAfterTheEndOfTheFile() throws IOException {
        Path file = write(HEADER + "2020-01-01,1.5,3.0,1.0,1.0,sun\n");
        assertThat(run("--months", "1", file.toString())).isZero();
        assertThat(lines())
                .endsWith(
                        "  1. file closed, 0 lines unread",
                        "  2. take had its months and cancelled",
                        "  3. clean-up began, in the finally of the coroutine, and waits",
                        "  4. clean-up ended, after its wait");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helps(String option) {
        assertThat(run(option)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage:", "--months N", "--spoil N", "Exit codes:");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--verbose, unknown option \"--verbose\"",
        "--spoil, '--spoil needs a whole number, at least 0, but has \"\"'",
        "--months 0, '--months needs a whole number, at least 1, but has \"0\"'",
        "--months x, '--months needs a whole number, at least 1, but has \"x\"'",
        "--months= 3, '--months needs a whole number, at least 1, but has \"\"'",
        "--spoil=x=1, '--spoil needs a whole number, at least 0, but has \"x=1\"'",
        "--verbose=1, unknown option \"--verbose=1\"",
        "--help=1, unknown option \"--help=1\"",
        "'', 'not a file name: \"\"'",
        "a.csv b.csv, 'only one FILE can be given, but there is also \"b.csv\"'",
    })
    void refusesAWrongCommandLine(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertComplaint("pipeline: " + message + " (--help explains the options)");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'it is empty'",
        "'a,b\n', 'the first line is not date,precipitation,temp_max,temp_min,wind,weather but \"a,b\"'",
        "HEADER, 'it has no usable row'",
        "'HEADER2020-01-01,1.5,3.0\n', 'line 2 has 3 columns instead of 6'",
        "'HEADERtoday,0,3,1,1,sun\n', 'it has no usable row; line 2: date is not a date: \"today\"'",
    })
    void refusesAMalformedFile(String content, String message) throws IOException {
        Path file = write(content.replace("HEADER", HEADER));
        assertThat(run(file.toString())).isEqualTo(2);
        assertComplaint("pipeline: " + file + ": " + message);
    }

    @Test
    void refusesAFileThatIsNoText() throws IOException {
        Path file = Files.write(dir.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        assertThat(run(file.toString())).isEqualTo(2);
        assertComplaint("pipeline: " + file + ": it is not text in UTF-8");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path file = dir.resolve("missing.csv");
        assertThat(run(file.toString())).isEqualTo(2);
        assertComplaint("pipeline: " + file + ": there is no such file");
    }

    @Test
    void refusesAFileBelowAFile() throws IOException {
        Path file = write(HEADER).resolve("foo");
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()) // the reason is in the words of the system
                .singleElement()
                .asString()
                .startsWith("pipeline: " + file + ": it cannot be read: ")
                .containsOnlyOnce(file.toString());
        assertThat(out.size()).isZero();
    }

    @Test
    void refusesALineThatIsTooLong() throws IOException {
        Path file = write(HEADER + "2020-01-01,1.5,3.0,1.0,1.0," + "x".repeat(LineReader.LONGEST));
        assertThat(run(file.toString())).isEqualTo(2);
        assertComplaint("pipeline: " + file + ": line 2 is longer than 10000 characters");
    }

    @Test
    void keepsAComplaintOnOneLineWhateverTheFileIsCalled() {
        assertThat(run("one\ntwo\u001b[31m.csv")).isEqualTo(2);
        assertComplaint("pipeline: one\\u000Atwo\\u001B[31m.csv: there is no such file");
    }

    @Test
    void keepsTheTitleOnOneLineWhateverTheFileIsCalled() throws IOException {
        Path file = dir.resolve("one\ntwo.csv");
        Files.writeString(file, HEADER + "2020-01-01,1.5,3.0,1.0,1.0,sun\n");
        assertThat(run(file.toString())).isZero();
        assertThat(lines()).startsWith(dir + "/one\\u000Atwo.csv: 2 lines");
    }

    @Test
    void keepsARepairOnOneLineWhateverTheRowBeforeHas() throws IOException {
        // A number may have control characters around it, and any number of zeros.
        Path file = write(HEADER + "2020-01-01,1.5,\u001b3.0,1.0,1.0,sun\n2020-01-02,1.5,,1.0,1.0,sun\n"
                + "2020-01-03,1.5,4.0,1.0," + "0".repeat(99) + ",sun\n2020-01-04,1.5,4.0,1.0,,sun\n");
        assertThat(run(file.toString())).isZero();
        assertThat(lines())
                .contains(
                        "  line     3  temp_max is not a number: \"\": took \\u001B3.0 from the row before",
                        "  line     5  wind is not a number: \"\": took " + "0".repeat(40) + "... from the row before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--spoil=0", "--help"})
    void failsWhenItsOutputCannotBeWritten(String option) {
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        int code = Main.run(full, StandardCharsets.UTF_8, new PrintStream(err, true, StandardCharsets.UTF_8), option);
        assertThat(code).isEqualTo(1);
        assertComplaint("pipeline: the output could not be written");
    }

    @Test
    void refusesADirectory() {
        assertThat(run(dir.toString())).isEqualTo(2);
        assertComplaint("pipeline: " + dir + ": it is not a regular file");
    }

    private Path write(String content) throws IOException {
        return Files.writeString(dir.resolve("weather.csv"), content);
    }

    private int run(String... args) {
        return run(StandardCharsets.UTF_8, args);
    }

    private int run(Charset charset, String... args) {
        return Main.run(
                new PrintStream(out, true, charset), charset, new PrintStream(err, true, StandardCharsets.UTF_8), args);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void assertComplaint(String line) {
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly(line);
        assertThat(out.size()).isZero();
    }
}
