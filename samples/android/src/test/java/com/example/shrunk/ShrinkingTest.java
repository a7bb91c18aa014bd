package com.example.shrunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.kotlin.DiscardHook;
import io.corobridge.rxjava3.CoSingle;
import io.corobridge.samples.android.News;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kotlinx.coroutines.Job;
import org.jetbrains.annotations.NotNull;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;

/** The library and what is woven pass Android's compilers, and do the same when R8 has shrunk and optimized them. */
class ShrinkingTest {
    private static final String OUTPUT = """
            lambda [1, 4, 9]
            class [3, 2, 1]
            helpers 11329
            asked why! WHY why
            constructor true kept.
            tasks [11329, slept]
            single ab
            flowable [10, 20, 30]
            stage [1, 1, 2, 2, 3, 3]
            kotlin [6, [1, 2, 3], 3]
            news /story//top
            threads []
            """;

    @TempDir
    private Path directory;

    private Shrinking shrinking;

    @BeforeEach
    void setUp() {
        shrinking = new Shrinking(directory);
    }

    @ParameterizedTest
    @ValueSource(classes = {Coroutine.class, CoSingle.class, DiscardHook.class, News.class})
    void d8HasNothingToWarnOf(Class<?> type) throws Exception {
        assertThat(shrinking.dex(List.of(shrinking.jarOf(type)), app())).isNotEmptyFile();
        assertThat(shrinking.warnings()).isEmpty();
    }

    @Test
    void r8HasNothingToWarnOf() throws Exception {
        assertThat(shrinking.shrinkToDex(app())).isNotEmptyFile();
        assertThat(shrinking.warnings()).isEmpty();
    }

    @Test
    void programDoesTheSameWhenItIsShrunk() throws Exception {
        assertThat(run(shrinking.shrinkToClassFiles(app()))).isEqualTo(OUTPUT);
    }

    /** The program with all that it uses. */
    private List<Path> app() throws IOException {
        List<Path> app = new ArrayList<>(List.of(shrinking.jarOf(Program.class, "com/example")));
        for (Class<?> type : List.of(
                News.class,
                Coroutine.class,
                CoSingle.class,
                DiscardHook.class,
                Single.class,
                Publisher.class,
                Job.class,
                kotlin.Unit.class,
                NotNull.class,
                NullMarked.class)) {
            app.add(shrinking.jarOf(type));
        }
        return app;
    }

    private static String run(Path jar) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-BytecodeVerificationRemote",
                        "-Dcorobridge.handoff=deny",
                        "-cp",
                        jar.toString(),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader()) {
            StringBuilder text = new StringBuilder();
            output.lines().forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }
    }
}
