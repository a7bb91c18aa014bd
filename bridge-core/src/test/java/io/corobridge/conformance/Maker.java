package io.corobridge.conformance;

import io.corobridge.conformance.Program.Kind;
import io.corobridge.conformance.Statement.Act;
import io.corobridge.conformance.Statement.Items;
import io.corobridge.conformance.Statement.Make;
import io.corobridge.conformance.Statement.Manager;
import io.corobridge.conformance.Statement.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes a random program from a seed. The recorded traces belong to exactly these programs: record them again after a change. */
final class Maker {
    private static final List<String> MIXES = List.of("g", "c", "gc", "ca", "ca", "a", "gca", "gca");
    private static final List<List<String>> CAUGHT = List.of(
            List.of("ValueError"),
            List.of("Oops"),
            List.of("GeneratorExit"),
            List.of("BaseException"),
            List.of("BaseException"),
            List.of("Exception"),
            List.of("Exception"),
            List.of("RuntimeError"),
            List.of("ValueError", "RuntimeError"),
            List.of("StopIteration", "StopAsyncIteration"));
    private static final List<Make.How> STEPS =
            List.of(Make.How.anext, Make.How.asend, Make.How.asend, Make.How.athrow, Make.How.aclose, Make.How.anextOr);

    private final Dice dice;
    private final int depth;
    private final List<Kind> kinds = new ArrayList<>();
    private int number;

    /** The handlers and loops around the statement that is being made. */
    private final List<Integer> handlers = new ArrayList<>();

    private int loops;

    private Maker(long seed) {
        dice = new Dice(seed);
        depth = dice.between(1, 3);
    }

    static Program make(long seed) {
        return switch ((int) Math.floorMod(seed, 16L)) {
            case 0 -> ChainMaker.awaitedClose(seed);
            case 8 -> ChainMaker.asyncGenerator(seed);
            default -> new Maker(seed).program(seed);
        };
    }

