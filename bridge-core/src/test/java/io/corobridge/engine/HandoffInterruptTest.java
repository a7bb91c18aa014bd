package io.corobridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.OnThread;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt of the stepping thread that comes while the turn goes to the thread of a body, or comes back. */
@Timeout(120)
class HandoffInterruptTest {
    private static final int ROUNDS = 2_000;

    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Thread stepper = Thread.currentThread();
    private final Thread interrupter = new Thread(this::interrupt);

    @BeforeEach
    void start() {
        interrupter.setDaemon(true);
        interrupter.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        round.set(Integer.MAX_VALUE);
        Thread.interrupted();
        while (interrupter.isAlive()) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    /** Once in each round, a little before or after the step. */
    private void interrupt() {
        Random random = new Random(3);
        for (int i = 1; i <= ROUNDS; i++) {
            while (round.get() < i) {
                Thread.onSpinWait();
            }
            for (int behind = random.nextInt(2_000); behind > 0; behind--) {
                Thread.onSpinWait();
            }
            stepper.interrupt();
            interrupted.set(i);
        }
    }

    private String waits() {
        try {
            return never.await(60, TimeUnit.SECONDS) + ", not interrupted";
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    @Test
    void reachesABodyThatWaits() {
        Generator<Object, Object, Object> generator =
                Generator.of(OnThread.<Generator.Body<Object, Object, Object>>body(Generator.Body.class, co -> {
                    while (true) {
                        co.yield(waits());
                    }
                }));
        for (int i = 1; i <= ROUNDS; i++) {
            round.set(i);
            assertThat(generator.next()).as("round %d", i).isEqualTo("interrupted");
            assertThat(Thread.interrupted()).as("round %d", i).isFalse();
        }
        generator.close();
    }

    @Test
    void reachesTheBodyOrIsLeftForWhoStepped() {
        Generator<Object, Object, Object> generator =
                Generator.of(OnThread.<Generator.Body<Object, Object, Object>>body(Generator.Body.class, co -> {
                    while (true) {
                        co.yield(Thread.interrupted());
                    }
                }));
        for (int i = 1; i <= ROUNDS; i++) {
            round.set(i);
            boolean seen = (boolean) generator.next();
            while (interrupted.get() < i) {
                Thread.onSpinWait();
            }
            assertThat(Thread.interrupted()).as("round %d", i).isEqualTo(!seen);
        }
        generator.close();
    }
}
