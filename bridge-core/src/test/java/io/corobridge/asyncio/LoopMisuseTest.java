package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.corobridge.CancelledError;
import io.corobridge.Routine;
import io.corobridge.RuntimeError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loop's futures and timers say to who calls from outside of the loop, and what becomes of tasks that await each other. */
@Timeout(NET_SECONDS)
class LoopMisuseTest {
    private static final String OUTSIDE =
            "Non-thread-safe operation invoked on an event loop other than the current one";

    @Test
    void timerFromOutsideTheRunningLoopIsAnError() {
        run(co -> {
            EventLoop loop = Asyncio.getRunningLoop();
            co.await(Asyncio.toThread(() -> {
                assertThatThrownBy(() -> loop.callLater(1, () -> {}))
                        .isInstanceOf(RuntimeError.class)
                        .hasMessageContaining(OUTSIDE)
                        .hasMessageContaining("callSoonThreadsafe");
                assertThatThrownBy(() -> loop.callAt(1, () -> {})).isInstanceOf(RuntimeError.class);
                return null;
            }));
            return null;
        });
    }

    @Test
    void inDebugModeFuturesFromOutsideTheRunningLoopAreErrors() {
        run(co -> {
            EventLoop loop = Asyncio.getRunningLoop();
            loop.setDebug(true);
            Future<String> future = loop.createFuture();
            Task<Object> task = Asyncio.createTask(co(inner -> inner.await(future)));
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.toThread(() -> {
                assertOutside(() -> future.setResult("x"));
                assertOutside(() -> future.setException(new IllegalStateException()));
                assertOutside(future::cancel);
                assertOutside(task::cancel);
                assertOutside(() -> future.addDoneCallback(done -> {}));
                loop.callSoonThreadsafe(() -> future.setResult("in the loop"));
                return null;
            }));
            assertThat(co.await(task)).isEqualTo("in the loop");
            return null;
        });
    }

    private static void assertOutside(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(RuntimeError.class).hasMessageContaining(OUTSIDE);
    }

    @Test
    void futureOfALoopThatDoesNotRunMayBeSetAnywhere() {
        EventLoop loop = EventLoop.create();
        loop.setDebug(true);
        Future<String> future = loop.createFuture();
        future.setResult("early");
        assertThat(loop.runUntilComplete(future)).isEqualTo("early");
        loop.close();
    }

    /** In Python a RecursionError. */
    @Test
    void cancelBreaksACircleOfTasksThatAwaitEachOther() {
        for (int asked = 0; asked < 4; asked++) {
            int number = asked;
            run(co -> {
                List<Task<Object>> tasks = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    int next = (i + 1) % 3;
                    tasks.add(Asyncio.createTask(co(inner -> inner.await(tasks.get(next)))));
                }
                tasks.add(Asyncio.createTask(co(inner -> inner.await(tasks.get(0)))));
                co.await(Asyncio.sleep(0));
                assertThat(tasks.get(number).cancel("enough")).isTrue();
                co.await(Asyncio.waitUntil(Asyncio.ReturnWhen.ALL_COMPLETED, tasks));
                assertThat(tasks).allMatch(Task::cancelled);
                return null;
            });
        }
    }

    @Test
    void cancelBreaksACircleThroughGather() {
        run(co -> {
            List<Task<Object>> tasks = new ArrayList<>();
            tasks.add(Asyncio.createTask(co(inner -> inner.await(Asyncio.gather(tasks.get(1))))));
            tasks.add(Asyncio.createTask(co(inner -> inner.await(tasks.get(0)))));
            co.await(Asyncio.sleep(0));
            assertThat(tasks.get(0).cancel()).isTrue();
            co.await(Asyncio.waitUntil(Asyncio.ReturnWhen.ALL_COMPLETED, tasks));
            assertThat(tasks).allMatch(Task::cancelled);
            return null;
        });
    }

    @Test
    void runEndsThoughTasksThatAreLeftOverAwaitEachOther() {
        List<Task<Object>> tasks = new ArrayList<>();
        run(co -> {
            tasks.add(Asyncio.createTask(co(inner -> inner.await(tasks.get(1)))));
            tasks.add(Asyncio.createTask(co(inner -> inner.await(tasks.get(0)))));
            co.await(Asyncio.sleep(0));
            return null;
        });
        assertThat(tasks).allMatch(Task::cancelled);
    }

    @Test
    void cancelReachesTheEndOfALongChainOfTasks() {
        run(co -> {
            Task<Object> innermost = Asyncio.createTask(co(inner -> inner.await(Asyncio.sleep(10, "slept"))));
            Task<Object> outermost = innermost;
            for (int i = 0; i < 100_000; i++) {
                Task<Object> awaited = outermost;
                outermost = Asyncio.createTask(Routine.awaiting("f", awaited));
            }
            co.await(Asyncio.sleep(0));
            outermost.cancel("enough");
            try {
                co.await(outermost);
                fail("it was cancelled");
            } catch (CancelledError cancelled) {
                assertThat(cancelled).hasMessage("enough");
            }
            assertThat(innermost.cancelled()).isTrue();
            assertThat(innermost.cancelling()).isOne();
            return null;
        });
    }
}
