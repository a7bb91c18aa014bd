package io.corobridge.programs;

import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.ValueError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the bodies of one run of a program share: the objects, the log, and what does not depend on the engine. */
final class World {
    private final List<Object> objects = new ArrayList<>();
    private List<String> trace = new ArrayList<>();

    /** Runs a program with bodies of the given engine. */
    static List<String> run(Program program, Bodies engine) {
        World world = new World();
        for (int k = 0; k < program.bodies().size(); k++) {
            world.objects.add(engine.make(world, k, program.bodies().get(k)));
        }
        try {
            return world.drive(program.drive());
        } finally {
            world.objects.forEach(World::exhaust);
        }
    }

    private List<String> drive(List<Program.Drive> drive) {
        int after = 0;
        for (Program.Drive step : drive) {
            step(step.op(), step.target(), step.number());
            log(states());
            boolean over = objects.stream().allMatch(object -> state(object).equals("X"));
            after += over ? 1 : 0;
            if (after == 4) {
                break;
            }
        }
        List<String> recorded = trace;
        trace = new ArrayList<>();
        return recorded;
    }

    /** Ends a body that was left half-way, so that it gives its thread back. */
    private static void exhaust(Object object) {
        for (int i = 0; i < 100 && !state(object).startsWith("X"); i++) {
            try {
                ((AutoCloseable) object).close();
            } catch (Throwable ignored) {
                // It ended, or has to be told again.
            }
        }
    }

    Object object(int k) {
        return objects.get(k);
    }

    void log(String entry) {
        trace.add(entry);
    }

    void got(Statement.Suspension at, Object value) {
        log("got " + at.n() + " " + Names.shown(value));
    }

    void caught(int n, Throwable error) {
        log("caught " + n + " " + Names.shown(error));
    }

    void run(Statement.Plain statement) {
        if (statement instanceof Statement.Op op) {
            step(op.op(), op.target(), op.n());
        } else if (statement instanceof Statement.States states) {
            log("states " + states.n() + " " + states());
        }
    }

    /** What a coroutine awaits at a suspension. */
    Awaitable<?> awaitable(Statement.Suspension at) {
        if (at instanceof Statement.Yield yield) {
            return Awaitables.fromGenerator(Generator.of(new Once(yield.n())));
        }
        if (at instanceof Statement.Foreign foreign) {
            return () -> ForeignIterators.make(foreign.type(), foreign.n(), foreign.count(), this::log);
        }
        Statement.From from = (Statement.From) at;
        Object target = object(from.target());
        if (target instanceof Generator<?, ?, ?> generator) {
            return Awaitables.fromGenerator(generator);
        }
        Coroutine<?> coroutine = (Coroutine<?>) target;
        return from.viaIterator() ? viaIterator(coroutine) : coroutine;
    }

    private static <R> Awaitable<R> viaIterator(Coroutine<R> coroutine) {
        return coroutine::awaitIterator;
    }

    /** What a generator delegates to: a generator or an iterator. */
    Object iterable(Statement.Suspension at) {
        if (at instanceof Statement.Foreign foreign) {
            return ForeignIterators.make(foreign.type(), foreign.n(), foreign.count(), this::log);
        }
        Object target = object(((Statement.From) at).target());
        return target instanceof Coroutine<?> coroutine ? coroutine.awaitIterator() : target;
    }

    private void step(String op, int k, int number) {
        Object p = object(k);
        String what = op + " " + k + " " + number;
        try {
            Object result = p instanceof Coroutine<?> coroutine
                    ? step(coroutine, op, number)
                    : step((Generator<?, ?, ?>) p, op, number);
            log(what + " -> " + Names.shown(result));
        } catch (Throwable e) {
            log(what + " !! " + Names.shown(e));
        }
    }

    private static Object step(Coroutine<?> coroutine, String op, int number) {
        return switch (op) {
            case "next" -> coroutine.send(null);
            case "send" -> coroutine.send(number);
            case "close" -> coroutine.closeAndReturn();
            default -> coroutine.raise(thrown(op, number));
        };
    }

    @SuppressWarnings("unchecked")
    private static Object step(Generator<?, ?, ?> generator, String op, int number) {
        return switch (op) {
            case "next" -> generator.next();
            case "send" -> ((Generator<?, Object, ?>) generator).send(number);
            case "close" -> generator.closeAndReturn();
            default -> generator.raise(thrown(op, number));
        };
    }

    private static Throwable thrown(String op, int number) {
        String message = "thrown " + number;
        return op.equals("exit") ? new GeneratorExit(message) : new ValueError(message);
    }

    private String states() {
        return objects.stream().map(object -> state(object) + delegate(object)).collect(Collectors.joining(" "));
    }

    private static String state(Object object) {
        String name = object instanceof Coroutine<?> coroutine
                ? coroutine.state().name()
                : ((Generator<?, ?, ?>) object).state().name();
        return name.equals("CLOSED") ? "X" : name.substring(0, 1);
    }

    private String delegate(Object object) {
        Object sub = object instanceof Coroutine<?> coroutine
                ? coroutine.awaiting()
                : ((Generator<?, ?, ?>) object).yieldingFrom();
        if (sub == null) {
            return "-";
        }
        int k = objects.indexOf(sub);
        return k < 0 ? "?" : String.valueOf(k);
    }
}
