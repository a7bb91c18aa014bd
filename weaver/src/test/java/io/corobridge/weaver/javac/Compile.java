package io.corobridge.weaver.javac;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One run of the compiler in this process, over sources in a directory of its own. */
final class Compile {
    /** A message: its severity, file, line, column and text, as a reader sees them. */
    record Message(Diagnostic.Kind kind, String file, long line, long column, String text) {
        static Message of(Diagnostic<? extends JavaFileObject> diagnostic) {
            JavaFileObject source = diagnostic.getSource();
            return new Message(
                    diagnostic.getKind(),
                    source == null ? "" : Path.of(source.toUri()).getFileName().toString(),
                    diagnostic.getLineNumber(),
                    diagnostic.getColumnNumber(),
                    diagnostic.getMessage(Locale.ROOT));
        }

        private static final Pattern HEAD = Pattern.compile("(?:(\\S+\\.java):(\\d+): )?(warning|error|Note): (.*)");

        /** Reads what javac prints: a head, perhaps more lines of text, then the source line with a caret below. */
        static List<Message> parse(List<String> lines) {
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                Matcher head = HEAD.matcher(lines.get(i));
                if (head.matches()) {
                    long column = -1;
                    for (int j = i + 1;
                            j < lines.size() && !HEAD.matcher(lines.get(j)).matches();
                            j++) {
                        column = lines.get(j).isBlank() || !lines.get(j).strip().equals("^")
                                ? column
                                : lines.get(j).indexOf('^') + 1;
                    }
                    messages.add(new Message(
                            switch (head.group(3)) {
                                case "warning" -> Diagnostic.Kind.WARNING;
                                case "error" -> Diagnostic.Kind.ERROR;
                                default -> Diagnostic.Kind.NOTE;
                            },
                            head.group(1) == null
                                    ? ""
                                    : Path.of(head.group(1)).getFileName().toString(),
                            head.group(2) == null ? -1 : Long.parseLong(head.group(2)),
                            column,
                            head.group(4)));
                }
            }
            return messages;
        }

        String at() {
            return file + ":" + line + ":" + column;
        }
    }

    /** What came of it. */
    record Result(boolean succeeded, List<Message> messages, Path classes) {
        byte[] classFile(String name) {
            try {
                return Files.readAllBytes(classes.resolve(name + ".class"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The binary names of all class files that are marked. */
        List<String> marked() {
            return classFiles(classes).stream()
                    .filter(file -> MarkingWeaver.isMarked(read(file)))
                    .map(file -> classes.relativize(file).toString().replace(".class", ""))
                    .sorted()
                    .toList();
        }

        /** Those of ours. */
        List<Message> ours() {
            return messages.stream()
                    .filter(message -> message.text().startsWith("corobridge: "))
                    .toList();
        }
    }

    /** What Corobridge's core has, as far as a compiler must see it. */
    private static final String[] CORE = {
        "io/corobridge/Handle.java",
        "package io.corobridge; public abstract class Handle {}",
        "io/corobridge/Co.java",
        "package io.corobridge; public class Co extends Handle { public void await() {} }",
        "io/corobridge/Body.java",
        "package io.corobridge; public interface Body { void run(Co co) throws Exception; }",
        "io/corobridge/engine/Woven.java",
        "package io.corobridge.engine; public @interface Woven { String forwards() default \"\"; }",
        "trouble/Trouble.java",
        "package trouble; public class Trouble { "
                + Stream.of(io.corobridge.weaver.transform.Finding.Kind.values())
                        .map(kind -> "public static int " + kind + "(Object... any) { return 0; } ")
                        .collect(Collectors.joining())
                + "}"
    };

    private final Path directory;
    private final List<String> options = new ArrayList<>();
    private final List<Processor> processors = new ArrayList<>();
    private final List<Path> sources = new ArrayList<>();
    private Function<StandardJavaFileManager, JavaFileManager> files = manager -> manager;
    private boolean hasOutput = true;

    private Compile(Path directory) {
        this.directory = directory;
    }

    /** A run whose sources see {@link #CORE}. */
    static Compile in(Path directory) {
        return new Compile(directory).option("-classpath", CoreClasses.PATH.toString());
    }

    /** Compiled once. */
    private static final class CoreClasses {
        static final Path PATH = compile();

        private static Path compile() {
            try {
                Path directory = Files.createTempDirectory("core");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                Result result = new Compile(directory)
                        .option("-proc:none", "-processorpath", directory.toString())
                        .sources(CORE)
                        .run();
                if (!result.succeeded()) {
                    throw new IllegalStateException(result.messages().toString());
                }
                return result.classes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path directory) {
            try (Stream<Path> walk = Files.walk(directory)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What its sources see besides. */
    static String corePath() {
        return CoreClasses.PATH.toString();
    }

    /** Where the weaver's own classes and their libraries lie, as a path. */
    static String weaverPath() {
        return Stream.of(
                        WeaverProcessor.class,
                        org.objectweb.asm.ClassReader.class,
                        org.objectweb.asm.tree.ClassNode.class,
                        org.objectweb.asm.tree.analysis.Analyzer.class,
                        org.objectweb.asm.commons.AnalyzerAdapter.class)
                .map(Compile::pathOf)
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    static String pathOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Compile option(String... more) {
        options.addAll(Arrays.asList(more));
        return this;
    }

    Compile processor(Processor processor) {
        processors.add(processor);
        return this;
    }

    /** Puts class files where the compiler does without being told. */
    Compile withoutOutput() {
        hasOutput = false;
        return this;
    }

    Compile files(Function<StandardJavaFileManager, JavaFileManager> wrapper) {
        files = wrapper;
        return this;
    }

    /** Names and contents by turns. */
    Compile sources(String... namesAndTexts) {
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            source(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return this;
    }

    Compile source(String name, String text) {
        Path file = directory.resolve("source").resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sources.add(file);
        return this;
    }

    Result run() {
        return run(ToolProvider.getSystemJavaCompiler());
    }

    Result run(JavaCompiler compiler) {
        Path classes = directory.resolve("classes");
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
                JavaFileManager wrapped = files.apply(manager)) {
            List<String> all = new ArrayList<>(options);
            if (hasOutput) {
                Files.createDirectories(classes);
                all.addAll(List.of("-d", classes.toString()));
            }
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null, wrapped, diagnostics, all, null, manager.getJavaFileObjectsFromPaths(sources));
            if (!processors.isEmpty()) {
                task.setProcessors(processors);
            }
            boolean succeeded = task.call();
            return new Result(
                    succeeded,
                    diagnostics.getDiagnostics().stream().map(Message::of).toList(),
                    hasOutput ? classes : directory.resolve("source"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the javac of a command line, which sees nothing of this process' class path. */
    Result runForked() {
        Path classes = directory.resolve("classes");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString(), "-J-Duser.language=en"));
        command.addAll(options);
        command.addAll(List.of("-d", classes.toString()));
        sources.forEach(source -> command.add(source.toString()));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> lines =
                    process.inputReader(StandardCharsets.UTF_8).lines().toList();
            return new Result(process.waitFor() == 0, Message.parse(lines), classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Path> classFiles(Path root) {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
