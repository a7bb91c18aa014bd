package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static io.corobridge.asyncio.AsyncioSupport.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.asyncio.AsyncioSupport.Log;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues: room, order, who is woken, joining, shutting down, and items that must not be lost. */
@Timeout(NET_SECONDS)
class QueueRulesTest {
    private final Log log = new Log();

    @Test
    @Tag("G20")
    void boundAndTaskDone() {
        run(co -> {
            Queue<Integer> queue = new Queue<>(1);
            log.add(t(queue::getNowait));
            queue.putNowait(1);
            log.add(tried(() -> queue.putNowait(2)), queue.full(), queue.qsize(), queue.maxsize());
            log.add(co.await(queue.get()), queue.empty());
            queue.taskDone();
            log.add(tried(queue::taskDone));
            co.await(queue.join());
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "QueueEmpty", "QueueFull true 1 1", "1 true", "ValueError: task_done() called too many times");
    }

    @Test
    void nullIsAnItem() {
        run(co -> {
            Queue<Object> queue = new Queue<>();
            queue.putNowait(null);
            log.add(queue.qsize(), co.await(queue.get()), queue.empty());
            return null;
        });
        assertThat(log.text()).isEqualTo("1 None true");
    }

    @Test
    @Tag("G20")
    void shutDown() {
        run(co -> {
            Queue<Integer> queue = new Queue<>();
            queue.putNowait(1);
            queue.shutdown();
            log.add(tried(() -> queue.putNowait(2)), co.await(queue.get()), t(() -> co.await(queue.get())));
            Queue<Integer> awaited = new Queue<>();
            Task<Integer> getter = Asyncio.createTask(awaited.get());
            co.await(Asyncio.sleep(0));
            awaited.shutdown();
            log.add("waiting getter", t(() -> co.await(getter)));
            Queue<Integer> full = new Queue<>(1);
            full.putNowait(1);
            Task<Void> putter = Asyncio.createTask(full.put(2));
            co.await(Asyncio.sleep(0));
            full.shutdown();
            log.add("waiting putter", t(() -> co.await(putter)));
            Queue<Integer> dropped = new Queue<>();
            dropped.putNowait(1);
            dropped.shutdown(true);
            log.add(t(dropped::getNowait), dropped.qsize());
            co.await(dropped.join());
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "QueueShutDown 1 QueueShutDown",
                        "waiting getter QueueShutDown",
                        "waiting putter QueueShutDown",
                        "QueueShutDown 0");
    }

    @Test
    @Tag("G20")
    void orderOfTheThreeKinds() {
        for (Queue<Integer> queue :
                List.of(new Queue<Integer>(), PriorityQueue.<Integer>create(), new LifoQueue<Integer>())) {
            List.of(3, 1, 2).forEach(queue::putNowait);
            log.add(queue.getNowait(), queue.getNowait(), queue.getNowait());
        }
        assertThat(log.text()).isEqualTo("3 1 2, 1 2 3, 2 1 3");
    }

    @Test
    @Tag("G20")
    void cancelledGetterPassesItsItemOn() {
        run(co -> {
            Queue<String> queue = new Queue<>();
            Task<String> first = Asyncio.createTask(queue.get());
            Task<String> second = Asyncio.createTask(queue.get());
            co.await(Asyncio.sleep(0));
            queue.putNowait("a");
            first.cancel();
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            log.add(first.cancelled(), second.done(), second.result());
            return null;
        });
        assertThat(log.text()).isEqualTo("true true a");
    }

    @Test
    void cancelledPutterPassesItsRoomOn() {
        run(co -> {
            Queue<String> queue = new Queue<>(1);
            queue.putNowait("0");
            Task<Void> first = Asyncio.createTask(queue.put("1"));
            Task<Void> second = Asyncio.createTask(queue.put("2"));
            co.await(Asyncio.sleep(0));
            log.add(queue.toString(), queue.getNowait());
            first.cancel();
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            log.add(first.cancelled(), second.done(), queue.getNowait());
            return null;
        });
        assertThat(log.text()).isEqualTo("<Queue maxsize=1 _queue=[0] _putters[2] tasks=1> 0, true true 2");
    }

    @Test
    void itemsGoToWaitingGettersInTheOrderInWhichTheyCame() {
        run(co -> {
            Queue<Integer> queue = new Queue<>();
            List<Task<Integer>> getters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                getters.add(Asyncio.createTask(queue.get()));
            }
            co.await(Asyncio.sleep(0));
            for (int i = 0; i < 4; i++) {
                queue.putNowait(i);
            }
            log.add(co.await(Asyncio.gather(getters)));
            return null;
        });
        assertThat(log.text()).isEqualTo("[0, 1, 2, 3]");
    }

    @Test
    void joinWaitsForEveryItemToBeDoneWith() {
        run(co -> {
            Queue<Integer> queue = new Queue<>(2);
            Task<Object> worker = Asyncio.createTask(co(inner -> {
                while (true) {
                    log.add(inner.await(queue.get()));
                    inner.await(Asyncio.sleep(1));
                    queue.taskDone();
                }
            }));
            for (int i = 0; i < 5; i++) {
                co.await(queue.put(i));
            }
            co.await(queue.join());
            log.add("joined", Asyncio.getRunningLoop().time());
            worker.cancel();
            return null;
        });
        assertThat(log.text()).isEqualTo("0, 1, 2, 3, 4, joined 5.0");
    }
}
