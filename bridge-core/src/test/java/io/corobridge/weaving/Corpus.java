package io.corobridge.weaving;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hand-written sources: one directory for each Java version that is needed to compile them, one file for each topic, one
 * method for each body. A comment {@code // !KIND} marks a line at which the weaver has to find something of that kind.
 */
final class Corpus {
    private static final Pattern MARK = Pattern.compile("// ((?:!\\w+ ?)+)$");

    private Corpus() {}

    /** The sources that the running javac understands, by the binary name of their class. */
    static Map<String, String> sources() {
        return sources(Runtime.version().feature());
    }

    /** Those for a version of Java and the ones before. */
    static Map<String, String> sources(int newest) {
        Map<String, String> sources = new TreeMap<>();
        for (int version : List.of(17, 21, 25)) {
            if (version <= newest) {
                read("corpus" + version, sources);
            }
        }
        return sources;
    }

    private static void read(String directory, Map<String, String> sources) {
        URL url = Corpus.class.getResource(directory);
        if (url == null) {
            throw new IllegalStateException("no " + directory);
        }
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                String type = Corpus.class.getPackageName() + "." + directory + "." + name;
                sources.put(type, Files.readString(file));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The marks of a source, as {@code KIND:line}, in the order of their lines. */
    static List<String> marks(String source) {
        List<String> lines = source.lines().toList();
        return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .flatMap(i -> {
                    Matcher matcher = MARK.matcher(lines.get(i));
                    return matcher.find()
                            ? Stream.of(matcher.group(1).trim().split(" "))
                                    .map(kind -> kind.substring(1) + ":" + (i + 1))
                            : Stream.empty();
                })
                .toList();
    }
}
