package io.corobridge.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody who is told what bodies do: those that are made while this is registered, and that he has chosen by their names. */
public abstract class Tracing {
    private static final List<Tracing> REGISTERED = new CopyOnWriteArrayList<>();

    private final Predicate<? super String> names;

    /** Written by whoever registers, read by all that step. */
    private volatile boolean registered;

    /**
     * Makes one that is not registered.
     *
     * @param names chooses bodies by their qualified names
     */
    protected Tracing(Predicate<? super String> names) {
        this.names = Objects.requireNonNull(names, "names");
    }

    /** Bodies that are made from now on are told. */
    public final void register() {
        registered = true;
        REGISTERED.add(this);
        Tracker.watch();
    }

    /** Nothing is told any more. */
    public final void unregister() {
        registered = false;
        REGISTERED.remove(this);
        Tracker.watch();
    }

    static boolean isOn() {
        return !REGISTERED.isEmpty();
    }

    static void made(Machine machine) {
        List<Tracing> interested = new ArrayList<>(1);
        for (Tracing tracing : REGISTERED) {
            if (tracing.chooses(machine)) {
                interested.add(tracing);
            }
        }
        if (!interested.isEmpty()) {
            Onlookers onlookers = machine.leftovers().onlookers();
            long id = onlookers.live == null ? Live.nextId() : onlookers.live.id;
            onlookers.trace = new BodyTrace(machine, id, interested);
        }
    }

    private boolean chooses(Machine machine) {
        try {
            return names.test(Positions.qualifiedName(machine));
        } catch (RuntimeException e) {
            Unraisable.report("choosing what is traced", e);
            return false;
        }
    }

    final void tell(BodyTrace body, BodyAction action, @Nullable Object value) {
        if (!registered) {
            return;
        }
        try {
            did(body, action, value);
        } catch (Throwable e) {
            Unraisable.report("tracing " + body.kind().words() + " '" + body.name() + "'", e);
        }
    }

    /**
     * A body has done something, or something was done to it.
     *
     * @param body the body
     * @param action what
     * @param value what came with it; the thing awaited for {@link BodyAction#AWAIT}
     */
    protected abstract void did(BodyTrace body, BodyAction action, @Nullable Object value);
}
