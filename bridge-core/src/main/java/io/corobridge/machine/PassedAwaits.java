package io.corobridge.machine;

import io.corobridge.AwaitTrace;
import io.corobridge.CancelledError;
import io.corobridge.GeneratorExit;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the places of the awaits that an exception passes, for {@link AwaitTrace}. Confined to the thread that steps. */
final class PassedAwaits {
    private static final boolean ON = !"false".equals(System.getProperty("corobridge.awaitTrace"));
    private static final int MOST = 64;

    private final Throwable error;
    private final List<StackTraceElement> places = new ArrayList<>();
    private int more;

    private PassedAwaits(Throwable error) {
        this.error = error;
    }

    /**
     * An exception is about to be raised at the place where a body is suspended.
     *
     * @param known what was collected before, perhaps for another exception
     * @return what is to be passed the next time; null for nothing
     */
    static @Nullable PassedAwaits note(@Nullable PassedAwaits known, @Nullable Throwable error, Machine machine) {
        if (!ON || error == null || isSignal(error)) {
            return null;
        }
        PassedAwaits passed = known != null && known.error == error ? known : new PassedAwaits(error);
        if (passed.places.size() == MOST) {
            passed.more++;
            return passed;
        }
        StackTraceElement place = machine.position();
        if (place != null) {
            passed.places.add(place);
        }
        return passed;
    }

    /** The exception leaves the outermost body. */
    static void attach(@Nullable PassedAwaits passed, @Nullable Throwable error) {
        if (passed == null || passed.error != error || passed.places.isEmpty()) {
            return;
        }
        for (Throwable suppressed : error.getSuppressed()) {
            if (suppressed instanceof AwaitTrace) {
                return;
            }
        }
        error.addSuppressed(new AwaitTrace(passed.places, passed.more));
    }

    private static boolean isSignal(Throwable error) {
        return error instanceof StopIteration
                || error instanceof StopAsyncIteration
                || error instanceof GeneratorExit
                || error instanceof CancelledError;
    }
}
