package io.corobridge.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.testkit.Garbage;
import java.util.concurrent.CountDownLatch;
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
        Garbage.collectUntil(failed);
        Collected.watch(new Object(), ran::countDown);
        Garbage.collectUntil(ran);
    }

    @Test
    void anActionThatWasRunByHandDoesNotRunAgain() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch later = new CountDownLatch(1);
        Runnable watch = Collected.watch(new Object(), runs::incrementAndGet);
        watch.run();
        watch.run();
        Collected.watch(new Object(), later::countDown);
        Garbage.collectUntil(later);
        assertThat(runs).hasValue(1);
    }
}
