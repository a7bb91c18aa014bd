package io.corobridge.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what a garbage collection brings about. */
public final class Garbage {
    private Garbage() {}

    /** Collects until a condition holds. It is for the time-out of the test, which interrupts this, to say that it never will. */
    public static void collectUntil(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            System.gc();
            if (Thread.interrupted()) {
                throw new InterruptedException("still not collected");
            }
            Thread.onSpinWait();
        }
    }

    /** The same for a latch that somebody else counts down. */
    public static void collectUntil(CountDownLatch done) throws InterruptedException {
        do {
            System.gc();
        } while (!done.await(20, TimeUnit.MILLISECONDS));
    }
}
