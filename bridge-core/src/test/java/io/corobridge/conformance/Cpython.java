package io.corobridge.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A CPython 3.13 that runs programs: conformance.py as a child process. Programs are sent ahead of the answers that are read. */
final class Cpython implements AutoCloseable {
    /** From the directory of this module or of another. */
    private static final Path SCRIPT = Path.of("../bridge-core/src/test/python/conformance.py");

    private final Process process;
    private final Writer programs;
    private final BufferedReader traces;

    private Cpython(String interpreter) throws IOException {
        process = new ProcessBuilder(interpreter, "-X", "utf8", SCRIPT.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        programs = process.outputWriter(StandardCharsets.UTF_8);
        traces = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the interpreter that {@link #find()} finds, if there is one. */
    static Optional<Cpython> start() {
        return find().map(interpreter -> {
            try {
                return new Cpython(interpreter);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The interpreter named by {@code -Dcorobridge.python}, or python3.13 on the path, or the newest 3.13 of pyenv. */
    static Optional<String> find() {
        String named = System.getProperty("corobridge.python", "");
        if (!named.isEmpty()) {
            return Optional.of(named);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        Stream<Path> onPath = Arrays.stream(path.split(":")).map(directory -> Path.of(directory, "python3.13"));
        return Stream.concat(onPath, pyenv())
                .filter(Files::isExecutable)
                .filter(Cpython::is313)
                .map(Path::toString)
                .findFirst();
    }

    private static Stream<Path> pyenv() {
        String root = System.getenv("PYENV_ROOT");
        Path versions =
                (root != null ? Path.of(root) : Path.of(System.getProperty("user.home"), ".pyenv")).resolve("versions");
        if (!Files.isDirectory(versions)) {
            return Stream.of();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found
                    .filter(version -> version.getFileName().toString().startsWith("3.13"))
                    .sorted()
                    .map(version -> version.resolve("bin/python3.13"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pyenv shim is there for each version, installed or not. */
    private static boolean is313(Path interpreter) {
        try {
            Process process = new ProcessBuilder(
                            interpreter.toString(), "-c", "import sys; print(sys.version_info[:2])")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && answer.strip().equals("(3, 13)");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The traces of some programs, in order; null for one that is too long. */
    List<List<String>> run(List<Program> batch) {
        Thread sender = new Thread(() -> send(batch), "programs");
        sender.setDaemon(true);
        sender.start();
        List<List<String>> answers = new ArrayList<>();
        try {
            for (Program program : batch) {
                String line = traces.readLine();
                if (line == null) {
                    throw new IllegalStateException("CPython has ended in the middle of:\n" + PythonSource.of(program));
                }
                answers.add(line.equals("skip") ? null : line.isEmpty() ? List.of() : List.of(line.split("\t", -1)));
            }
            sender.join();
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> run(Program program) {
        return run(List.of(program)).get(0);
    }

    private void send(List<Program> batch) {
        try {
            for (Program program : batch) {
                programs.write(PythonSource.of(program) + "----\n");
            }
            programs.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
