package io.corobridge.conformance;

import io.corobridge.conformance.Program.Kind;
import io.corobridge.conformance.Statement.Act;
import io.corobridge.conformance.Statement.Items;
import io.corobridge.conformance.Statement.Make;
import io.corobridge.conformance.Statement.Manager;
import io.corobridge.conformance.Statement.Source;
import java.util.List;

/** A program as Python source, for conformance.py to run. */
final class PythonSource {
    private final Program program;
    private final StringBuilder out = new StringBuilder();
    private Kind kind = Kind.GENERATOR;

    private PythonSource(Program program) {
        this.program = program;
    }

    static String of(Program program) {
        PythonSource source = new PythonSource(program);
        if (program.isRunByALoop()) {
            source.line(0, "# asyncio");
            for (int k = 0; k < program.bodies().size(); k++) {
                source.body(k, program.bodies().get(k));
            }
            return source.out.toString();
        }
        StringBuilder names = new StringBuilder();
        for (int k = 0; k < program.bodies().size(); k++) {
            source.body(k, program.bodies().get(k));
            names.append('b').append(k).append(", ");
        }
        source.line(0, "BODIES = (" + names + ")");
        source.line(0, "DRIVE = [");
        program.drive().forEach(step -> source.line(1, "lambda: " + step(step) + ","));
        source.line(0, "]");
        return source.out.toString();
    }

    private void body(int k, Program.Body body) {
        kind = body.kind();
        if (kind == Kind.GENERATOR) {
            line(0, "@types.coroutine");
        }
        line(0, (kind == Kind.GENERATOR ? "def b" : "async def b") + k + "():");
        if (kind != Kind.COROUTINE) {
            line(1, "if 0: yield");
        }
        block(body.block(), 1);
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
            line(indent, "r = yield " + yield.n());
            line(indent, "log(f'" + yield.n() + "={r}')");
        } else if (statement instanceof Statement.Await await) {
            line(indent, "r = " + (kind == Kind.GENERATOR ? "yield from " : "await ") + source(await.source()));
            got(indent, await.n());
        } else if (statement instanceof Statement.Loop loop) {
            line(indent, "async for i in " + items(loop.items()) + ":");
            line(indent + 1, "log(f'" + loop.n() + " {i}')");
            block(loop.body(), indent + 1);
        } else if (statement instanceof Statement.With with) {
            line(indent, "async with " + manager(with.manager()) + " as v:");
            line(indent + 1, "log(f'" + with.n() + " with " + (with.manager().isShown() ? "{v}" : "it") + "')");
            block(with.body(), indent + 1);
        } else if (statement instanceof Statement.Try attempt) {
            attempt(attempt, indent);
        } else if (statement instanceof Statement.Twice twice) {
            line(indent, "for _ in range(2):");
            block(twice.body(), indent + 1);
        } else if (statement instanceof Statement.Break) {
            line(indent, "break");
        } else if (statement instanceof Statement.Raise raise) {
            String cause = raise.from() == 0 ? "" : " from e" + raise.from();
            line(indent, "raise " + raise.type() + "(" + raise.n() + ")" + cause);
        } else if (statement instanceof Statement.Return end) {
            line(indent, kind == Kind.ASYNC_GENERATOR ? "return" : "return " + end.n());
        } else if (statement instanceof Statement.Do step && step.step() instanceof Statement.Perform perform) {
            line(indent, "r = " + perform.operation().python());
            got(indent, perform.operation().n());
        } else if (statement instanceof Statement.Do step) {
            line(indent, step(step.step()));
        } else if (statement instanceof Statement.States states) {
            line(indent, "log(f'" + states.n() + " {states()}')");
        }
    }

    private void got(int indent, int n) {
        line(indent, "log(f'" + n + "={" + (program.isRunByALoop() ? "show(r)" : "r") + "}')");
    }

    private void attempt(Statement.Try attempt, int indent) {
        int n = attempt.n();
        line(indent, "try:");
        block(attempt.body(), indent + 1);
        if (!attempt.classes().isEmpty()) {
            line(indent, "except (" + String.join(", ", attempt.classes()) + ",) as e" + n + ":");
            line(indent + 1, "log(f'" + n + ":{shown(e" + n + ")}')");
            block(attempt.handler(), indent + 1);
            if (attempt.again()) {
                line(indent + 1, "raise e" + n);
            }
        }
        if (attempt.last() != null) {
            line(indent, "finally:");
            line(indent + 1, "log('" + n + " fin')");
            block(attempt.last(), indent + 1);
        }
    }

    private String source(Source source) {
        if (source instanceof Source.Value value) {
            return "value(" + value.n() + ")";
        } else if (source instanceof Source.Direct direct) {
            return "P[" + direct.k() + "]";
        } else if (source instanceof Source.Iterator iterator) {
            String target = "P[" + iterator.k() + "]";
            if (program.kind(iterator.k()) == Kind.GENERATOR) {
                return target;
            }
            return kind == Kind.GENERATOR ? target + ".__await__()" : "Returns(" + target + ".__await__())";
        } else if (source instanceof Source.Guarded guarded) {
            return "guard(" + guarded.k() + ")";
        } else if (source instanceof Source.Foreign foreign) {
            return foreign.type() + "(" + foreign.n() + ", " + foreign.count() + ", log)";
        } else if (source instanceof Source.Slot slot) {
            return kind == Kind.GENERATOR ? "S[" + slot.slot() + "]" : "Returns(S[" + slot.slot() + "])";
        } else if (source instanceof Source.Nothing nothing) {
            return nothing.isNone() ? "None" : "Nothing()";
        }
        if (source instanceof Source.Loop loop) {
            return loop.operation().python();
        }
        Source.New made = (Source.New) source;
        String target = "P[" + made.k() + "]";
        return switch (made.how()) {
            case anext -> target + ".__anext__()";
            case asend -> target + ".asend(" + made.n() + ")";
            case athrow -> target + ".athrow(" + made.type() + "(" + made.n() + "))";
            case aclose -> target + ".aclose()";
            case anextOr -> "anext(" + target + ", " + made.n() + ")";
            default -> throw new IllegalArgumentException(made.toString());
        };
    }

    private static String items(Items items) {
        if (items instanceof Items.Of of) {
            return "P[" + of.k() + "]";
        }
        Items.Foreign foreign = (Items.Foreign) items;
        return "Items(" + foreign.n() + ", '" + foreign.mode() + "', " + foreign.element() + ", " + foreign.count()
                + ", log)";
    }

    private static String manager(Manager manager) {
        if (manager instanceof Manager.Generator generator) {
            return "managed(" + generator.k() + ")";
        }
        if (manager instanceof Manager.Aclosing aclosing) {
            return "aclosing(" + aclosing.k() + ")";
        }
        if (manager instanceof Manager.Loop loop) {
            return loop.operation().python();
        }
        Manager.Foreign foreign = (Manager.Foreign) manager;
        return "Manager(" + foreign.n() + ", '" + foreign.enter() + "', '" + foreign.leave() + "', log)";
    }

    private static String step(Statement.Step step) {
        if (step instanceof Make make) {
            return "make('" + make.how() + "', " + make.k() + ", " + make.slot() + ", " + make.n() + ", " + make.type()
                    + ")";
        }
        Act act = (Act) step;
        String op = act.op() == Act.Op.raise ? "throw" : act.op().name();
        String on = act.onSlot() ? "S" : "P";
        return "act('" + op + "', '" + on + "', " + act.index() + ", " + act.n() + ", " + act.type() + ")";
    }
}
