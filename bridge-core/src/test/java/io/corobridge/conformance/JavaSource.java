package io.corobridge.conformance;

import io.corobridge.conformance.Program.Kind;
import io.corobridge.conformance.Statement.Act;
import io.corobridge.conformance.Statement.Items;
import io.corobridge.conformance.Statement.Make;
import io.corobridge.conformance.Statement.Manager;
import io.corobridge.conformance.Statement.Source;
import java.util.List;

/** A program in Java terms, to be read by whoever looks into a difference: each interpreter does what this says. */
final class JavaSource {
    private final Program program;
    private final StringBuilder out = new StringBuilder();
    private Kind kind = Kind.GENERATOR;

    private JavaSource(Program program) {
        this.program = program;
    }

    static String of(Program program) {
        JavaSource source = new JavaSource(program);
        for (int k = 0; k < program.bodies().size(); k++) {
            source.body(k, program.bodies().get(k));
        }
        program.drive().forEach(step -> source.line(0, source.step(step)));
        return source.out.toString();
    }

    private void body(int k, Program.Body body) {
        kind = body.kind();
        String type = switch (kind) {
            case GENERATOR -> "Generator";
            case COROUTINE -> "Coroutine";
            case ASYNC_GENERATOR -> "AsyncGenerator";
        };
        line(0, "var p" + k + " = " + type + ".of(\"b" + k + "\", co -> {");
        block(body.block(), 1);
        line(0, "});");
    }

    private void line(int indent, String text) {
        out.append("    ".repeat(indent)).append(text).append('\n');
    }

    private void block(List<Statement> block, int indent) {
        block.forEach(statement -> statement(statement, indent));
    }

    private void statement(Statement statement, int indent) {
        if (statement instanceof Statement.Yield yield) {
            line(indent, "log(" + yield.n() + ", co.yield(" + yield.n() + "));");
        } else if (statement instanceof Statement.Await await) {
            String how = kind == Kind.GENERATOR ? "co.yieldFrom(" : "co.await(";
            line(indent, "log(" + await.n() + ", " + how + source(await.source()) + "));");
        } else if (statement instanceof Statement.Loop loop) {
            line(indent, "for (Object item : co.each(" + items(loop.items()) + ")) {");
            line(indent + 1, "log(" + loop.n() + ", item);");
            block(loop.body(), indent + 1);
            line(indent, "}");
        } else if (statement instanceof Statement.With with) {
            line(indent, "co.with(" + manager(with.manager()) + ", value -> { // return and break leave it all");
            line(indent + 1, "log(" + with.n() + ", value);");
            block(with.body(), indent + 1);
            line(indent, "});");
        } else if (statement instanceof Statement.Try attempt) {
            attempt(attempt, indent);
        } else if (statement instanceof Statement.Twice twice) {
            line(indent, "for (int i = 0; i < 2; i++) {");
            block(twice.body(), indent + 1);
            line(indent, "}");
        } else if (statement instanceof Statement.Break) {
            line(indent, "break;");
        } else if (statement instanceof Statement.Raise raise) {
            String cause = raise.from() == 0 ? "" : ".initCause(e" + raise.from() + ")";
            line(indent, "throw new " + raise.type() + "(" + raise.n() + ")" + cause + ";");
        } else if (statement instanceof Statement.Return end) {
            line(indent, "return" + (kind == Kind.ASYNC_GENERATOR ? "" : " " + end.n()) + ";");
        } else if (statement instanceof Statement.Do step) {
            line(indent, step(step.step()));
        } else if (statement instanceof Statement.States states) {
            line(indent, "logStates(" + states.n() + ");");
        }
    }

