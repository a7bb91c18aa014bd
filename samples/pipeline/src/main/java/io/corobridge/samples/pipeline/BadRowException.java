package io.corobridge.samples.pipeline;

/** What the consumer of rows throws into their producer when a row is no good. */
final class BadRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Column column;
    private final Kind kind;

    BadRowException(Column column, String message, Kind kind) {
        super(message);
        this.column = column;
        this.kind = kind;
    }

    Column column() {
        return column;
    }

    Kind kind() {
        return kind;
    }

    /** What is wrong with the row, and so what can be done about it. */
    enum Kind {
        NO_DATE,
        BAD_VALUE,
        SWAPPED
    }
}
