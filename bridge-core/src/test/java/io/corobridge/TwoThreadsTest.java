package io.corobridge;

import static io.corobridge.ProtocolSupport.NET_SECONDS;
import static io.corobridge.ProtocolSupport.onAnotherThread;
import static io.corobridge.ProtocolSupport.started;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps from two threads at once, on one chain of coroutines or on one async generator: the second is refused. */
@Tag("A42")
class TwoThreadsTest {
    private static final String EXECUTING = "ValueError: coroutine already executing";
    private static final String BUSY = "RuntimeError: anext(): asynchronous generator is already running";
    private static final int ROUNDS = 2_000;

    /** As many as show what they are for; on threads a round takes fifty times as long. */
    private static final int MORE_ROUNDS = "handoff".equals(System.getProperty("corobridge.engine")) ? ROUNDS : 10_000;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    private final Coroutine<Object> inner = Coroutine.of("inner", co -> {
        co.await(y("first"));
        entered.countDown();
        assertThat(go.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();
        return co.await(y("unharmed"));
    });
    private final Coroutine<Object> middle = telling("middle", inner);
    private final Coroutine<Object> outer = telling("outer", middle);

    /** Awaits, and results in the exception that is raised there, if it is a ValueError. */
    private static Coroutine<Object> telling(String name, Awaitable<Object> awaited) {
        return Coroutine.of(name, co -> {
            try {
                return co.await(awaited);
            } catch (ValueError e) {
                return name + ": " + e.getMessage();
            }
        });
    }

    private Coroutine<Object> named(String name) {
        return List.of(outer, middle, inner).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Has another thread step one of the chain, until it is inside the inner body. */
    private FutureTask<String> insideOf(String stepped) throws InterruptedException {
        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'first'");
        FutureTask<String> step = started(() -> named(stepped).send(null));
        assertThat(entered.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();
        return step;
    }

    private void letFinish(String stepped, FutureTask<String> step) throws Exception {
        go.countDown();
        assertThat(step.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("-> 'unharmed'");
        assertThat(t(() -> named(stepped).send("v"))).isEqualTo("StopIteration: v");
    }

    @ParameterizedTest(name = "{1} while {0} is stepped")
    @CsvSource({"outer,outer", "outer,middle", "outer,inner", "middle,middle", "middle,inner", "inner,inner"})
    void everyStepIsRefusedOnWhatIsSteppedAndOnWhatItAwaits(String stepped, String other) throws Exception {
        FutureTask<String> step = insideOf(stepped);
        Coroutine<Object> refuses = named(other);
        assertThat(onAnotherThread(() -> refuses.send(null))).isEqualTo(EXECUTING);
        assertThat(onAnotherThread(() -> refuses.send("x"))).isEqualTo(EXECUTING);
        assertThat(onAnotherThread(() -> refuses.raise(new ValueError("mine")))).isEqualTo(EXECUTING);
        assertThat(onAnotherThread(refuses::closeAndReturn)).isEqualTo(EXECUTING);
        letFinish(stepped, step);
    }

    @ParameterizedTest(name = "{1} while {0} is stepped")
    @CsvSource({"middle,outer,outer", "inner,middle,middle", "inner,outer,middle"})
    void stepOnAnOuterIsRefusedAtTheAwaitOfWhatIsStepped(String stepped, String other, String refused)
            throws Exception {
        FutureTask<String> step = insideOf(stepped);
        assertThat(onAnotherThread(() -> named(other).send(null)))
                .isEqualTo("StopIteration: " + refused + ": coroutine already executing");
        letFinish(stepped, step);
    }

    @ParameterizedTest(name = "{1} while {0} is stepped")
    @CsvSource({"middle,outer", "inner,middle", "inner,outer"})
    void closeOfAnOuterEndsItAndLeavesWhatIsStepped(String stepped, String other) throws Exception {
        FutureTask<String> step = insideOf(stepped);
        assertThat(onAnotherThread(() -> {
                    named(other).close();
                    return named(other).state();
                }))
                .isEqualTo("-> CLOSED");
        letFinish(stepped, step);
    }

    /** Yields its numbers, and awaits before each. */
    private static AsyncGenerator<Object, Object> counting() {
        return AsyncGenerator.of(co -> {
            for (int i = 0; ; i++) {
                co.await(y("io"));
                co.yield(i);
            }
        });
    }

    @Test
    @Tag("D07")
    void ofTwoStepsOfAnAsyncGeneratorThatBeginAtOnceOneWinsAndTheNextGoesOn() throws Exception {
        AsyncGenerator<Object, Object> generator = counting();
        for (int round = 0; round < ROUNDS; round++) {
            AwaitIterator<Object> one = generator.asend(null).awaitIterator();
            AwaitIterator<Object> two = generator.anext().awaitIterator();
            CyclicBarrier together = new CyclicBarrier(2);
            FutureTask<String> first = started(() -> {
                together.await();
                return one.next();
            });
            FutureTask<String> second = started(() -> {
                together.await();
                return two.next();
            });
            String outcome = first.get(NET_SECONDS, TimeUnit.SECONDS);
            assertThat(List.of(outcome, second.get(NET_SECONDS, TimeUnit.SECONDS)))
                    .as("round %d", round)
                    .containsExactlyInAnyOrder("-> 'io'", BUSY);
            assertThat(generator.isRunning()).isTrue();
            AwaitIterator<Object> winner = outcome.equals(BUSY) ? two : one;
            assertThat(t(winner::next)).isEqualTo("StopIteration: " + round);
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    @Tag("D07")
    void stepThatMeetsTheEndOfTheOneBeforeIsTakenOrRefusedAndTheNextGoesOn(boolean awaited) throws Exception {
        AsyncGenerator<Object, Object> generator = counting();
        int taken = 0;
        for (int round = 0; round < MORE_ROUNDS; round++) {
            AwaitIterator<Object> before = generator.anext().awaitIterator();
            assertThat(t(before::next)).isEqualTo("-> 'io'");
            FutureTask<String> ends = started(before::next);
            while (generator.isRunning()) {
                Thread.onSpinWait();
            }
            Awaitable<Object> step = generator.anext();
            AwaitIterator<Object> next =
                    awaited ? Coroutine.of(co -> co.await(step)).awaitIterator() : step.awaitIterator();
            String outcome = t(next::next);
            assertThat(ends.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("StopIteration: " + taken++);
            assertThat(outcome).as("round %d", round).isIn("-> 'io'", BUSY);
            if (!outcome.equals(BUSY)) {
                assertThat(t(next::next)).isEqualTo("StopIteration: " + taken++);
            }
            assertThat(generator.isRunning()).as("round %d", round).isFalse();
        }
    }
}
