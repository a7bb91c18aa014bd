package com.example.shrunk;

import android.os.Looper;
import com.android.tools.r8.CompilationFailedException;
import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.OutputMode;
import com.android.tools.r8.R8;
import com.android.tools.r8.R8Command;
import com.android.tools.r8.origin.Origin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Runs D8 and R8 on the library and on {@link Program}, in release mode, and keeps what they warn of. */
final class Shrinking implements DiagnosticsHandler {
    private static final int MIN_API = 26;
    private static final List<String> KEEP_MAIN =
            List.of("-keep class com.example.shrunk.Program { public static void main(java.lang.String[]); }");

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Path directory;

    Shrinking(Path directory) {
        this.directory = directory;
    }

    List<String> warnings() {
        return warnings;
    }

    /** What class files become on a device. */
    Path dex(List<Path> program, List<Path> libraries) throws CompilationFailedException, IOException {
        D8.run(D8Command.builder(this)
                .addProgramFiles(program)
                .addClasspathFiles(libraries)
                .addLibraryFiles(androidJar())
                .setMinApiLevel(MIN_API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(directory, OutputMode.DexIndexed)
                .build());
        return directory.resolve("classes.dex");
    }

    /** What an app becomes; R8 reads the rules in its jars. */
    Path shrinkToDex(List<Path> app) throws CompilationFailedException, IOException {
        return shrinkToDex(app, List.of());
    }

    /**
     * The same, shrunk, optimized and renamed, as class files, which can be run here. R8 leaves out constructors that only call the one
     * of the superclass, which a device allows and a JVM does not, so they are kept; D8 comes first and makes a class of each lambda, so
     * that theirs are kept as well. It leaves the rules behind.
     */
    Path shrinkToClassFiles(List<Path> app) throws CompilationFailedException, IOException {
        Path desugared = directory.resolve("desugared.jar");
        D8.run(D8Command.builder(this)
                .addProgramFiles(app)
                .addLibraryFiles(androidJar())
                .addLibraryResourceProvider(new DeviceClasses())
                .setMinApiLevel(MIN_API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(desugared, OutputMode.ClassFile)
                .build());
        List<String> rules = rulesIn(app);
        rules.add("-keepclassmembers,allowshrinking,allowobfuscation class * { <init>(...); }");
        return Undexed.jar(shrinkToDex(List.of(desugared), rules), directory);
    }

    private Path shrinkToDex(List<Path> app, List<String> rules) throws CompilationFailedException, IOException {
        R8.run(R8Command.builder(this)
                .addProgramFiles(app)
                .addLibraryFiles(androidJar())
                .addLibraryResourceProvider(new DeviceClasses())
                .addProguardConfiguration(KEEP_MAIN, Origin.unknown())
                .addProguardConfiguration(rules, Origin.unknown())
                .setMinApiLevel(MIN_API)
                .setMode(CompilationMode.RELEASE)
                .setOutput(directory, OutputMode.DexIndexed, false)
                .build());
        return directory.resolve("classes.dex");
    }

    private static List<String> rulesIn(List<Path> app) throws IOException {
        List<String> rules = new ArrayList<>();
        for (Path jar : app) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (entry.getName().startsWith("META-INF/proguard/") && !entry.isDirectory()) {
                        rules.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return rules;
    }

    /** The jar that a class comes from, or the directory as a jar. */
    Path jarOf(Class<?> type) throws IOException {
        return jarOf(type, "");
    }

    /** The same; of a directory, only what lies in one of its folders. */
    Path jarOf(Class<?> type, String folder) throws IOException {
        Path origin;
        try {
            origin = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return Files.isDirectory(origin) ? packed(origin, folder) : origin;
    }

    private Path packed(Path root, String folder) throws IOException {
        Path jar = Files.createTempFile(directory, "classes", ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (name.startsWith(folder)) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        }
        return jar;
    }

    private Path androidJar() throws IOException {
        return jarOf(Looper.class);
    }

    @Override
    public void warning(Diagnostic warning) {
        warnings.add(warning.getDiagnosticMessage());
    }
}
