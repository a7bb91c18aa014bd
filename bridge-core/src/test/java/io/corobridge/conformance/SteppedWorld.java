package io.corobridge.conformance;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterables;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Contexts;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.conformance.Statement.Act;
import io.corobridge.conformance.Statement.Items;
import io.corobridge.conformance.Statement.Make;
import io.corobridge.conformance.Statement.Manager;
import io.corobridge.conformance.Statement.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A program whose objects are stepped by hand: the objects, the slots, and what does not depend on the engine. */
final class SteppedWorld extends World {
    private final List<Object> objects = new ArrayList<>();
    private final Object[] slots = new Object[Program.SLOTS];

    /** Whatever was in a slot. */
    private final List<Object> kept = new ArrayList<>();

    /** What was stepped. */
    private final Set<Object> begun = Collections.newSetFromMap(new IdentityHashMap<>());

    /** How each slot was made, and of which object; for the situations. */
    private final Make[] madeBy = new Make[Program.SLOTS];

    private final Consumer<String> situations;

    private SteppedWorld(Consumer<String> situations) {
        this.situations = situations;
    }

    /**
     * Runs a program and tells the situations that it gets into.
     *
     * @param situations is told of each step and each await: what kind of object it was taken on, its state, and the outcome
     */
    static List<String> run(Program program, Bodies engine, Consumer<String> situations) {
        SteppedWorld world = new SteppedWorld(situations);
        for (int k = 0; k < program.bodies().size(); k++) {
            world.objects.add(engine.make(world, k, program.bodies().get(k)));
        }
        try {
            for (Statement.Step step : program.drive()) {
                world.take(step);
                world.log(world.states());
            }
            return world.endTrace();
        } finally {
            world.exhaust();
        }
    }

    /** Ends the bodies that were left half-way, so that they give their threads back. */
    private void exhaust() {
        for (int i = 0;
                i < 20 && !objects.stream().allMatch(object -> state(object).equals("X"));
                i++) {
            List.copyOf(kept).forEach(SteppedWorld::close);
            for (Object object : objects) {
                close(object instanceof AsyncGenerator<?, ?> generator ? generator.anext() : object);
            }
        }
        // A body may have made steps while it was closed; those that never begin would be reported.
        kept.forEach(SteppedWorld::close);
    }

    private static void close(Object object) {
        try {
            ((AutoCloseable) object).close();
        } catch (Throwable ignored) {
            // It ended, or has to be told again.
        }
    }

    @Override
    void note(String situation) {
        if (situations != null) {
            situations.accept(situation);
        }
    }

    boolean isNoted() {
        return situations != null;
    }

    // ---- steps

    @Override
    void take(Statement.Step step) {
        if (step instanceof Act act) {
            act(act);
        } else if (step instanceof Make make) {
            slots[make.slot()] = made(make.how(), make.k(), make.n(), make.type());
            kept.add(slots[make.slot()]);
            madeBy[make.slot()] = make;
        }
    }

    private Object made(Make.How how, int k, int n, String type) {
        Object object = objects.get(k);
        return switch (how) {
            case iterator -> ((Coroutine<?>) object).awaitIterator();
            case awaitedClose -> ((Coroutine<?>) object).aclose().awaitIterator();
            default -> step(how, (AsyncGenerator<?, ?>) object, n, type).awaitIterator();
        };
    }

    @SuppressWarnings("unchecked")
    private static Awaitable<?> step(Make.How how, AsyncGenerator<?, ?> object, int n, String type) {
        AsyncGenerator<Object, Object> generator = (AsyncGenerator<Object, Object>) object;
        return switch (how) {
            case anext -> generator.anext();
            case asend -> generator.asend(n);
            case athrow -> generator.athrow(Names.make(type, n));
            case aclose -> generator.aclose();
            case anextOr -> AsyncIterables.anext(generator, n);
            default -> throw new IllegalArgumentException(how.name());
        };
    }

