package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Woven coroutines that are dropped while suspended leave nothing behind, and their clean-up runs. */
@Timeout(300)
class AbandonedWovenTest {
    private static final String SOURCE = """
            import io.corobridge.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.concurrent.CountDownLatch;

            public class Dropped {
                static void waits(Co co) {
                    co.await(new CompletableFuture<Object>());
                }

                public static Coroutine<Object> plain(CountDownLatch unused) {
                    Object kept = new Object();
                    return Coroutine.of(co -> {
                        waits(co);
                        return kept;
                    });
                }

                public static Coroutine<Object> inTry(CountDownLatch closed) {
                    return Coroutine.of(co -> {
                        try {
                            waits(co);
                        } finally {
                            closed.countDown();
                        }
                        return null;
                    });
                }

                public static Coroutine<Object> afterTry(CountDownLatch closed) {
                    return Coroutine.of(co -> {
                        waits(co);
                        try {
                            waits(co);
                        } finally {
                            closed.countDown();
                        }
                        return null;
                    });
                }
            }
            """;

    private final WovenSource classes = WovenSource.woven("Dropped", SOURCE);

    @Test
    void aHundredThousandAreCollected() throws Exception {
        int count = 100_000;
        Method make = method("plain");
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Set<WeakReference<Object>> references = new HashSet<>();
        for (int i = 0; i < count; i++) {
            references.add(new WeakReference<>(begun(make, new CountDownLatch(1), 1), collected));
        }
        while (!references.isEmpty()) {
            System.gc();
            for (Object found = collected.remove(100); found != null; found = collected.poll()) {
                references.remove(found);
            }
        }
        assertThat(references).isEmpty();
    }

    @Test
    void thoseSuspendedInATryAreClosed() throws Exception {
        assertClosed("inTry", 1, 10_000);
    }

    @Test
    void thoseSuspendedInATryLaterAreClosed() throws Exception {
        assertClosed("afterTry", 2, 1_000);
    }

    private void assertClosed(String name, int steps, int count) throws Exception {
        CountDownLatch closed = new CountDownLatch(count);
        Method make = method(name);
        for (int i = 0; i < count; i++) {
            begun(make, closed, steps);
        }
        do {
            System.gc();
        } while (!closed.await(100, TimeUnit.MILLISECONDS));
        assertThat(closed.getCount()).isZero();
    }

    private Method method(String name) throws Exception {
        return classes.loadClass("Dropped").getMethod(name, CountDownLatch.class);
    }

    private static Coroutine<?> begun(Method make, CountDownLatch closed, int steps) throws Exception {
        Coroutine<?> coroutine = (Coroutine<?>) make.invoke(null, closed);
        for (int i = 0; i < steps; i++) {
            coroutine.send(null);
        }
        return coroutine;
    }
}
