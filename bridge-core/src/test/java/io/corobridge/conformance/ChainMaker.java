package io.corobridge.conformance;

import io.corobridge.conformance.Program.Kind;
import io.corobridge.conformance.Statement.Act;
import io.corobridge.conformance.Statement.Make;
import io.corobridge.conformance.Statement.Source;
import java.util.ArrayList;
import java.util.List;

/** Makes programs of three bodies, each of which awaits the next, with every way of dealing with the exception that reaches it. */
final class ChainMaker {
    private static final List<String> ERRORS = List.of("ValueError", "Oops");
    private final Dice dice;
    private final List<Statement.Step> drive = new ArrayList<>();
    private int number;

    private ChainMaker(long seed) {
        dice = new Dice(seed);
    }

    /** Three coroutines, closed by an awaited close that is taken by hand or awaited in a fourth. */
    static Program awaitedClose(long seed) {
        ChainMaker maker = new ChainMaker(seed);
        List<Program.Body> bodies = new ArrayList<>();
        bodies.add(maker.level(new Source.Guarded(1)));
        bodies.add(maker.level(new Source.Guarded(2)));
        bodies.add(maker.level(maker.value()));
        boolean byHand = maker.dice.percent(50);
        if (!byHand) {
            bodies.add(maker.level(new Source.Slot(0)));
        }
        if (maker.dice.percent(90)) {
            maker.act(false, 0, Act.Op.next, "None");
        }
        maker.drive.add(new Make(Make.How.awaitedClose, 0, 0, ++maker.number, "None"));
        maker.act(byHand, byHand ? 0 : 3, Act.Op.next, "None");
        for (int i = 0; i < 4; i++) {
            maker.act(byHand, byHand ? 0 : 3, byHand ? ERRORS : List.of("ValueError", "GeneratorExit"));
        }
        return new Program(seed, bodies, maker.drive);
    }

    /** A coroutine that awaits a step of an async generator that awaits a coroutine. */
    static Program asyncGenerator(long seed) {
        ChainMaker maker = new ChainMaker(seed);
        Make.How first = maker.dice.of(List.of(Make.How.asend, Make.How.athrow, Make.How.aclose));
        boolean starts = first != Make.How.asend || maker.dice.percent(20);
        boolean byHand = maker.dice.percent(40);
        int n = ++maker.number;
        List<Program.Body> bodies = new ArrayList<>();
        bodies.add(maker.level(new Source.New(first, 1, n, "Oops")));
        List<Statement> middle = new ArrayList<>();
        if (starts) {
            middle.add(maker.attempt(List.of(new Statement.Yield(++maker.number)), List.of(), false));
        }
        middle.add(maker.level(Kind.ASYNC_GENERATOR, new Source.Direct(2)));
        middle.add(new Statement.Yield(++maker.number));
        bodies.add(new Program.Body(Kind.ASYNC_GENERATOR, middle));
        bodies.add(maker.level(maker.value()));
        if (starts) {
            maker.step(Make.How.anext, 0);
        }
        if (byHand) {
            maker.drive.add(new Make(first, 1, 1, ++maker.number, "Oops"));
        }
        maker.act(byHand, byHand ? 1 : 0, Act.Op.next, "None");
        for (int i = 0; i < 3; i++) {
            maker.act(byHand, byHand ? 1 : 0, List.of("ValueError", "GeneratorExit"));
        }
        maker.step(Make.How.anext, 2);
        maker.step(maker.dice.of(List.of(Make.How.anext, Make.How.aclose, Make.How.athrow)), 2);
        return new Program(seed, bodies, maker.drive);
    }

    private Source.Value value() {
        return new Source.Value(++number);
    }

    private void step(Make.How how, int slot) {
        drive.add(new Make(how, 1, slot, ++number, "Oops"));
        act(true, slot, Act.Op.next, "None");
    }

    private void act(boolean onSlot, int index, List<String> errors) {
        Act.Op op = dice.of(List.of(Act.Op.next, Act.Op.send, Act.Op.raise, Act.Op.close));
        act(onSlot, index, op, op == Act.Op.raise ? dice.of(errors) : "None");
    }

    private void act(boolean onSlot, int index, Act.Op op, String type) {
        drive.add(new Act(op, onSlot, index, ++number, type));
    }

    private Program.Body level(Source inner) {
        return new Program.Body(Kind.COROUTINE, List.of(level(Kind.COROUTINE, inner)));
    }

    private Statement level(Kind kind, Source inner) {
        List<Statement> body = new ArrayList<>();
        body.add(new Statement.Await(++number, inner));
        boolean isGenerator = kind == Kind.ASYNC_GENERATOR;
        body.add(isGenerator ? new Statement.Yield(++number) : new Statement.Return(++number));
        return switch (dice.below(isGenerator ? 6 : 5)) {
            case 0 -> attempt(body, List.of(), true);
            case 1 -> attempt(body, List.of(new Statement.Return(++number)), false);
            case 2 -> attempt(body, List.of(await()), true);
            case 3 -> attempt(body, List.of(await()), false);
            case 4 -> attempt(body, List.of(new Statement.Raise(++number, "Oops", 0)), false);
            default -> attempt(body, List.of(new Statement.Yield(++number)), false);
        };
    }

    private Statement await() {
        return new Statement.Await(++number, value());
    }

    private Statement attempt(List<Statement> body, List<Statement> handler, boolean again) {
        return new Statement.Try(++number, body, List.of("BaseException"), handler, again, List.of());
    }
}
