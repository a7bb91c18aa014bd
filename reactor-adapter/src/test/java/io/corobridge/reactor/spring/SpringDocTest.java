package io.corobridge.reactor.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of {@code docs/spring.md} compile; the whole file that it begins with, samples/setup compiles and runs. */
class SpringDocTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void snippetsCompile(@TempDir Path directory) throws Exception {
        List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../docs/spring.md")))
                .results()
                .map((MatchResult result) -> result.group(1))
                .filter(snippet -> !snippet.startsWith("package "))
                .toList();
        assertThat(snippets).hasSize(4);
        Path source = directory.resolve("Snippets.java");
        Files.writeString(source, """
                import io.corobridge.*;
                import io.corobridge.reactor.*;
                import io.corobridge.reactor.spring.*;
                import org.springframework.context.annotation.Bean;
                import org.springframework.http.*;
                import org.springframework.security.access.prepost.PreAuthorize;
                import org.springframework.web.bind.annotation.*;
                import org.springframework.web.reactive.function.server.*;
                import org.springframework.web.server.ResponseStatusException;
                import org.springframework.web.service.annotation.GetExchange;
                import reactor.core.publisher.*;

                class Snippets {
                    record Order(long id) {}

                    interface OrderRepository {
                        Mono<Order> findById(long id);

                        Flux<Order> findAll();

                        Mono<Order> save(Order order);
                    }

                %s
                }
                """.formatted(snippets.stream().collect(Collectors.joining("\n"))));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        String[] options = {
            "-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path"), source.toString()
        };
        int exit = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, options);
        assertThat(exit).as(messages.toString(UTF_8)).isZero();
    }
}
