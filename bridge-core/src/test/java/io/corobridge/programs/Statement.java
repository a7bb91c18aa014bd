package io.corobridge.programs;

import java.util.List;

/** A statement of a program; {@code n} is its number, which its log entries carry. What each means stands in record_programs.py. */
sealed interface Statement {
    /** A statement at which the body suspends, with a value or until something has ended. Its result is logged. */
    sealed interface Suspension extends Statement {
        int n();
    }

    record Yield(int n) implements Suspension {}

    record From(int n, int target, boolean viaIterator) implements Suspension {}

    record Foreign(int n, String type, int count) implements Suspension {}

    /** A statement that neither suspends nor changes what comes next. */
    sealed interface Plain extends Statement {}

    record Op(int n, String op, int target) implements Plain {}

    record States(int n) implements Plain {}

    /** {@code classes} is empty where there is no handler, {@code last} is null where there is no finally. */
    record Try(
            int n,
            List<Statement> body,
            List<String> classes,
            List<Statement> handler,
            boolean again,
            List<Statement> last)
            implements Statement {}

    record Twice(List<Statement> body) implements Statement {}

    record Raise(int n, String type) implements Statement {}

    record Return(int n) implements Statement {}
}
