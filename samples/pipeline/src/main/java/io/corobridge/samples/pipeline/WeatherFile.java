package io.corobridge.samples.pipeline;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The lines of a weather file: the user's, or the one that comes with the program. */
final class WeatherFile {
    static final String BUNDLED = "seattle-weather.csv";

    private final @Nullable Path path;

    /** Null stands for the bundled file. */
    WeatherFile(@Nullable Path path) {
        this.path = path;
    }

    /** For messages: one line, whatever the file is called. */
    String name() {
        return path == null ? BUNDLED : Texts.printable(path.toString());
    }

    /** Each subscription opens the file anew, and closes it when it ends. */
    Flux<String> lines() {
        return Flux.using(this::open, WeatherFile::linesOf, WeatherFile::close)
                .onErrorMap(UncheckedIOException.class, UncheckedIOException::getCause)
                .onErrorMap(IOException.class, WeatherFile::explained);
    }

    private static Flux<String> linesOf(LineReader reader) {
        return Flux.generate(sink -> {
            try {
                String line = reader.readLine();
                if (line == null) {
                    sink.complete();
                } else {
                    sink.next(line);
                }
            } catch (IOException e) {
                sink.error(e);
            }
        });
    }

    private LineReader open() throws IOException {
        if (path == null) {
            InputStream bundled = WeatherFile.class.getResourceAsStream(BUNDLED);
            if (bundled == null) {
                throw new FileNotFoundException("it is missing from the program");
            }
            return new LineReader(new InputStreamReader(bundled, StandardCharsets.UTF_8));
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new InputException("it is not a regular file"); // which is needed to read it twice
        }
        return new LineReader(Files.newBufferedReader(path));
    }

    private static void close(LineReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputException explained(IOException e) {
        if (e instanceof NoSuchFileException) {
            return new InputException("there is no such file");
        }
        if (e instanceof AccessDeniedException) {
            return new InputException("it may not be read");
        }
        if (e instanceof CharacterCodingException) {
            return new InputException("it is not text in UTF-8");
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return new InputException("it cannot be read" + (reason == null ? "" : ": " + reason));
    }
}
