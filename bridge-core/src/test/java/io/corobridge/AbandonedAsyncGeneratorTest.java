package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AbandonedAsyncGeneratorTest {
    @Test
    void isNotAbandonedWhenOnlyItsFirstStepIsDropped() throws InterruptedException {
        AsyncGenerator<Integer, Integer> numbers = AsyncGenerator.of(co -> {
            for (int i = 0; i < 3; i++) {
                co.yield(i);
            }
        });
        assertThat(step(numbers)).isEqualTo(0);
        collectGarbage();
        assertThat(step(numbers)).isEqualTo(1);
        collectGarbage();
        assertThat(step(numbers)).isEqualTo(2);
        assertThat(numbers.state()).isEqualTo(AsyncGeneratorState.SUSPENDED);
        Reference.reachabilityFence(numbers);
    }

    private static @Nullable Object step(AsyncGenerator<Integer, Integer> numbers) {
        try (Coroutine<Integer> step = Coroutine.of(co -> co.await(numbers.anext()))) {
            step.send(null);
            throw new AssertionError("the step has waited");
        } catch (StopIteration end) {
            return end.value();
        }
    }

    /** Returns when garbage made before was collected and found by those who watch for it. */
    private static void collectGarbage() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            ReferenceQueue<Object> collected = new ReferenceQueue<>();
            Reference<Object> garbage = new PhantomReference<>(new Object(), collected);
            while (collected.remove(10) == null) {
                System.gc();
            }
            Reference.reachabilityFence(garbage);
        }
    }
}