    private void act(Act act) {
        Object target = act.onSlot() ? slots[act.index()] : objects.get(act.index());
        Make make = act.onSlot() ? madeBy[act.index()] : null;
        boolean closes = make != null && make.how() == Make.How.awaitedClose;
        if (target == null || (closes && act.op() != Act.Op.next && !begun.contains(target))) {
            log(act.n() + " empty");
            return;
        }
        begun.add(target);
        if (closes && act.op() == Act.Op.close) {
            // No rule of CPython says what comes after the end of an awaited close, or before its begin.
            slots[act.index()] = null;
        }
        Object owner = make != null ? objects.get(make.k()) : target;
        String before = isNoted() ? kind(owner) + (make != null ? "." + make.how() : "") + detailed(owner) : "";
        String outcome;
        try {
            outcome = "-> " + Names.shown(outcome(target, act));
        } catch (Throwable e) {
            outcome = "!! " + Names.shown(e);
            if (closes) {
                slots[act.index()] = null;
            }
        }
        log(act.n() + " " + outcome);
        if (isNoted()) {
            String how = act.op() == Act.Op.raise
                    ? act.op() + "(" + act.type() + ")"
                    : act.op().name();
            note(before + " " + how + " " + outcome + " " + described(owner));
        }
    }

    @SuppressWarnings("unchecked")
    private static Object outcome(Object target, Act act) throws Exception {
        if (target instanceof Coroutine<?> coroutine) {
            return switch (act.op()) {
                case next -> coroutine.send(null);
                case send -> coroutine.send(act.n());
                case raise -> coroutine.raise(Names.make(act.type(), act.n()));
                case close -> coroutine.closeAndReturn();
            };
        }
        if (target instanceof Generator<?, ?, ?> generator) {
            return switch (act.op()) {
                case next -> generator.next();
                case send -> ((Generator<?, Object, ?>) generator).send(act.n());
                case raise -> generator.raise(Names.make(act.type(), act.n()));
                case close -> generator.closeAndReturn();
            };
        }
        return switch (act.op()) {
            case next -> ((AwaitIterator<?>) target).next();
            case send -> ((AwaitIterator.Sends) target).send(act.n());
            case raise -> ((AwaitIterator.Raises) target).raise(Names.make(act.type(), act.n()));
            case close -> {
                ((AutoCloseable) target).close();
                yield null;
            }
        };
    }

    // ---- what bodies wait for

    @Override
    Awaitable<?> awaitable(Source source) {
        if (source instanceof Source.Value value) {
            return Awaitables.fromGenerator(Generator.of(new Once(value.n())));
        }
        if (source instanceof Source.Foreign foreign) {
            return () -> ForeignIterators.make(foreign.type(), foreign.n(), foreign.count(), this);
        }
        if (source instanceof Source.Nothing nothing) {
            return nothing.isNone() ? null : () -> null;
        }
        if (source instanceof Source.Slot slot) {
            AwaitIterator<?> inSlot = (AwaitIterator<?>) slots[slot.slot()];
            return () -> cast(inSlot);
        }
        if (source instanceof Source.New made) {
            return step(made.how(), (AsyncGenerator<?, ?>) objects.get(made.k()), made.n(), made.type());
        }
        if (source instanceof Source.Guarded guarded) {
            return (Coroutine<?>) objects.get(guarded.k());
        }
        boolean direct = source instanceof Source.Direct;
        Object target = objects.get(direct ? ((Source.Direct) source).k() : ((Source.Iterator) source).k());
        if (target instanceof Generator<?, ?, ?> generator) {
            return Awaitables.fromGenerator(generator);
        }
        Coroutine<?> coroutine = (Coroutine<?>) target;
        return direct ? coroutine : () -> cast(coroutine.awaitIterator());
    }

    @SuppressWarnings("unchecked")
    private static AwaitIterator<Object> cast(AwaitIterator<?> iterator) {
        return (AwaitIterator<Object>) iterator;
    }

    @Override
    Object iterable(Source source) {
        if (source instanceof Source.Nothing nothing) {
            return nothing.isNone() ? null : (Iterable<Object>) () -> (Iterator<Object>) null;
        }
        if (source instanceof Source.Direct direct && objects.get(direct.k()) instanceof Generator<?, ?, ?> generator) {
            return generator;
        }
        if (source instanceof Source.Iterator iterator
                && objects.get(iterator.k()) instanceof Generator<?, ?, ?> generator) {
            return generator;
        }
        if (source instanceof Source.Slot slot) {
            return slots[slot.slot()];
        }
        if (source instanceof Source.Direct direct) {
            return ((Coroutine<?>) objects.get(direct.k())).awaitIterator();
        }
        return awaitable(source).awaitIterator();
    }

