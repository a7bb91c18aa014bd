package io.corobridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another test may have left millions of objects, whose actions come first. */
@Timeout(300)
class CollectedTest {
    @Test
    void theActionRunsOnceTheObjectIsCollectedAndOneThatFailsHoldsUpNoOther() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        Collected.watch(new Object(), () -> {
            failed.countDown();
            throw new IllegalStateException("on purpose");
        });
        awaitCollection(failed);
        Collected.watch(new Object(), ran::countDown);
        awaitCollection(ran);
    }

    @Test
    void anActionThatWasRunByHandDoesNotRunAgain() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch later = new CountDownLatch(1);
        Runnable watch = Collected.watch(new Object(), runs::incrementAndGet);
        watch.run();
        watch.run();
        Collected.watch(new Object(), later::countDown);
        awaitCollection(later);
        assertThat(runs).hasValue(1);
    }

    private static void awaitCollection(CountDownLatch latch) throws InterruptedException {
        do {
            System.gc();
        } while (!latch.await(50, TimeUnit.MILLISECONDS));
    }
}