    private Program program(long seed) {
        String mix = dice.of(MIXES);
        int size = dice.between(1, 4);
        for (int k = 0; k < size; k++) {
            char letter = mix.charAt(dice.below(mix.length()));
            kinds.add(letter == 'g' ? Kind.GENERATOR : letter == 'c' ? Kind.COROUTINE : Kind.ASYNC_GENERATOR);
        }
        List<Program.Body> bodies = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            bodies.add(new Program.Body(kinds.get(k), block(k, depth)));
        }
        List<Statement.Step> drive = new ArrayList<>();
        int steps = dice.between(5, 8 + 3 * size);
        while (drive.size() < steps) {
            driveStep(drive);
        }
        return new Program(seed, bodies, drive);
    }

    /** Most objects are to be under way before one of them is thrown into. */
    private void driveStep(List<Statement.Step> drive) {
        boolean early = dice.below(8) > drive.size();
        int k = dice.percent(45) ? 0 : dice.below(kinds.size());
        if (kinds.get(k) == Kind.ASYNC_GENERATOR) {
            int slot = dice.below(Program.SLOTS);
            if (early || dice.percent(65)) {
                drive.add(make(k, slot, early ? Make.How.anext : dice.of(STEPS)));
            }
            if (early || dice.percent(85)) {
                drive.add(act(true, slot, early));
            }
        } else if (kinds.get(k) == Kind.COROUTINE && dice.percent(6)) {
            drive.add(make(k, dice.below(Program.SLOTS), Make.How.iterator));
        } else if (drive.stream().anyMatch(Make.class::isInstance) && dice.percent(20)) {
            drive.add(act(true, dice.below(Program.SLOTS), early));
        } else {
            drive.add(act(false, k, early));
        }
    }

    private Make make(int k, int slot, Make.How how) {
        return new Make(how, k, slot, ++number, dice.of(Names.RAISED));
    }

    private Act act(boolean onSlot, int index, boolean early) {
        int choice = early ? 0 : dice.below(12);
        Act.Op op = choice < 5 ? Act.Op.next : choice < 8 ? Act.Op.send : choice < 10 ? Act.Op.raise : Act.Op.close;
        return new Act(op, onSlot, index, ++number, op == Act.Op.raise ? dice.of(Names.RAISED) : "None");
    }

    private List<Statement> block(int me, int deep) {
        int length = dice.between(1, deep == depth ? 4 : 2);
        return IntStream.range(0, length).mapToObj(i -> statement(me, deep)).toList();
    }

    private Statement statement(int me, int deep) {
        int n = ++number;
        boolean isAsync = kinds.get(me) != Kind.GENERATOR;
        int choice = dice.below(100);
        if (choice < 22) {
            return suspension(me, n);
        } else if (choice < 45) {
            return new Statement.Await(n, source(me, n));
        } else if (choice < 48) {
            return new Statement.States(n);
        } else if (choice < 54) {
            return step();
        } else if (choice < 79 && deep > 0) {
            return attempt(n, me, deep - 1);
        } else if (choice < 86 && deep > 0 && isAsync) {
            return loop(n, me, deep - 1);
        } else if (choice < 92 && deep > 0 && isAsync) {
            return new Statement.With(n, manager(n), block(me, deep - 1));
        } else if (choice < 94 && deep > 0) {
            loops++;
            Statement twice = new Statement.Twice(block(me, deep - 1));
            loops--;
            return twice;
        } else if (deep == depth) {
            return suspension(me, n);
        } else if (choice < 97) {
            int from = handlers.isEmpty() || dice.percent(60) ? 0 : handlers.get(handlers.size() - 1);
            return new Statement.Raise(n, dice.of(Names.RAISED), from);
        } else if (loops > 0 && dice.percent(60)) {
            return new Statement.Break();
        }
        return new Statement.Return(n);
    }

    private Statement suspension(int me, int n) {
        boolean yields = kinds.get(me) == Kind.GENERATOR || (kinds.get(me) == Kind.ASYNC_GENERATOR && dice.percent(60));
        return yields ? new Statement.Yield(n) : new Statement.Await(n, new Source.Value(n));
    }

    private Source source(int me, int n) {
        int choice = dice.below(100);
        if (choice < 25) {
            return new Source.Foreign(n, dice.of(ForeignIterators.TYPES), dice.between(0, 3));
        } else if (choice < 26) {
            return new Source.Nothing(dice.percent(50));
        } else if (choice < 30) {
            return new Source.Slot(dice.below(Program.SLOTS));
        }
        boolean near = dice.percent(75);
        if (near && me + 1 == kinds.size()) {
            return new Source.Value(n);
        }
        int k = near ? me + 1 : dice.below(kinds.size());
        if (kinds.get(k) == Kind.ASYNC_GENERATOR) {
            return new Source.New(dice.of(STEPS), k, n, dice.of(Names.RAISED));
        }
        return dice.percent(60) ? new Source.Direct(k) : new Source.Iterator(k);
    }

    private Statement step() {
        int k = dice.below(kinds.size());
        int slot = dice.below(Program.SLOTS);
        if (kinds.get(k) == Kind.ASYNC_GENERATOR) {
            return new Statement.Do(dice.percent(40) ? make(k, slot, dice.of(STEPS)) : act(true, slot, false));
        }
        if (kinds.get(k) == Kind.COROUTINE && dice.percent(10)) {
            return new Statement.Do(make(k, slot, Make.How.iterator));
        }
        boolean onSlot = dice.percent(10);
        return new Statement.Do(act(onSlot, onSlot ? slot : k, false));
    }

    private Statement attempt(int n, int me, int deep) {
        List<Statement> body = block(me, deep);
        List<String> classes = List.of();
        List<Statement> handler = List.of();
        boolean again = false;
        if (dice.percent(75)) {
            classes = dice.of(CAUGHT);
            handlers.add(n);
            handler = dice.percent(50) ? block(me, deep) : handler;
            handlers.remove(handlers.size() - 1);
            again = dice.percent(30);
        }
        List<Statement> last = classes.isEmpty() || dice.percent(40) ? block(me, deep) : null;
        return new Statement.Try(n, body, classes, handler, again, last);
    }

    private Statement loop(int n, int me, int deep) {
        int k = asyncGenerator();
        Items items = k >= 0 && dice.percent(70)
                ? new Items.Of(k)
                : new Items.Foreign(
                        n, dice.of(ForeignItems.MODES), dice.of(ForeignIterators.TYPES), dice.between(0, 2));
        loops++;
        List<Statement> body = block(me, deep);
        loops--;
        return new Statement.Loop(n, items, body);
    }

    private Manager manager(int n) {
        int k = asyncGenerator();
        int choice = dice.below(100);
        if (k >= 0 && choice < 40) {
            return choice < 28 ? new Manager.Generator(k) : new Manager.Aclosing(k);
        }
        return new Manager.Foreign(n, dice.of(ForeignManager.ENTERS), dice.of(ForeignManager.LEAVES));
    }

    private int asyncGenerator() {
        List<Integer> found = IntStream.range(0, kinds.size())
                .filter(k -> kinds.get(k) == Kind.ASYNC_GENERATOR)
                .boxed()
                .toList();
        return found.isEmpty() ? -1 : dice.of(found);
    }
}
