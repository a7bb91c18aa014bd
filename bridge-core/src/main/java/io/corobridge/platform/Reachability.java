package io.corobridge.platform;

import java.lang.ref.Reference;

/** {@link Reference#reachabilityFence}, which Android has since API 28. */
public final class Reachability {
    private static final boolean HAS_FENCE = Probe.hasMethod(Reference.class, "reachabilityFence", Object.class);

    private Reachability() {}

    /**
     * Keeps an object from being found unreachable before this call.
     *
     * @param object the object
     */
    public static void fence(Object object) {
        if (HAS_FENCE) {
            Jdk.fence(object);
            return;
        }
        // No compiler of Android takes locks away, and nobody else locks it.
        synchronized (object) {
            return;
        }
    }

    @JdkOnly
    private static final class Jdk {
        static void fence(Object object) {
            Reference.reachabilityFence(object);
        }
    }
}
