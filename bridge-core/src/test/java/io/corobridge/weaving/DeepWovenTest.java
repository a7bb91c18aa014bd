package io.corobridge.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.StopIteration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A chain of a million woven coroutines, each awaiting the next, needs no stack and is stepped directly. */
class DeepWovenTest {
    private static final int MILLION = 1_000_000;
    private static final int SMALL_STACK = 256 * 1024;

    private static final String SOURCE = """
            import io.corobridge.*;
            import java.util.List;

            public class Deep {
                static Awaitable<Object> asks(Object value) {
                    boolean[] asked = new boolean[1];
                    return () -> () -> {
                        if (asked[0]) {
                            throw new StopIteration(null);
                        }
                        asked[0] = true;
                        return value;
                    };
                }

                static Object counts(Co co, int times) {
                    for (int i = 0; i < times; i++) {
                        co.await(asks(i));
                    }
                    return "counted";
                }

                public static Coroutine<Object> chain(int depth, int times, List<Object> left) {
                    Coroutine<Object> outermost = Coroutine.of(co -> counts(co, times));
                    for (int i = 1; i < depth; i++) {
                        outermost = awaiting(outermost, left);
                    }
                    return outermost;
                }

                static Coroutine<Object> awaiting(Coroutine<Object> inner, List<Object> left) {
                    return Coroutine.of(co -> {
                        try {
                            return co.await(inner);
                        } finally {
                            left.add(inner);
                        }
                    });
                }
            }
            """;

    private final WovenSource classes = WovenSource.woven("Deep", SOURCE);
    private final List<Object> left = new ArrayList<>();

    @Test
    void isSteppedAndFinishes() throws Exception {
        int steps = 100_000;
        onSmallStack(() -> {
            Coroutine<?> outermost = chain(steps);
            // Each would take milliseconds if it walked the chain.
            for (int i = 0; i < steps; i++) {
                if (!Integer.valueOf(i).equals(outermost.send(null))) {
                    throw new AssertionError("at " + i);
                }
            }
            assertThat(catchThrowable(() -> outermost.send(null)))
                    .isInstanceOfSatisfying(
                            StopIteration.class,
                            stop -> assertThat(stop.value()).isEqualTo("counted"));
            assertThat(left).hasSize(MILLION - 1);
            return null;
        });
    }

    @Test
    void isLeftByWhatIsRaised() throws Exception {
        onSmallStack(() -> {
            Coroutine<?> outermost = chain(1);
            outermost.send(null);
            IllegalStateException error = new IllegalStateException("deep");
            assertThat(catchThrowable(() -> outermost.raise(error))).isSameAs(error);
            assertThat(left).hasSize(MILLION - 1);
            return null;
        });
    }

    @Test
    void isClosed() throws Exception {
        onSmallStack(() -> {
            Coroutine<?> outermost = chain(1);
            outermost.send(null);
            outermost.close();
            assertThat(outermost.state()).isEqualTo(CoroutineState.CLOSED);
            assertThat(left).hasSize(MILLION - 1);
            return null;
        });
    }

    private Coroutine<?> chain(int times) throws Exception {
        return (Coroutine<?>) classes.loadClass("Deep")
                .getMethod("chain", int.class, int.class, List.class)
                .invoke(null, MILLION, times, left);
    }

    private static void onSmallStack(Callable<Void> test) throws Exception {
        FutureTask<Void> task = new FutureTask<>(test);
        new Thread(null, task, "small-stack", SMALL_STACK).start();
        task.get();
    }
}
