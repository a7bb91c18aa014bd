package io.corobridge.conformance;

import io.corobridge.conformance.Operation.Kind;
import io.corobridge.conformance.Statement.Manager;
import io.corobridge.conformance.Statement.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a random program of asyncio from a seed. The recorded traces belong to exactly these programs: record them again after a change. */
final class LoopMaker {
    private static final int DEPTH = 3;
    private static final int SPAWNED = 10;
    private static final List<List<String>> CAUGHT = List.of(
            List.of("ValueError"),
            List.of("Oops"),
            List.of("CancelledError"),
            List.of("CancelledError"),
            List.of("TimeoutError"),
            List.of("ExceptionGroup"),
            List.of("RuntimeError"),
            List.of("Exception"),
            List.of("Exception"),
            List.of("BaseException"),
            List.of("CancelledError", "Exception"));
    private static final List<String> RAISED = List.of("ValueError", "Oops", "Oops", "CancelledError", "RuntimeError");

    /** Awaits, each as often as it is to come. */
    private static final List<Kind> AWAITS = often(
            "9 SLEEP, 3 JOIN, 2 PUT, 2 GET, 1 QUEUE_JOIN, 2 EVENT, 1 FUTURE, 1 ACQUIRE, 1 ACQUIRE_ONE, 2 BARRIER, 1 RESET, 1 ABORT, "
                    + "1 CONDITION, 1 SHIELD, 1 GATHER, 1 WAIT_FIRST, 1 WAIT_FAILED, 1 WAIT_ALL, 1 WAIT_FOR, 1 FIRST");

    /** Awaits of a body that is not the last one, which has nobody to call. */
    private static final List<Kind> CALLS = often("3 CALL, 3 GATHER, 2 GATHER_ALL, 4 WAIT_FOR, 2 SHIELD, 2 FIRST");

    private static final List<Kind> EFFECTS = often(
            "12 CANCEL, 2 CANCELLING, 2 UNCANCEL, 2 RESULT, 1 EXCEPTION, 2 ON_DONE, 2 LATER, 1 SOON, 3 SET, 1 CLEAR, 1 RENEW, "
                    + "3 RESOLVE, 1 FAIL, 1 CANCEL_FUTURE, 1 NOTIFY, 2 RELEASE, 1 RELEASE_ONE, 2 PUT_NOWAIT, 2 GET_NOWAIT, "
                    + "2 TASK_DONE, 1 SHUTDOWN, 1 SHUTDOWN_AT_ONCE");
    private static final List<Kind> MANAGERS = often("2 LOCK, 1 SEMAPHORE, 3 UNDER_CONDITION, 4 TIMEOUT, 4 GROUP");

    private final Dice dice;
    private final int size;
    private int number;

    /** The number of the innermost group and timeout around the statement that is being made, or 0. */
    private int group;

    private int timeout;
    private boolean underCondition;
    private int loops;

    private LoopMaker(long seed) {
        dice = new Dice(seed);
        size = dice.between(3, 6);
    }

    private static List<Kind> often(String counts) {
        return Stream.of(counts.split(", "))
                .map(count -> count.split(" "))
                .flatMap(count ->
                        IntStream.range(0, Integer.parseInt(count[0])).mapToObj(each -> Kind.valueOf(count[1])))
                .toList();
    }

    static Program make(long seed) {
        return new LoopMaker(seed).program(seed);
    }

