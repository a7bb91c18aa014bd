package io.corobridge.machine;

import io.corobridge.RuntimeWarning;
import io.corobridge.platform.Collected;
import io.corobridge.platform.Probe;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds coroutines that nobody awaited (A34, D23), and remembers where they were made (A36).
 *
 * <p>The first costs a weak reference for each coroutine and each step, so it is on only where assertions are, or when
 * {@code -Dcorobridge.neverAwaited=true} says so.
 */
public final class Tracker {
    private static final boolean ON = isOn(System.getProperty("corobridge.neverAwaited"));

    /** Whether anybody wants to know of bodies that are made: all that making one looks at when nobody does. */
    private static volatile boolean watched;

    private static volatile int originDepth;
    private static volatile @Nullable Consumer<? super RuntimeWarning> hook;

    static {
        if (Boolean.getBoolean("corobridge.track")) {
            listLive(true);
            // Makes itself known to the Flight Recorder when it is initialized; this package is blind to it.
            Probe.hasClass("io.corobridge.sight.CoroutineEvents");
        }
    }

    private Tracker() {}

    private static boolean isOn(@Nullable String property) {
        return property != null ? Boolean.parseBoolean(property) : Tracker.class.desiredAssertionStatus();
    }

    /** A coroutine was made. */
    static void made(CoroutineObject<?> coroutine, Machine machine) {
        if (watched) {
            int depth = originDepth;
            if (depth > 0) {
                machine.leftovers().origin = callers(depth);
            }
            Live.made(machine);
            Tracing.made(machine);
        }
        if (ON) {
            Collected.watch(coroutine, () -> dropped(machine));
        }
    }

    /** A generator or async generator was made. */
    static void made(Machine machine) {
        if (watched) {
            Live.made(machine);
            Tracing.made(machine);
        }
    }

    /**
     * A step of an async generator was made.
     *
     * @return to be told that it was begun; null when it does not matter
     */
    static @Nullable Runnable made(AsyncGeneratorStep<?> step, String method, Machine machine) {
        if (!ON) {
            return null;
        }
        AtomicBoolean begun = new AtomicBoolean();
        String message = "coroutine method '" + method + "' of '" + machine.name() + "' was never awaited";
        Runnable watch = Collected.watch(step, () -> {
            if (!begun.getAndSet(true)) {
                report(message, null);
            }
        });
        return () -> {
            begun.set(true);
            watch.run();
        };
    }

    private static void dropped(Machine machine) {
        if (machine.state == Machine.CREATED) {
            report("coroutine '" + machine.name() + "' was never awaited", machine.origin());
        }
    }

    private static void report(String message, @Nullable List<StackTraceElement> origin) {
        RuntimeWarning warning = new RuntimeWarning(message, origin);
        Consumer<? super RuntimeWarning> receiver = hook;
        if (receiver == null) {
            Unraisable.warn(warning);
            return;
        }
        try {
            receiver.accept(warning);
        } catch (Throwable e) {
            Unraisable.report("reporting: " + message, e);
        }
    }

    /** The calls that led here, from the first that is not the library's own. */
    private static List<StackTraceElement> callers(int depth) {
        // Android has no StackWalker.
        StackTraceElement[] stack = new Throwable().getStackTrace();
        int from = 0;
        while (from < stack.length && Positions.isLibrary(stack[from].getClassName())) {
            from++;
        }
        return List.of(Arrays.copyOfRange(stack, from, (int) Math.min(stack.length, (long) from + depth)));
    }

    /**
     * How many calls are remembered.
     *
     * @return 0 when none are
     */
    public static int originDepth() {
        return originDepth;
    }

    /**
     * Says how many calls are remembered from now on.
     *
     * @param depth 0 for none
     */
    public static void originDepth(int depth) {
        originDepth = depth;
        watch();
    }

    static synchronized void watch() {
        watched = originDepth > 0 || Live.isKept() || Tracing.isOn();
    }

    /**
     * Says whether the bodies that are made from now on are listed.
     *
     * @param on false forgets those that are
     */
    public static void listLive(boolean on) {
        Live.keep(on);
        watch();
    }

    /**
     * Whether bodies are listed.
     *
     * @return true for those that are made now
     */
    public static boolean listsLive() {
        return Live.isKept();
    }

    /**
     * Something drives a body from now on.
     *
     * @param body what it drives
     * @param driver has the name for it
     */
    public static void drives(Steppable body, NamedDriver driver) {
        Leftovers left = watched && body instanceof Link link ? link.machine().knownLeftovers() : null;
        Live live = left == null ? null : left.live();
        if (live != null) {
            live.drivenBy(driver);
        }
    }

    /**
     * Says who is told of what was never awaited.
     *
     * @param receiver null for the system logger
     */
    public static void hook(@Nullable Consumer<? super RuntimeWarning> receiver) {
        hook = receiver;
    }

    /**
     * Whether what is never awaited is found.
     *
     * @return whether assertions or the property turned it on
     */
    public static boolean isOn() {
        return ON;
    }
}
