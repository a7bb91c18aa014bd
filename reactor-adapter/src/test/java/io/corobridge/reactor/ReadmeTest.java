package io.corobridge.reactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first snippet compiles, has at most ten lines, and prints what the README says. */
class ReadmeTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```\n\n((?:    [^\n]*\n)+)", Pattern.DOTALL);

    @Test
    void theFirstSnippetPrintsWhatItSays(@TempDir Path directory) throws Exception {
        Matcher readme = SNIPPET.matcher(Files.readString(Path.of("../README.md")));
        assertThat(readme.find()).isTrue();
        String snippet = readme.group(1);
        assertThat(snippet.lines()).hasSizeLessThanOrEqualTo(10);

        Path source = directory.resolve("Snippet.java");
        Files.writeString(source, """
                import io.corobridge.*;
                import io.corobridge.reactor.*;
                import java.time.Duration;
                import reactor.core.publisher.*;

                public class Snippet {
                    public static void main(String[] args) {
                %s
                    }
                }
                """.formatted(snippet));
        String[] options = {
            "-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"), source.toString()
        };
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int exit = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, options);
        assertThat(exit).as(messages.toString(UTF_8)).isZero();

        assertThat(outputOf(directory)).isEqualTo(readme.group(2).replaceAll("(?m)^    ", ""));
    }

    private static String outputOf(Path classes) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            loader.loadClass("Snippet").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        return printed.toString(UTF_8).replace("\r\n", "\n");
    }
}
