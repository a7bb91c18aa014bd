package io.corobridge.model;

import org.jetbrains.lincheck.Lincheck;

/**
 * Runs threads in one order of their reads and writes after the other, as Lincheck's model checker does, up to a bound. What fails is
 * reported with the order in which it does.
 */
final class Interleavings {
    private static final int BOUND = 200;

    private Interleavings() {}

    /** The scenario makes everything anew; what it throws is a failure. */
    static void of(Runnable scenario) {
        Lincheck.runConcurrentTest(BOUND, scenario);
    }

    /** Starts them all and waits for their ends. */
    static void together(Runnable... actions) {
        Thread[] threads = new Thread[actions.length];
        for (int i = 0; i < actions.length; i++) {
            threads[i] = new Thread(actions[i]);
            threads[i].start();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** AssertJ would be explored as well. */
    static void check(boolean holds, String what, Object seen) {
        if (!holds) {
            throw new AssertionError(what + ": " + seen);
        }
    }
}
