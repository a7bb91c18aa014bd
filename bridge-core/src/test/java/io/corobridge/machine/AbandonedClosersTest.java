package io.corobridge.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The threads that close what was dropped, when no further thread is to be had. */
class AbandonedClosersTest {
    @Test
    void whatWasDroppedIsClosedAlthoughThereAreNoFurtherThreads() throws InterruptedException {
        AtomicBoolean exhausted = new AtomicBoolean();
        ThreadFactory threads = work -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work);
        };
        ThreadPoolExecutor closers = Abandoned.closers(threads);
        exhausted.set(true);
        try {
            CountDownLatch closed = new CountDownLatch(3);
            for (int i = 0; i < 3; i++) {
                Abandoned.submit(closers, closed::countDown);
            }
            assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            closers.shutdownNow();
        }
    }
}
