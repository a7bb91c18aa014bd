package io.corobridge.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Traces that CPython left of programs, in a file. The programs are not in it: they are made again from their seeds, and a digest of
 * their Python source tells when these are no longer the same ones.
 */
record Recording(Form form, String digest, List<Entry> entries) {
    /** A program's seed and its trace. */
    record Entry(Form form, long seed, List<String> trace) {
        Program program() {
            return form.make(seed);
        }
    }

    static Recording read(Form form) {
        try (InputStream file = Recording.class.getResourceAsStream(form.file());
                InputStream text = new GZIPInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            String digest = reader.readLine();
            List<Entry> entries = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] parts = line.split("\t", -1);
                entries.add(
                        new Entry(form, Long.parseLong(parts[0]), List.of(parts).subList(1, parts.length)));
            }
            return new Recording(form, digest, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write() {
        Path file = Path.of("src/test/resources/io/corobridge/conformance", form.file());
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = new SmallestGzip(raw)) {
            out.write((digest + "\n").getBytes(StandardCharsets.UTF_8));
            for (Entry entry : entries) {
                String line = entry.seed() + "\t" + String.join("\t", entry.trace()) + "\n";
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class SmallestGzip extends GZIPOutputStream {
        SmallestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    /** A digest of programs in the order of their seeds, as the recording has it. */
    static String digest(List<Entry> entries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Entry entry : entries) {
                digest.update(PythonSource.of(entry.program()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
