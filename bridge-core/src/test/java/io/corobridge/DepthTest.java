package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.drive.Driver;
import io.corobridge.drive.Host;
import io.corobridge.engine.Exchange;
import io.corobridge.engine.Frame;
import io.corobridge.engine.FrameBody;
import io.corobridge.engine.Frames;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Depth and repetition need no stack: every test runs on a thread with a small one. */
class DepthTest {
    private static final int MILLION = 1_000_000;
    private static final int SMALL_STACK = 256 * 1024;

    @Test
    void aChainOfAMillionIsSteppedDirectly() throws Exception {
        onSmallStack(() -> {
            Coroutine<Object> outermost = chain(MILLION);
            // Each would take milliseconds if it walked the chain.
            for (int i = 0; i < 100_000; i++) {
                if (!outermost.send(null).equals(i)) {
                    throw new AssertionError("at " + i);
                }
            }
            assertThat(outermost.send(null)).isEqualTo(100_000);
            assertThat(outermost.state()).isEqualTo(CoroutineState.SUSPENDED);
            outermost.close();
            assertThat(outermost.state()).isEqualTo(CoroutineState.CLOSED);
            return null;
        });
    }

    @Test
    void whatIsRaisedPassesAMillionBodies() throws Exception {
        onSmallStack(() -> {
            Coroutine<Object> outermost = chain(MILLION);
            outermost.send(null);
            ValueError error = new ValueError("deep");
            assertThat(catchThrowable(() -> outermost.raise(error))).isSameAs(error);
            assertThat(outermost.state()).isEqualTo(CoroutineState.CLOSED);
            return null;
        });
    }

    @Test
    void aResultPassesAMillionBodies() throws Exception {
        onSmallStack(() -> {
            Coroutine<Object> outermost = Coroutine.of(new Awaits(1, n -> (AwaitIterator<Object>) () -> {
                throw new StopIteration("result");
            }));
            for (int i = 0; i < MILLION; i++) {
                outermost = awaiting(outermost);
            }
            Coroutine<Object> all = outermost;
            assertThat(catchThrowable(() -> all.send(null)))
                    .isInstanceOfSatisfying(
                            StopIteration.class, e -> assertThat(e.value()).isEqualTo("result"));
            return null;
        });
    }

    @Test
    void aMillionAwaitsThatCompleteAtOnce() throws Exception {
        onSmallStack(() -> {
            assertThat(driven(Coroutine.of(new Awaits(MILLION, n -> created(n).awaitIterator()))))
                    .isEqualTo(MILLION);
            return null;
        });
    }

    @Test
    void aMillionReadyAwaits() throws Exception {
        onSmallStack(() -> {
            assertThat(driven(Coroutine.of(
                            new Awaits(MILLION, n -> Awaitables.ready(n).awaitIterator()))))
                    .isEqualTo(MILLION);
            return null;
        });
    }

    @Test
    void manyAwaitsThatCompleteAtOnceInABodyWithAThread() throws Exception {
        onSmallStack(() -> {
            int times = 20_000;
            Object result = driven(Coroutine.<Object>of(co -> {
                Object last = null;
                for (int i = 1; i <= times; i++) {
                    last = co.await(created(i));
                }
                return last;
            }));
            assertThat(result).isEqualTo(times);
            return null;
        });
    }

    /** The innermost yields 0, 1, 2 and so on. */
    private static Coroutine<Object> chain(int depth) {
        int[] next = new int[1];
        AwaitIterator<Object> counter = () -> next[0]++;
        Coroutine<Object> outermost = Coroutine.of(new Awaits(1, n -> counter));
        for (int i = 1; i < depth; i++) {
            outermost = awaiting(outermost);
        }
        return outermost;
    }

    private static Coroutine<Object> awaiting(Coroutine<Object> inner) {
        return Coroutine.of(new Awaits(1, n -> inner));
    }

    private static Awaitable<Object> created(Object value) {
        return Awaitables.create(completion -> completion.complete(value));
    }

    private static Object driven(Coroutine<Object> coroutine) {
        Object[] outcome = new Object[1];
        Driver.of(coroutine, new Host<Object>() {
                    @Override
                    public void returned(Object result) {
                        outcome[0] = result;
                    }

                    @Override
                    public void raised(Throwable error) {
                        outcome[0] = error;
                    }

                    @Override
                    public void cancelled(Object result, Throwable error) {
                        outcome[0] = "cancelled";
                    }
                })
                .start();
        return outcome[0];
    }

    private static void onSmallStack(Supplier<Void> test) throws Exception {
        FutureTask<Void> task = new FutureTask<>(test::get);
        new Thread(null, task, "small-stack", SMALL_STACK).start();
        task.get();
    }

    /** A body that awaits so many times, and returns the last result. */
    private record Awaits(int times, IntFunction<Object> awaited) implements Coroutine.Body<Object>, FrameBody {
        @Override
        public Object run(Co co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public Frame newFrame() {
            return new Frame() {
                private int begun;

                @Override
                protected Object resume(Exchange exchange, Object value, Throwable error) throws Throwable {
                    if (error != null) {
                        throw error;
                    }
                    if (begun < times) {
                        begun++;
                        Frames.delegates(exchange, awaited.apply(begun));
                    }
                    return value;
                }
            };
        }
    }
}
