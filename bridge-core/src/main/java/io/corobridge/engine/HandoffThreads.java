package io.corobridge.engine;

import io.corobridge.RuntimeError;
import io.corobridge.platform.Threads;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where handoff frames get their threads: virtual ones on Java 24 and later, daemon platform threads before.
 *
 * <p>Not virtual on 21 to 23: there, a body suspended inside {@code synchronized} would pin its carrier.
 */
final class HandoffThreads {
    private static final String NAME = "corobridge-body";
    private static final int FIRST_WITHOUT_PINNING = 24;
    static final int CHANCES = 20;
    private static final long PAUSE_MILLIS = 10;
    private static final ThreadFactory FACTORY = choose();

    private HandoffThreads() {}

    static Thread start(Runnable code) {
        return start(code, FACTORY);
    }

    /**
     * Starts a thread. When there is none to be had, bodies that were dropped and not yet collected may hold some: they get a
     * garbage collection and {@value #CHANCES} pauses of {@value #PAUSE_MILLIS} ms to let go.
     */
    static Thread start(Runnable code, ThreadFactory factory) {
        for (int attempt = 0; ; attempt++) {
            try {
                Thread thread = factory.newThread(code);
                thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
                thread.start();
                return thread;
            } catch (OutOfMemoryError refused) {
                if (attempt == CHANCES) {
                    throw new RuntimeError(
                            "can't start new thread: each suspended body that is not woven holds one; close those that are not"
                                    + " needed",
                            refused);
                }
                if (attempt == 0) {
                    System.gc();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        }
    }

    private static ThreadFactory choose() {
        ThreadFactory virtual = javaVersion() >= FIRST_WITHOUT_PINNING ? virtualThreads() : null;
        return virtual != null ? virtual : Threads.daemons(NAME);
    }

    /** Android has no {@code Runtime.version()}, and calls itself 0.9 here. */
    private static double javaVersion() {
        return Double.parseDouble(System.getProperty("java.specification.version", "0"));
    }

    /** {@code Thread.ofVirtual().name(NAME).inheritInheritableThreadLocals(false).factory()}, by name: these classes also run on Java 17. */
    private static @Nullable ThreadFactory virtualThreads() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            builder = type.getMethod("name", String.class).invoke(builder, NAME);
            builder = type.getMethod("inheritInheritableThreadLocals", boolean.class)
                    .invoke(builder, false);
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
