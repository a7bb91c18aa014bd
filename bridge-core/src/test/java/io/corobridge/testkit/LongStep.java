package io.corobridge.testkit;

import java.util.concurrent.CountDownLatch;

/** A step of a body that goes on, on a thread of its own, until a test has done something meanwhile. */
public final class LongStep {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    /** For the body: returns when what the test does meanwhile is done. */
    public void stand() throws InterruptedException {
        begun.countDown();
        over.await();
    }

    /** Has another thread do what the step is a part of, and returns when that has ended. */
    public void run(Runnable whole, Runnable meanwhile) throws InterruptedException {
        Thread thread = new Thread(whole);
        thread.start();
        begun.await();
        try {
            meanwhile.run();
        } finally {
            over.countDown();
        }
        thread.join();
    }
}
