package io.corobridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.OnThread;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt of the stepping thread that comes while it gives the turn to the thread of a body. */
@Timeout(120)
class HandoffInterruptTest {
    private static final int ROUNDS = 2_000;

    private final AtomicInteger round = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);

    private String waits() {
        try {
            return never.await(60, TimeUnit.SECONDS) + ", not interrupted";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    @Test
    void reachesTheBody() throws Exception {
        Generator<Object, Object, Object> generator =
                Generator.of(OnThread.<Generator.Body<Object, Object, Object>>body(Generator.Body.class, co -> {
                    while (true) {
                        co.yield(waits());
                    }
                }));
        Thread stepper = Thread.currentThread();
        Thread interrupter = new Thread(() -> interrupt(stepper));
        interrupter.start();
        for (int i = 1; i <= ROUNDS; i++) {
            round.set(i);
            assertThat(generator.next()).as("round %d", i).isEqualTo("interrupted");
            assertThat(Thread.interrupted()).as("round %d", i).isFalse();
        }
        interrupter.join();
        generator.close();
    }

    /** Once in each round. */
    private void interrupt(Thread stepper) {
        Random random = new Random(3);
        for (int i = 1; i <= ROUNDS; i++) {
            while (round.get() < i) {
                Thread.onSpinWait();
            }
            for (int ahead = random.nextInt(2_000); ahead > 0; ahead--) {
                Thread.onSpinWait();
            }
            stepper.interrupt();
        }
    }
}
