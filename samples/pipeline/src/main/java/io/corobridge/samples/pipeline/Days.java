package io.corobridge.samples.pipeline;

import io.corobridge.AsyncGenerator;
import io.corobridge.Co;
import io.corobridge.StopAsyncIteration;
import io.corobridge.reactor.CoFlux;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The stage from lines to days: the consumer of {@link Rows}, which checks each row and throws back those that are bad. */
final class Days {
    private Days() {}

    static Function<Flux<String>, Flux<Day>> stage(Consumer<Repair> repairs) {
        return CoFlux.stage((co, lines) -> {
            AsyncGenerator<Row, @Nullable Void> rows = Rows.of(lines, repairs);
            LocalDate last = LocalDate.MIN;
            try {
                for (Row row : co.each(rows)) {
                    Day day = accepted(co, rows, row, last);
                    last = day.date();
                    co.yield(day);
                }
            } catch (StopAsyncIteration end) {
                // The last row was thrown back, and the producer skipped it: there is none to answer with.
            } finally {
                co.await(rows.aclose());
            }
        });
    }

    /** Throws a row back into its producer until what comes in reply is good. */
    private static Day accepted(Co co, AsyncGenerator<Row, @Nullable Void> rows, Row offered, LocalDate last) {
        Row row = offered;
        while (true) {
            try {
                return checked(row, last);
            } catch (BadRowException bad) {
                row = co.await(rows.athrow(bad));
            }
        }
    }

    private static Day checked(Row row, LocalDate last) {
        Day day = Day.of(row);
        if (!day.date().isAfter(last)) {
            throw new BadRowException(
                    Column.DATE, day.date() + " does not come after " + last, BadRowException.Kind.NO_DATE);
        }
        return day;
    }
}
