package io.corobridge.machine;

import io.corobridge.RuntimeWarning;
import java.lang.ref.Cleaner;
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
    private static final StackWalker WALKER = StackWalker.getInstance();

    private static volatile int originDepth;
    private static volatile @Nullable Consumer<? super RuntimeWarning> hook;

    private Tracker() {}

    private static boolean isOn(@Nullable String property) {
        return property != null ? Boolean.parseBoolean(property) : Tracker.class.desiredAssertionStatus();
    }

    /** Threads are started only where something is tracked. */
    private static final class Watch {
        static final Cleaner CLEANER = Cleaner.create();
    }

    /** A coroutine was made. */
    static void made(CoroutineObject<?> coroutine, Machine machine) {
        int depth = originDepth;
        if (depth > 0) {
            machine.leftovers().origin = callers(depth);
        }
        if (ON) {
            Watch.CLEANER.register(coroutine, () -> dropped(machine));
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
        Cleaner.Cleanable watch = Watch.CLEANER.register(step, () -> {
            if (!begun.getAndSet(true)) {
                report(message, null);
            }
        });
        return () -> {
            begun.set(true);
            watch.clean();
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
        return WALKER.walk(frames -> frames.dropWhile(frame -> Positions.isLibrary(frame.getClassName()))
                .limit(depth)
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
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
