package io.corobridge.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Well-known libraries on the class path, as the class files that other compilers and years have made. */
enum Libraries {
    REACTOR("reactor.core.publisher.Flux"),
    RXJAVA("io.reactivex.rxjava3.core.Flowable"),
    GUAVA("com.google.common.collect.ImmutableList"),
    KOTLIN("kotlin.Unit");

    private final String known;

    /** The one of the jar that this class is in. */
    Libraries(String known) {
        this.known = known;
    }

    /** The class files, by binary name. */
    Map<String, byte[]> classes() {
        Map<String, byte[]> classes = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar().toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>)
                    () -> zip.stream().map(each -> (ZipEntry) each).iterator()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        classes.put(
                                name.substring(0, name.length() - ".class".length())
                                        .replace('/', '.'),
                                in.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    private Path jar() {
        try {
            Class<?> type = Class.forName(known, false, Libraries.class.getClassLoader());
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
