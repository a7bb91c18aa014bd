package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.LifoQueue;
import io.corobridge.asyncio.PriorityQueue;
import io.corobridge.asyncio.Queue;
import io.corobridge.asyncio.QueueShutDown;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_queues.py. */
@Timeout(60)
class QueueTest {
    private static final String BASIC = "test_queues.QueueBasicTests.";
    private static final String GET = "test_queues.QueueGetTests.";
    private static final String PUT = "test_queues.QueuePutTests.";
    private static final String JOIN = "test_queues._QueueJoinTestMixin.";
    private static final String SHUTDOWN = "test_queues._QueueShutdownTestMixin.";

    private final List<String> log = new ArrayList<>();

    private static Stream<Queue<Integer>> kinds() {
        return Stream.of(new Queue<>(), new LifoQueue<>(), PriorityQueue.create());
    }

    private Coroutine<Object> gets(Queue<Integer> queue) {
        return Coroutine.of("gets", co -> {
            Integer item = co.await(queue.get());
            log.add("got " + item);
            return item;
        });
    }

    private Coroutine<Object> puts(Queue<Integer> queue, int... items) {
        return Coroutine.of("puts", co -> {
            for (int item : items) {
                co.await(queue.put(item));
                log.add("put " + item);
            }
            return null;
        });
    }

