package io.corobridge.weaving;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/** Compiles Java sources with Eclipse's compiler, which reads and writes files. */
final class Ecj {
    private Ecj() {}

    /** Compiles sources, by the binary names of their classes, for Java 17; returns the class files by binary name. */
    static Map<String, byte[]> compile(Map<String, String> sources, Path directory) throws IOException {
        Path output = Files.createDirectory(directory.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-17", "-g", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-d", output.toString()));
        arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        if (!BatchCompiler.compile(arguments.toArray(String[]::new), writer, writer, null)) {
            throw new IllegalStateException(said.toString());
        }
        return read(output);
    }

    private static Map<String, byte[]> read(Path directory) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String name = directory.relativize(file).toString();
                try {
                    classes.put(
                            name.substring(0, name.length() - ".class".length())
                                    .replace(file.getFileSystem().getSeparator(), "."),
                            Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return classes;
    }
}