    private void attempt(Statement.Try attempt, int indent) {
        int n = attempt.n();
        line(indent, "try {");
        block(attempt.body(), indent + 1);
        if (!attempt.classes().isEmpty()) {
            String classes = String.join(" | ", attempt.classes()).replace("BaseException", "Throwable");
            line(indent, "} catch (" + classes + " e" + n + ") {");
            line(indent + 1, "log(" + n + ", e" + n + ");");
            block(attempt.handler(), indent + 1);
            if (attempt.again()) {
                line(indent + 1, "throw e" + n + ";");
            }
        }
        if (attempt.last() != null) {
            line(indent, "} finally {");
            line(indent + 1, "log(\"" + n + " fin\");");
            block(attempt.last(), indent + 1);
        }
        line(indent, "}");
    }

    private String source(Source source) {
        if (source instanceof Source.Value value) {
            return "once(" + value.n() + ")";
        } else if (source instanceof Source.Direct direct) {
            boolean asIterator = kind == Kind.GENERATOR && program.kind(direct.k()) == Kind.COROUTINE;
            return "p" + direct.k() + (asIterator ? ".awaitIterator()" : "");
        } else if (source instanceof Source.Iterator iterator) {
            boolean asIterator = program.kind(iterator.k()) == Kind.COROUTINE;
            String lambda = asIterator && kind != Kind.GENERATOR ? "() -> " : "";
            return lambda + "p" + iterator.k() + (asIterator ? ".awaitIterator()" : "");
        } else if (source instanceof Source.Guarded guarded) {
            return "p" + guarded.k();
        } else if (source instanceof Source.Foreign foreign) {
            return "new " + foreign.type() + "(" + foreign.n() + ", " + foreign.count() + ")";
        } else if (source instanceof Source.Slot slot) {
            return (kind == Kind.GENERATOR ? "" : "() -> ") + "slot[" + slot.slot() + "]";
        } else if (source instanceof Source.Nothing nothing) {
            return nothing.isNone() ? "null" : "() -> null";
        }
        if (source instanceof Source.Loop loop) {
            return loop.operation().java();
        }
        Source.New made = (Source.New) source;
        return made(made.how(), made.k(), made.n(), made.type());
    }

    private static String made(Make.How how, int k, int n, String type) {
        return switch (how) {
            case anext -> "p" + k + ".anext()";
            case asend -> "p" + k + ".asend(" + n + ")";
            case athrow -> "p" + k + ".athrow(new " + type + "(" + n + "))";
            case aclose, awaitedClose -> "p" + k + ".aclose()";
            case anextOr -> "AsyncIterables.anext(p" + k + ", " + n + ")";
            case iterator -> "p" + k;
        };
    }

    private static String items(Items items) {
        if (items instanceof Items.Of of) {
            return "p" + of.k();
        }
        Items.Foreign foreign = (Items.Foreign) items;
        return "new Items(" + foreign.n() + ", " + foreign.mode() + ", " + foreign.element() + ", " + foreign.count()
                + ")";
    }

    private static String manager(Manager manager) {
        if (manager instanceof Manager.Generator generator) {
            return "AsyncContextManager.of(p" + generator.k() + ")";
        }
        if (manager instanceof Manager.Aclosing aclosing) {
            return "Contexts.aclosing(p" + aclosing.k() + ")";
        }
        if (manager instanceof Manager.Loop loop) {
            return loop.operation().java();
        }
        Manager.Foreign foreign = (Manager.Foreign) manager;
        return "new Manager(" + foreign.n() + ", " + foreign.enter() + ", " + foreign.leave() + ")";
    }

    private String step(Statement.Step step) {
        if (step instanceof Make make) {
            return "slot[" + make.slot() + "] = " + made(make.how(), make.k(), make.n(), make.type())
                    + ".awaitIterator();";
        }
        if (step instanceof Statement.Perform perform) {
            return perform.operation().java() + ";";
        }
        if (step instanceof Statement.Run) {
            return "Asyncio.run(p0);";
        }
        Act act = (Act) step;
        String target = (act.onSlot() ? "slot[" + act.index() + "]" : "p" + act.index()) + ".";
        String call = switch (act.op()) {
            case next -> "next()";
            case send -> "send(" + act.n() + ")";
            case raise -> "raise(new " + act.type() + "(" + act.n() + "))";
            case close -> "close()";
        };
        return target + call + "; // " + act.n();
    }
}
