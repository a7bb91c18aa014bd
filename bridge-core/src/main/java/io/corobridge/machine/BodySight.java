package io.corobridge.machine;

import io.corobridge.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of one body that has not ended while it may be stepped meanwhile: each part was true at some moment of the look.
 *
 * <p>Looking takes no lock, waits for nobody and calls nothing that is not the library's.
 */
public final class BodySight {
    private final Machine machine;

    /** Its place in the list, if it is there. */
    private final @Nullable Live live;

    private final boolean executing;
    private final Machine.State state;
    private final @Nullable Object delegate;
    private final @Nullable StackTraceElement place;
    private boolean running;

    /** The body that delegates to this one. */
    private @Nullable BodySight delegator;

    /** The bodies that this one waits for, those first that it delegates to. */
    private final List<BodySight> awaited = new ArrayList<>(1);

    /** The bodies of the tasks in its groups. */
    private final List<BodySight> children = new ArrayList<>(0);

    private BodySight(Machine machine, @Nullable Live live) {
        this.machine = machine;
        this.live = live;
        this.executing = machine.isExecuting();
        this.state = machine.ownState();
        this.delegate = executing ? null : machine.sub;
        this.place = executing ? null : placeOf(machine);
    }

    /**
     * Looks at all bodies that are listed, and at those that they delegate to.
     *
     * @return oldest first, and then those that are not listed
     */
    public static List<BodySight> all() {
        Map<Machine, BodySight> known = new IdentityHashMap<>();
        List<BodySight> seen = new ArrayList<>();
        Deque<BodySight> open = new ArrayDeque<>();
        for (Live live : Live.all()) {
            Machine machine = live.get();
            if (machine != null && !machine.isClosed()) {
                BodySight sight = new BodySight(machine, live);
                known.put(machine, sight);
                seen.add(sight);
                open.add(sight);
            }
        }
        while (!open.isEmpty()) {
            BodySight sight = open.remove();
            for (Machine next : machinesOf(sight.delegate)) {
                BodySight awaited = known.get(next);
                if (awaited == null) {
                    awaited = new BodySight(next, liveOf(next));
                    known.put(next, awaited);
                    seen.add(awaited);
                    open.add(awaited);
                }
                sight.awaited.add(awaited);
                if (sight.delegate instanceof Link) {
                    awaited.delegator = sight;
                }
            }
        }
        for (BodySight sight : seen) {
            BodySight parent = sight.parentIn(known);
            if (parent != null) {
                parent.children.add(sight);
            }
            if (sight.executing) {
                sight.markRunning();
            }
        }
        return seen;
    }

    private static @Nullable Live liveOf(Machine machine) {
        Leftovers left = machine.knownLeftovers();
        return left == null ? null : left.live();
    }

    private @Nullable BodySight parentIn(Map<Machine, BodySight> known) {
        NamedDriver driver = driver();
        return driver != null && driver.parent() instanceof Link link ? known.get(link.machine()) : null;
    }

    private @Nullable NamedDriver driver() {
        return live == null ? null : live.driver();
    }

    /** With those that wait for its execution (C11). */
    private void markRunning() {
        BodySight next = this;
        while (next != null && !next.running) {
            next.running = true;
            next = next.delegator;
        }
    }

    /** The bodies behind what is awaited that have not ended. */
    private static List<Machine> machinesOf(@Nullable Object awaited) {
        List<?> bodies = awaited instanceof StandsForBodies several
                ? several.bodies()
                : awaited == null ? List.of() : List.of(awaited);
        List<Machine> machines = new ArrayList<>(bodies.size());
        for (Object body : bodies) {
            if (body instanceof Link link && !link.isOver()) {
                machines.add(link.machine());
            }
        }
        return machines;
    }

    /** Frames that are being moved while they are looked at may not make sense. */
    private static @Nullable StackTraceElement placeOf(Machine machine) {
        try {
            StackTraceElement place = machine.position();
            return place == null || Positions.isLibrary(place.getClassName()) ? null : place;
        } catch (RuntimeException moved) {
            return null;
        }
    }

    /**
     * A number for the body.
     *
     * @return from 1, in the order in which they were made; 0 when the body is not listed, since it was made before
     */
    public long id() {
        return live == null ? 0 : live.id;
    }

    /**
     * How long ago it was made.
     *
     * @return nanoseconds, or -1 when it is not listed
     */
    public long age() {
        return live == null ? -1 : live.age();
    }

    /**
     * The name of the task that drives it.
     *
     * @return the name, or null when no task does
     */
    public @Nullable String task() {
        NamedDriver driver = driver();
        return driver == null ? null : driver.driverName();
    }

    /**
     * The class it was written in, and its name.
     *
     * @return for example {@code Orders.fetch}
     */
    public String qualifiedName() {
        return Positions.qualifiedName(machine);
    }

    /**
     * What it is.
     *
     * @return the kind of body
     */
    public Kind kind() {
        return machine.kind();
    }

    /**
     * Its state. An async generator is suspended while a step of it waits for something.
     *
     * @return the name of the state
     */
    public String state() {
        return running ? Machine.State.RUNNING.name() : state.name();
    }

    /**
     * Where it is suspended.
     *
     * @return null while it executes
     */
    public @Nullable StackTraceElement place() {
        return place;
    }

    /**
     * The bodies that it waits for.
     *
     * @return empty when it waits for something else, or for nothing
     */
    public List<BodySight> awaited() {
        return awaited;
    }

    /**
     * The bodies that do not outlive it, whether it waits for them already or not: of the tasks in its groups.
     *
     * @return oldest first
     */
    public List<BodySight> children() {
        return children;
    }

    /**
     * What it waits for, unless that is a body of its own.
     *
     * @return a {@link Pending} or an iterator that is not the library's; null when it waits for neither
     */
    public @Nullable Object waitsFor() {
        return delegate instanceof Link ? null : delegate;
    }
}