    @Test
    @Tag(BASIC + "test_str")
    @Tag(JOIN + "test_format")
    @Tag(SHUTDOWN + "test_format")
    void textTellsWhoWaitsAndWhatIsLeft() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>(1);
            log.add(queue.toString());
            Task<Object> getter = Asyncio.createTask(gets(queue));
            co.await(Asyncio.sleep(0));
            log.add(queue.toString());
            queue.putNowait(1);
            co.await(getter);
            log.add(queue.toString());
            queue.putNowait(2);
            Task<Object> putter = Asyncio.createTask(puts(queue, 3));
            co.await(Asyncio.sleep(0));
            log.add(queue.toString());
            queue.getNowait();
            co.await(putter);
            queue.shutdown(true);
            log.add(queue.toString());
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "<Queue maxsize=1>",
                        "<Queue maxsize=1 _getters[1]>",
                        "got 1",
                        "<Queue maxsize=1 tasks=1>",
                        "<Queue maxsize=1 _queue=[2] _putters[1] tasks=2>",
                        "put 3",
                        "<Queue maxsize=1 tasks=2 shutdown>");
    }

    @Test
    @Tag(BASIC + "test_empty")
    @Tag(BASIC + "test_full")
    @Tag(BASIC + "test_order")
    @Tag(GET + "test_blocking_get")
    @Tag(GET + "test_nonblocking_get")
    @Tag(GET + "test_nonblocking_get_exception")
    @Tag(PUT + "test_blocking_put")
    @Tag(PUT + "test_nonblocking_put")
    @Tag(PUT + "test_nonblocking_put_exception")
    @Tag("test_queues.LifoQueueTests.test_order")
    @Tag("test_queues.PriorityQueueTests.test_order")
    void itemsComeOutInTheOrderOfTheKind() {
        asyncio(co -> {
            for (Queue<Integer> queue : kinds().toList()) {
                assertThat(List.of(queue.empty(), queue.full())).containsExactly(true, false);
                for (int item : new int[] {1, 3, 2}) {
                    co.await(queue.put(item));
                }
                assertThat(queue.empty()).isFalse();
                log.add(co.await(queue.get()) + " " + queue.getNowait() + " " + co.await(queue.get()) + " "
                        + t(queue::getNowait));
            }
            Queue<Integer> bounded = new Queue<>(1);
            bounded.putNowait(1);
            log.add(bounded.full() + " " + tried(() -> bounded.putNowait(2)));
            return null;
        });
        assertThat(log).containsExactly("1 3 2 QueueEmpty", "2 3 1 QueueEmpty", "1 2 3 QueueEmpty", "true QueueFull");
    }

    @Test
    @Tag(BASIC + "test_maxsize")
    @Tag(PUT + "test_blocking_put_wait")
    @Tag(GET + "test_get_with_putters")
    void putterWaitsForRoom() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>(2);
            Task<Object> task = Asyncio.createTask(puts(queue, 0, 1, 2));
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            log.add("waits");
            assertThat(co.await(queue.get())).isZero();
            co.await(Asyncio.sleep(0));
            assertThat(List.of(queue.getNowait(), queue.getNowait())).containsExactly(1, 2);
            assertThat(task.done()).isTrue();
            Asyncio.getRunningLoop().callLater(0.01, queue::getNowait);
            co.await(puts(queue, 3, 4, 5));
            return null;
        });
        assertThat(log).containsExactly("put 0", "put 1", "waits", "put 2", "put 3", "put 4", "put 5");
    }

    @Test
    @Tag(GET + "test_blocking_get_wait")
    @Tag(PUT + "test_put_with_waiting_getters")
    @Tag(PUT + "test_put_cancelled")
    void getterWaitsForAnItem() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>();
            Task<Object> getter = Asyncio.createTask(gets(queue));
            co.await(Asyncio.sleep(0));
            log.add("waits");
            Asyncio.getRunningLoop().callLater(0.01, () -> queue.putNowait(1));
            assertThat(co.await(getter)).isEqualTo(1);
            Task<Object> putter = Asyncio.createTask(puts(queue, 2));
            assertThat(co.await(queue.get())).isEqualTo(2);
            assertThat(putter.done()).isTrue();
            return null;
        });
        assertThat(log).containsExactly("waits", "got 1", "put 2");
    }

    @Test
    @Tag(GET + "test_get_cancelled_race")
    @Tag(PUT + "test_get_cancel_drop_one_pending_reader")
    @Tag(PUT + "test_get_cancel_drop_many_pending_readers")
    void cancelledGettersLoseNoItem() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>();
            List<Task<Object>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(Asyncio.createTask(gets(queue)));
            }
            co.await(Asyncio.sleep(0));
            readers.get(0).cancel();
            co.await(Asyncio.sleep(0));
            queue.putNowait(1);
            queue.putNowait(2);
            readers.get(1).cancel();
            co.await(Asyncio.gatherReturningExceptions(readers));
            assertThat(readers.stream().map(Task::cancelled)).containsExactly(true, true, false, false);
            Task<Object> late = Asyncio.createTask(gets(queue));
            co.await(Asyncio.sleep(0));
            queue.putNowait(3);
            queue.putNowait(4);
            late.cancel();
            co.await(Asyncio.gatherReturningExceptions(late));
            log.add("left " + queue.getNowait());
            return null;
        });
        assertThat(log).containsExactlyInAnyOrder("got 1", "got 2", "left 3");
    }

    @Test
    @Tag(PUT + "test_put_cancel_drop")
    @Tag(PUT + "test_put_cancelled_race")
    @Tag(PUT + "test_cancelled_put_silence_value_error_exception")
    void cancelledPuttersPassTheirTurnOn() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>(1);
            Task<Object> first = Asyncio.createTask(puts(queue, 1));
            Task<Object> second = Asyncio.createTask(puts(queue, 2));
            Task<Object> third = Asyncio.createTask(puts(queue, 3));
            co.await(Asyncio.sleep(0));
            third.cancel();
            co.await(Asyncio.sleep(0));
            assertThat(queue.getNowait()).isEqualTo(1);
            co.await(Asyncio.sleep(0));
            log.add(first.done() + " " + second.done() + " " + third.cancelled());
            Task<Object> woken = Asyncio.createTask(puts(queue, 4));
            co.await(Asyncio.sleep(0));
            assertThat(queue.getNowait()).isEqualTo(2);
            woken.cancel();
            try {
                co.await(woken);
            } catch (CancelledError e) {
                log.add("cancelled, " + queue.qsize() + " left");
            }
            return null;
        });
        assertThat(log).containsExactly("put 1", "put 2", "true true true", "cancelled, 0 left");
    }

    @Test
    @Tag(GET + "test_cancelled_getters_not_being_held_in_self_getters")
    @Tag(PUT + "test_cancelled_puts_not_being_held_in_self_putters")
    void whoWasCancelledIsForgotten() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>(1);
            log.add(show(co.await(Asyncio.gatherReturningExceptions(Asyncio.waitFor(queue.get(), 0.1)))
                    .get(0)));
            log.add(queue.toString());
            queue.putNowait(1);
            Task<Object> putter = Asyncio.createTask(puts(queue, 2));
            co.await(Asyncio.sleep(0));
            putter.cancel();
            co.await(Asyncio.gatherReturningExceptions(putter));
            log.add(queue.toString());
            return null;
        });
        assertThat(log)
                .containsExactly("TimeoutException", "<Queue maxsize=1>", "<Queue maxsize=1 _queue=[1] tasks=1>");
    }

    @Test
    @Tag(GET + "test_get_with_waiting_putters")
    @Tag(GET + "test_why_are_getters_waiting")
    @Tag(PUT + "test_why_are_putters_waiting")
    void putterAndGetterOfABoundedQueueDoNotWaitForEver() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>(1);
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(puts(queue, 0, 1, 2));
                group.createTask(puts(queue, 3));
                for (int i = 0; i < 4; i++) {
                    group.createTask(gets(queue));
                }
            });
            Queue<Integer> two = new Queue<>(2);
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(Coroutine.of("getter", inner -> {
                    inner.await(Asyncio.sleep(0));
                    for (int left = two.qsize(); left > 0; left--) {
                        two.getNowait();
                    }
                    return null;
                }));
                for (int item = 10; item < 14; item++) {
                    group.createTask(puts(two, item));
                }
            });
            return null;
        });
        assertThat(log).hasSize(12).contains("put 13", "got 3");
    }

    @Test
    @Tag(JOIN + "test_task_done_underflow")
    @Tag(JOIN + "test_task_done")
    @Tag(JOIN + "test_join_empty_queue")
    void joinWaitsUntilEachItemIsDoneWith() {
        kinds().forEach(queue -> asyncio(co -> {
            assertThat(tried(queue::taskDone)).isEqualTo("ValueError: task_done() called too many times");
            co.await(queue.join());
            co.await(queue.join());
            int[] sum = new int[1];
            for (int i = 0; i < 100; i++) {
                queue.putNowait(i);
            }
            List<Task<Object>> workers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                workers.add(Asyncio.createTask(Coroutine.of("worker", inner -> {
                    while (true) {
                        sum[0] += inner.await(queue.get());
                        queue.taskDone();
                    }
                })));
            }
            co.await(queue.join());
            workers.forEach(Task::cancel);
            assertThat(sum[0]).isEqualTo(4950);
            return null;
        }));
    }

    /** That nothing can be put or got any more. */
    private void refuses(Queue<Integer> queue) {
        assertThat(List.of(tried(() -> queue.putNowait(1)), t(queue::getNowait)))
                .containsOnly("QueueShutDown");
    }

    @Test
    @Tag(SHUTDOWN + "test_shutdown_empty")
    void shutdownOfAnEmptyQueueWakesTheGetters() {
        kinds().forEach(queue -> asyncio(co -> {
            Task<Object> getter = Asyncio.createTask(gets(queue));
            co.await(Asyncio.sleep(0));
            queue.shutdown();
            co.await(queue.join());
            co.await(Asyncio.sleep(0));
            assertThat(getter.exception()).isInstanceOf(QueueShutDown.class);
            List<Object> late = co.await(Asyncio.gatherReturningExceptions(queue.put(1), queue.get()));
            assertThat(late).hasOnlyElementsOfType(QueueShutDown.class);
            refuses(queue);
            return null;
        }));
    }

    @Test
    @Tag(SHUTDOWN + "test_shutdown_nonempty")
    void shutdownLetsWhatIsThereBeGot() {
        asyncio(co -> {
            Queue<Integer> queue = new Queue<>(1);
            queue.putNowait(7);
            Task<Void> join = Asyncio.createTask(queue.join());
            Task<Object> putter = Asyncio.createTask(puts(queue, 8));
            co.await(Asyncio.sleep(0));
            assertThat(putter.done()).isFalse();
            queue.shutdown();
            co.await(Asyncio.sleep(0));
            assertThat(putter.exception()).isInstanceOf(QueueShutDown.class);
            assertThat(co.await(queue.get())).isEqualTo(7);
            refuses(queue);
            co.await(Asyncio.sleep(0));
            assertThat(join.done()).isFalse();
            queue.taskDone();
            co.await(join);
            assertThat(tried(queue::taskDone)).startsWith("ValueError");
            return null;
        });
    }

    @Test
    @Tag(SHUTDOWN + "test_shutdown_immediate")
    @Tag(SHUTDOWN + "test_shutdown_immediate_with_unfinished")
    void immediateShutdownDropsWhatIsThere() {
        kinds().forEach(queue -> asyncio(co -> {
            queue.putNowait(1);
            queue.putNowait(2);
            Task<Void> join = Asyncio.createTask(queue.join());
            co.await(queue.get());
            queue.shutdown(true);
            assertThat(queue.qsize()).isZero();
            co.await(Asyncio.sleep(0));
            assertThat(join.done()).isFalse();
            refuses(queue);
            queue.taskDone();
            assertThat(tried(queue::taskDone)).startsWith("ValueError");
            co.await(join);
            return null;
        }));
    }
}