    private Program program(long seed) {
        List<Program.Body> bodies = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            List<Statement> block = new ArrayList<>();
            if (k == 0) {
                // Most programs are to be of several tasks.
                int tasks = dice.between(2, 6);
                for (int i = 0; i < tasks; i++) {
                    block.add(spawn(0));
                }
                block.add(awaits(Kind.SLEEP, ++number, 0));
            }
            block.addAll(block(k, DEPTH));
            bodies.add(new Program.Body(Program.Kind.COROUTINE, block));
        }
        return new Program(seed, bodies, List.of(new Statement.Run()));
    }

    private List<Statement> block(int me, int depth) {
        int length = dice.between(1, depth == DEPTH ? 6 : 3);
        return IntStream.range(0, length).mapToObj(i -> statement(me, depth)).toList();
    }

    private Statement statement(int me, int depth) {
        int n = ++number;
        boolean isLeaf = me == size - 1;
        int choice = dice.below(100);
        if (choice < 12 && !isLeaf) {
            return spawn(me);
        } else if (choice < 18 && !isLeaf) {
            return awaits(dice.of(CALLS), n, me);
        } else if (choice < 38) {
            boolean waits = underCondition && dice.percent(30);
            Kind kind = waits ? Kind.CONDITION : dice.of(AWAITS);
            return awaits(waits && dice.percent(30) ? Kind.CONDITION_UNTIL : kind, n, me);
        } else if (choice < 62) {
            return effect(n, me);
        } else if (choice < 64) {
            return new Statement.States(n);
        } else if (choice < 78 && depth > 0) {
            return attempt(n, me, depth - 1);
        } else if (choice < 92 && depth > 0) {
            return with(n, me, depth - 1);
        } else if (choice < 94 && depth > 0) {
            loops++;
            Statement twice = new Statement.Twice(block(me, depth - 1));
            loops--;
            return twice;
        } else if (depth == DEPTH) {
            return awaits(Kind.SLEEP, n, me);
        } else if (choice < 97) {
            return new Statement.Raise(n, dice.of(RAISED), 0);
        } else if (choice < 98) {
            return new Statement.Await(n, new Source.Value(n));
        } else if (loops > 0 && dice.percent(50)) {
            return new Statement.Break();
        }
        return new Statement.Return(n);
    }

    private Statement spawn(int me) {
        return performs(new Operation(Kind.SPAWN, ++number, 0, List.of(later(me))));
    }

    private static Statement performs(Operation operation) {
        return new Statement.Do(new Statement.Perform(operation));
    }

    /** Bodies call only those after them, so each program ends. */
    private int later(int me) {
        return dice.between(me + 1, size - 1);
    }

    private int task() {
        return dice.below(SPAWNED);
    }

    private int seconds() {
        return dice.percent(40) ? 0 : dice.between(1, 20);
    }

    private Statement awaits(Kind kind, int n, int me) {
        List<Integer> numbers = switch (kind) {
            case CALL -> List.of(later(me));
            case JOIN -> List.of(task());
            case SHIELD, WAIT_FOR -> List.of(target(me));
            case GATHER, GATHER_ALL -> targets(me);
            case FIRST -> targets(me);
            case WAIT_FIRST, WAIT_FAILED, WAIT_ALL ->
                IntStream.range(0, dice.between(1, 3)).mapToObj(i -> task()).toList();
            default -> List.of();
        };
        boolean isLimited = kind.name().startsWith("WAIT_") && kind != Kind.WAIT_FOR;
        int seconds = isLimited && dice.percent(40) ? -1 : seconds();
        return new Statement.Await(n, new Source.Loop(new Operation(kind, n, seconds, numbers)));
    }

    private List<Integer> targets(int me) {
        return IntStream.range(0, dice.between(1, 3)).mapToObj(i -> target(me)).toList();
    }

    private int target(int me) {
        return me == size - 1 || dice.percent(30) ? -1 - task() : later(me);
    }

    private Statement effect(int n, int me) {
        Kind kind = dice.of(EFFECTS);
        if (group != 0 && me < size - 1 && dice.percent(20)) {
            return performs(new Operation(Kind.GROUP_SPAWN, n, 0, List.of(group, later(me))));
        }
        if (timeout != 0 && dice.percent(15)) {
            kind = dice.percent(70) ? Kind.RESCHEDULE : Kind.EXPIRED;
            return performs(new Operation(kind, n, dice.percent(20) ? -1 : seconds(), List.of(timeout)));
        }
        if (underCondition && dice.percent(40)) {
            kind = dice.percent(30) ? Kind.NOTIFY_ALL : Kind.NOTIFY;
        }
        int argument = kind == Kind.NOTIFY ? dice.between(1, 2) : task();
        return performs(new Operation(kind, n, kind == Kind.LATER ? seconds() : 0, List.of(argument)));
    }

    private Statement attempt(int n, int me, int depth) {
        List<Statement> body = block(me, depth);
        List<String> classes = List.of();
        List<Statement> handler = List.of();
        boolean again = false;
        if (dice.percent(75)) {
            classes = dice.of(CAUGHT);
            handler = dice.percent(50) ? block(me, depth) : handler;
            again = dice.percent(30);
        }
        List<Statement> last = classes.isEmpty() || dice.percent(40) ? block(me, depth) : null;
        return new Statement.Try(n, body, classes, handler, again, last);
    }

    private Statement with(int n, int me, int depth) {
        Kind kind = dice.of(MANAGERS);
        int outerGroup = group;
        int outerTimeout = timeout;
        boolean wasUnderCondition = underCondition;
        List<Statement> body = new ArrayList<>();
        int seconds = dice.percent(15) ? -1 : seconds();
        if (kind == Kind.GROUP) {
            group = n;
            for (int i = dice.between(1, 3); i > 0 && me < size - 1; i--) {
                body.add(performs(new Operation(Kind.GROUP_SPAWN, ++number, 0, List.of(n, later(me)))));
            }
        } else if (kind == Kind.TIMEOUT) {
            timeout = n;
        } else if (kind == Kind.UNDER_CONDITION) {
            underCondition = true;
        }
        body.addAll(block(me, depth));
        underCondition = wasUnderCondition;
        // What comes after a block may still try to use it.
        group = dice.percent(30) ? group : outerGroup;
        timeout = dice.percent(30) ? timeout : outerTimeout;
        return new Statement.With(n, new Manager.Loop(new Operation(kind, n, seconds, List.of())), body);
    }
}
