package io.corobridge.weaver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The class files in a directory or jar, or a single one, each rewritten in its place when it has changed. */
final class ClassFiles {
    /** Gives the new bytes of a class file; the same array when it stays as it is. */
    interface Rewriter {
        byte[] rewrite(String name, byte[] bytes);
    }

    private ClassFiles() {}

    /**
     * Rewrites what has changed.
     *
     * @param root a directory, a jar or a class file
     * @return how many class files have
     */
    static int rewrite(Path root, Rewriter rewriter) throws IOException {
        if (Files.isRegularFile(root) && !isClass(root.getFileName().toString())) {
            return JarFiles.rewrite(root, rewriter);
        }
        int changed = 0;
        for (Path file : below(root)) {
            byte[] before = Files.readAllBytes(file);
            byte[] after = rewriter.rewrite(file.toString(), before);
            if (after != before) {
                Files.write(file, after);
                changed++;
            }
        }
        return changed;
    }

    private static List<Path> below(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(file -> isClass(file.getFileName().toString()) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("-info.class");
    }
}