    @Override
    @SuppressWarnings("unchecked")
    AsyncIterable<Object> items(Items items) {
        if (isNoted() && items instanceof Items.Of of) {
            note("loop" + detailed(objects.get(of.k())));
        }
        return items instanceof Items.Of of
                ? (AsyncGenerator<Object, Object>) objects.get(of.k())
                : new ForeignItems((Items.Foreign) items, this);
    }

    @Override
    @SuppressWarnings("unchecked")
    AsyncContextManager<Object> manager(Manager manager) {
        if (manager instanceof Manager.Foreign foreign) {
            return new ForeignManager(foreign, this::log);
        }
        if (manager instanceof Manager.Generator generator) {
            return AsyncContextManager.of((AsyncGenerator<Object, Object>) objects.get(generator.k()));
        }
        AsyncContextManager<?> aclosing =
                Contexts.aclosing((AsyncGenerator<?, ?>) objects.get(((Manager.Aclosing) manager).k()));
        return (AsyncContextManager<Object>) aclosing;
    }

    @Override
    void awaits(Program.Kind body, Source source) {
        if (source instanceof Source.Slot slot) {
            begun.add(slots[slot.slot()]);
        }
        if (!isNoted()) {
            return;
        }
        Object target = null;
        if (source instanceof Source.Direct direct) {
            target = objects.get(direct.k());
        } else if (source instanceof Source.Iterator iterator) {
            target = objects.get(iterator.k());
        } else if (source instanceof Source.New made) {
            target = objects.get(made.k());
        }
        String how = source instanceof Source.New made
                ? made.how().name()
                : source instanceof Source.Foreign foreign
                        ? foreign.type()
                        : source.getClass().getSimpleName();
        note("await " + letter(body) + " " + how
                + (target == null ? "" : " " + kind(target) + " " + described(target)));
    }

    // ---- states

    @Override
    String states() {
        return objects.stream().map(this::described).collect(Collectors.joining(" "));
    }

    private String described(Object object) {
        return state(object) + delegate(object);
    }

    /** A state, with what is delegated to, and whether another object delegates here. */
    private String detailed(Object object) {
        Object sub = delegateOf(object);
        int k = objects.indexOf(sub);
        String to = sub == null
                ? ""
                : k < 0
                        ? ">" + sub.getClass().getSimpleName()
                        : ">" + kind(sub) + ":" + described(sub).charAt(0);
        boolean isInner = objects.stream().anyMatch(outer -> delegateOf(outer) == object);
        return " " + state(object) + to + (isInner ? " inner" : "");
    }

    private static char letter(Program.Kind kind) {
        return Character.toLowerCase(kind.name().charAt(0));
    }

    private static char kind(Object object) {
        return object instanceof Generator ? 'g' : object instanceof Coroutine ? 'c' : 'a';
    }

    private static String state(Object object) {
        String name;
        if (object instanceof Coroutine<?> coroutine) {
            name = coroutine.state().name();
        } else if (object instanceof Generator<?, ?, ?> generator) {
            name = generator.state().name();
        } else {
            AsyncGenerator<?, ?> generator = (AsyncGenerator<?, ?>) object;
            name = generator.state().name();
            name = name.equals("RUNNING") && generator.isSuspended() ? "AWAITING" : name;
        }
        return name.equals("CLOSED") ? "X" : name.substring(0, 1);
    }

    private static Object delegateOf(Object object) {
        return object instanceof Coroutine<?> coroutine
                ? coroutine.awaiting()
                : object instanceof Generator<?, ?, ?> generator
                        ? generator.yieldingFrom()
                        : ((AsyncGenerator<?, ?>) object).awaiting();
    }

    private String delegate(Object object) {
        Object sub = delegateOf(object);
        if (sub == null) {
            return "";
        }
        int k = objects.indexOf(sub);
        return k < 0 ? "?" : String.valueOf(k);
    }
}
