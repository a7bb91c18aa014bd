package io.corobridge.programs;

import java.util.List;

/** Shows a program as record_programs.py would write it. */
final class PythonSource {
    private final Program program;
    private final StringBuilder out = new StringBuilder();
    private boolean inGenerator;

    private PythonSource(Program program) {
        this.program = program;
    }

    static String of(Program program) {
        PythonSource source = new PythonSource(program);
        for (int k = 0; k < program.bodies().size(); k++) {
            Program.Body body = program.bodies().get(k);
            source.inGenerator = body.isGenerator();
            source.line(0, (body.isGenerator() ? "def b" : "async def b") + k + "():");
            source.block(body.block(), 1);
        }
        return source.out.toString();
    }

    private void line(int indent, String text) {
        out.append("    ".repeat(indent)).append(text).append('\n');
    }

    private void block(List<Statement> block, int indent) {
        block.forEach(statement -> statement(statement, indent));
        if (block.isEmpty()) {
            line(indent, "pass");
        }
    }

    private void statement(Statement statement, int indent) {
        if (statement instanceof Statement.Yield yield) {
            line(indent, "got " + yield.n() + ": " + (inGenerator ? "yield " : "await value ") + yield.n());
        } else if (statement instanceof Statement.From from) {
            line(indent, "got " + from.n() + ": " + (inGenerator ? "yield from " : "await ") + target(from));
        } else if (statement instanceof Statement.Foreign foreign) {
            String made = foreign.type() + "(" + foreign.n() + ", " + foreign.count() + ", log)";
            line(indent, "got " + foreign.n() + ": " + (inGenerator ? "yield from " : "await ") + made);
        } else if (statement instanceof Statement.Op op) {
            line(indent, "step(" + op.op() + ", " + op.target() + ", " + op.n() + ")");
        } else if (statement instanceof Statement.States states) {
            line(indent, "log states " + states.n());
        } else if (statement instanceof Statement.Try attempt) {
            attempt(attempt, indent);
        } else if (statement instanceof Statement.Twice twice) {
            line(indent, "for _ in range(2):");
            block(twice.body(), indent + 1);
        } else if (statement instanceof Statement.Raise raise) {
            line(indent, "raise " + raise.type() + "(" + raise.n() + ")");
        } else if (statement instanceof Statement.Return end) {
            line(indent, "return " + end.n());
        }
    }

    private String target(Statement.From from) {
        String target = "P[" + from.target() + "]";
        boolean isGenerator = program.bodies().get(from.target()).isGenerator();
        boolean plain = inGenerator ? isGenerator : !isGenerator && !from.viaIterator();
        return plain ? target : isGenerator ? "Returns(" + target + ")" : target + ".__await__()";
    }

    private void attempt(Statement.Try attempt, int indent) {
        line(indent, "try:");
        block(attempt.body(), indent + 1);
        if (!attempt.classes().isEmpty()) {
            line(indent, "except " + attempt.classes() + ":  # " + attempt.n());
            block(attempt.handler(), indent + 1);
            if (attempt.again()) {
                line(indent + 1, "raise");
            }
        }
        if (attempt.last() != null) {
            line(indent, "finally:  # " + attempt.n());
            block(attempt.last(), indent + 1);
        }
    }
}
