package io.corobridge.testkit;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** Whether what runs that are over have used can be reached still. */
public final class Leaks {
    private Leaks() {}

    /** Ends when everything is collected; the time-out of the test is for a leak. The last run's may still be on a stack. */
    public static void assertCollected(List<WeakReference<Object>> references) throws InterruptedException {
        List<WeakReference<Object>> left = new ArrayList<>(references);
        Garbage.collectUntil(() -> {
            left.removeIf(reference -> reference.get() == null);
            return left.size() <= 10;
        });
    }
}
