package io.corobridge.samples.pipeline;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncIterable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The producer of rows, a stream that its consumer can talk back to: a row that the consumer does not want is answered with
 * {@code athrow(new BadRowException(..))}. The error is raised here, at the yield of that very row, and the answer to it is the
 * repaired row, or the next one.
 */
final class Rows {
    private final Consumer<Repair> repairs;

    /** The last row that the consumer took. */
    private @Nullable Row previous;

    private Rows(Consumer<Repair> repairs) {
        this.repairs = repairs;
    }

    static AsyncGenerator<Row, @Nullable Void> of(AsyncIterable<String> lines, Consumer<Repair> repairs) {
        return AsyncGenerator.of("rows", co -> new Rows(repairs).run(co, lines));
    }

    private void run(AsyncGeneratorCo<Row, @Nullable Void> co, AsyncIterable<String> lines) {
        int number = 0;
        for (String line : co.each(lines)) {
            number++;
            if (number == 1) {
                checkHeader(line);
            } else if (!line.isBlank()) {
                offer(co, Row.of(number, line));
            }
        }
        if (number == 0) {
            throw new InputException("it is empty");
        }
    }

    private static void checkHeader(String line) {
        String header =
                line.startsWith("\uFEFF") ? line.substring(1) : line; // a byte order mark, as spreadsheets write it
        if (!header.strip().equals(Column.HEADER)) {
            throw new InputException("the first line is not " + Column.HEADER + " but " + Texts.quoted(header));
        }
    }

    /** Yields a row, repaired as often as the consumer refuses it. */
    private void offer(AsyncGeneratorCo<Row, @Nullable Void> co, Row row) {
        Row offered = row;
        while (offered != null) {
            try {
                co.yield(offered);
                previous = offered;
                return;
            } catch (BadRowException refusal) {
                offered = repaired(offered, refusal);
            }
        }
    }

    /** Returns null when the row is to be skipped. */
    private @Nullable Row repaired(Row row, BadRowException refusal) {
        Row before = previous;
        Row repaired;
        String remedy;
        if (refusal.kind() == BadRowException.Kind.SWAPPED) {
            repaired =
                    row.with(Column.TEMP_MAX, row.get(Column.TEMP_MIN)).with(Column.TEMP_MIN, row.get(Column.TEMP_MAX));
            remedy = "swapped them";
        } else if (refusal.kind() == BadRowException.Kind.BAD_VALUE && before != null) {
            String value = before.get(refusal.column());
            repaired = row.with(refusal.column(), value);
            remedy = "took " + Texts.shortened(value) + " from the row before";
        } else {
            repaired = null;
            remedy = "skipped the row";
        }
        repairs.accept(new Repair(row.line(), String.valueOf(refusal.getMessage()), remedy, repaired == null));
        return repaired;
    }
}
