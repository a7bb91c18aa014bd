package io.corobridge.samples.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the file cut into its columns, its values not looked at yet.
 *
 * @param line where it stands in the file, from 1
 * @param values one for each {@link Column}
 */
record Row(int line, List<String> values) {
    /** Cuts a line; one that has not the right number of columns makes the file malformed. */
    static Row of(int line, String text) {
        List<String> values = List.of(text.split(",", -1));
        int expected = Column.values().length;
        if (values.size() != expected) {
            throw new InputException("line " + line + " has " + values.size() + " columns instead of " + expected);
        }
        return new Row(line, values);
    }

    String get(Column column) {
        return values.get(column.ordinal());
    }

    Row with(Column column, String value) {
        List<String> changed = new ArrayList<>(values);
        changed.set(column.ordinal(), value);
        return new Row(line, List.copyOf(changed));
    }

    String text() {
        return String.join(",", values);
    }
}
