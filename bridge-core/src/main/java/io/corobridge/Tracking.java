package io.corobridge;

import io.corobridge.machine.Tracker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds coroutines that were made and never awaited, and remembers where coroutines were made.
 *
 * <p>{@code coroutine 'f' was never awaited} is told after garbage collection, on a thread of its own, to the system logger
 * {@code io.corobridge} or to a hook. It is looked for where assertions are enabled for this library, and
 * {@code -Dcorobridge.neverAwaited=true} or {@code false} overrides that; what it costs stands in {@code docs/protocol.md}.
 */
public final class Tracking {
    private Tracking() {}

    /**
     * Python's {@code sys.set_coroutine_origin_tracking_depth}: how many calls {@link Coroutine#origin()} has. For all threads.
     *
     * @param depth 0, the default, for none
     * @throws ValueError when it is negative
     */
    public static void setOriginDepth(int depth) {
        if (depth < 0) {
            throw new ValueError("depth must be >= 0");
        }
        Tracker.originDepth(depth);
    }

    /**
     * Python's {@code sys.get_coroutine_origin_tracking_depth}.
     *
     * @return how many calls {@link Coroutine#origin()} has
     */
    public static int originDepth() {
        return Tracker.originDepth();
    }

    /**
     * Says who is told of what was never awaited: a test may collect the warnings and fail, for example.
     *
     * @param hook called on a thread of the library; what it raises is logged. Null for the system logger
     */
    public static void onNeverAwaited(@Nullable Consumer<? super RuntimeWarning> hook) {
        Tracker.hook(hook);
    }

    /**
     * Whether what is never awaited is found here.
     *
     * @return whether assertions or the property turned it on
     */
    public static boolean findsNeverAwaited() {
        return Tracker.isOn();
    }
}
