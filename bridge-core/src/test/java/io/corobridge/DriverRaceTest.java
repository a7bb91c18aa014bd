package io.corobridge;

import static io.corobridge.AsyncSupport.coroutine;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.DriverSupport.Recorder;
import io.corobridge.DriverSupport.Source;
import io.corobridge.drive.Driver;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An outcome and a cancel that come at the same time from two threads: the run ends once, and its clean-up runs once. */
@Timeout(120)
class DriverRaceTest {
    private static final int ROUNDS = 3_000;

    @Test
    void completeAgainstCancelEndsTheRunOnce() throws Exception {
        Random random = new Random(20240613);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                boolean fails = random.nextInt(4) == 0;
                boolean awaitsAgain = random.nextBoolean();
                int ahead = random.nextInt(200) - 100;
                Source source = new Source();
                AtomicInteger cleaned = new AtomicInteger();
                Recorder host = new Recorder();
                Driver<Object> driver = Driver.of(
                        coroutine(co -> {
                            try {
                                Object value = co.await(source);
                                return awaitsAgain ? co.await(Awaitables.create(c -> c.complete("again"))) : value;
                            } finally {
                                // A cancel that comes only now is delivered here.
                                try {
                                    co.await(Awaitables.create(c -> c.complete("flushed")));
                                } finally {
                                    cleaned.incrementAndGet();
                                }
                            }
                        }),
                        host);
                driver.start();
                Future<?> completes = threads.submit(() -> {
                    together.await();
                    spin(ahead);
                    if (fails) {
                        source.fail(new AsyncSupport.KeyError("k"));
                    } else {
                        source.complete("value");
                    }
                    return null;
                });
                Future<?> cancels = threads.submit(() -> {
                    together.await();
                    spin(-ahead);
                    driver.cancel();
                    return null;
                });
                completes.get(60, TimeUnit.SECONDS);
                cancels.get(60, TimeUnit.SECONDS);

                String returned = awaitsAgain ? "again" : "value";
                assertThat(host.told).as("round %d", round).hasSize(1);
                assertThat(host.told.get(0))
                        .isIn(
                                fails ? "raised KeyError: k" : "returned " + returned,
                                fails ? "cancelled None KeyError: k" : "cancelled " + returned + " None",
                                "cancelled None None");
                assertThat(cleaned).hasValue(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
