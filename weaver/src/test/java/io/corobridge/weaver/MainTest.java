package io.corobridge.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.weaver.transform.Finding;
import io.corobridge.weaver.transform.Woven;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: what it rewrites, what it says, how it ends. */
class MainTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Main(outStream, errStream, known -> MainTest::weave).run(args);
    }

    /** A "class file" that begins with a capital letter is woven by making it small. */
    private static Woven weave(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.equals("broken")) {
            throw new IllegalArgumentException("not a class file");
        }
        List<Finding> findings = text.contains("sync")
                ? List.of(new Finding(Finding.Kind.SYNCHRONIZED_BLOCK, "p/A", "f", "()V", 7, "Co.await"))
                : List.of();
        String small = text.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + text.substring(1);
        return small.equals(text)
                ? new Woven(bytes, false, findings)
                : new Woven(small.getBytes(StandardCharsets.UTF_8), true, findings);
    }

    private Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void weavesADirectory() throws IOException {
        Path woven = file("d/p/A.class", "Big");
        Path done = file("d/p/B.class", "small");
        Path other = file("d/p/C.txt", "Big");
        Path module = file("d/module-info.class", "Big");

        assertThat(run(directory.resolve("d").toString())).isZero();

        assertThat(woven).hasContent("big");
        assertThat(done).hasContent("small");
        assertThat(other).hasContent("Big");
        assertThat(module).hasContent("Big");
        assertThat(out.toString()).contains("1 class woven");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void weavesSeveralArgumentsAndSingleClassFiles() throws IOException {
        Path one = file("One.class", "One");
        Path two = file("d/Two.class", "Two");

        assertThat(run(one.toString(), directory.resolve("d").toString())).isZero();

        assertThat(one).hasContent("one");
        assertThat(two).hasContent("two");
        assertThat(out.toString()).contains("2 classes woven");
    }

    private Path jar(String... namesAndTexts) throws IOException {
        Path jar = directory.resolve("a.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setComment("a comment");
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] bytes = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
                ZipEntry entry = new ZipEntry(namesAndTexts[i]);
                entry.setTime(1_000_000_000_000L + i * 86_400_000L);
                entry.setComment("entry " + i);
                if (namesAndTexts[i].contains("stored")) {
                    CRC32 crc = new CRC32();
                    crc.update(bytes);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(bytes.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static List<String> describe(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(entry -> entry.getName() + " " + entry.getTime() + " " + entry.getMethod() + " "
                            + entry.getComment() + " " + text(zip, entry))
                    .toList();
        }
    }

    private static String text(ZipFile zip, ZipEntry entry) {
        try {
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void keepsOrderTimesMethodsAndCommentsOfAJar() throws IOException {
        Path jar = jar(
                "META-INF/MANIFEST.MF",
                "Manifest",
                "z/",
                "",
                "z/B.class",
                "Big",
                "stored/A.class",
                "All",
                "a.txt",
                "Text");
        List<String> before = describe(jar);

        assertThat(run(jar.toString())).isZero();

        assertThat(describe(jar))
                .containsExactlyElementsOf(before.stream()
                        .map(line -> line.replace("Big", "big").replace("All", "all"))
                        .toList());
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.getComment()).isEqualTo("a comment");
        }
    }

    @Test
    void givesTheSameJarEachTimeAndLeavesAWovenOneAlone() throws IOException {
        Path jar = jar("B.class", "Big", "a.txt", "Text");
        byte[] before = Files.readAllBytes(jar);
        run(jar.toString());
        byte[] first = Files.readAllBytes(jar);
        Files.write(jar, before);
        run(jar.toString());
        byte[] second = Files.readAllBytes(jar);
        run(jar.toString());

        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(jar)).isEqualTo(first);
        assertThat(out.toString()).endsWith("0 classes woven" + System.lineSeparator());
    }

    @Test
    void refusesToSpoilASignature() throws IOException {
        Path jar = jar("META-INF/KEY.SF", "signature", "B.class", "Big");
        byte[] before = Files.readAllBytes(jar);

        assertThat(run(jar.toString())).isEqualTo(Main.FAILED);

        assertThat(err.toString()).contains("is signed");
        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNotAJar() throws IOException {
        assertThat(run(file("a.jar", "text").toString())).isEqualTo(Main.FAILED);
    }

    @Test
    void tellsFindingsAsLoudlyAsWanted() throws IOException {
        Path file = file("A.class", "Asynchronous");
        int warned = run(file.toString());
        String warning = err.toString();
        err.reset();
        int noted = run("--unweavable=note", file.toString());
        String note = err.toString();
        err.reset();
        int silent = run("--unweavable=off", file.toString());
        String nothing = err.toString();
        int failed = run("--unweavable=error", file.toString());

        assertThat(List.of(warned, noted, silent, failed)).containsExactly(0, 0, 0, Main.FAILED);
        assertThat(file).hasContent("asynchronous");
        assertThat(warning)
                .startsWith("")
                .contains("A.class:7: warning: corobridge: A.f suspends inside 'synchronized'");
        assertThat(note).contains("A.class:7: note: corobridge: ");
        assertThat(nothing).isEmpty();
    }

    @Test
    void goesOnAfterAClassThatFails() throws IOException {
        Path broken = file("d/A.class", "broken");
        Path fine = file("d/B.class", "Big");

        assertThat(run(directory.resolve("d").toString())).isEqualTo(Main.FAILED);

        assertThat(broken).hasContent("broken");
        assertThat(fine).hasContent("big");
        assertThat(err.toString()).contains("A.class: error: ", "not a class file");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: java -jar corobridge-weaver.jar", "Exit status");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("corobridge-weaver ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void refusesWrongArguments() {
        assertThat(run()).isEqualTo(Main.USAGE);
        assertThat(run("--loud")).isEqualTo(Main.USAGE);
        assertThat(run("--unweavable=loud", ".")).isEqualTo(Main.USAGE);
        assertThat(run(directory.resolve("missing").toString())).isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("nothing to weave", "unknown option --loud", "=loud", "does not exist");
    }
}
