package io.corobridge.samples.pipeline;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** Damages lines at fixed places, so that there is something to repair in a file without a fault. */
final class Spoiler {
    private static final int EVERY = 40;

    private Spoiler() {}

    /** Damages the lines 40, 80, 120, .., as many as asked for. */
    static Function<Flux<String>, Flux<String>> stage(int count) {
        return lines -> count == 0
                ? lines
                : lines.index((index, line) -> {
                    long number = index + 1;
                    return number % EVERY == 0 && number / EVERY <= count
                            ? spoiled((int) (number / EVERY), line)
                            : line;
                });
    }

    /** The lines that are damaged in a file of so many lines. */
    static List<Integer> places(int count, int lines) {
        return IntStream.rangeClosed(1, Math.min(count, lines / EVERY))
                .mapToObj(nth -> nth * EVERY)
                .toList();
    }

    private static String spoiled(int nth, String line) {
        if (line.isBlank()) {
            return line;
        }
        Row row = Row.of(nth * EVERY, line);
        Row spoiled = switch (nth % 3) {
            case 1 ->
                row.with(Column.TEMP_MAX, row.get(Column.TEMP_MIN)).with(Column.TEMP_MIN, row.get(Column.TEMP_MAX));
            case 2 -> row.with(Column.TEMP_MAX, "");
            default -> row.with(Column.DATE, "?");
        };
        return spoiled.text();
    }
}
