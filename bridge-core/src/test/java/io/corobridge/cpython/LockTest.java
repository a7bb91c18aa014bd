package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Awaitable;
import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.BoundedSemaphore;
import io.corobridge.asyncio.Event;
import io.corobridge.asyncio.Future;
import io.corobridge.asyncio.Lock;
import io.corobridge.asyncio.Semaphore;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_locks.py: locks, events and semaphores. */
@Timeout(60)
class LockTest {
    private static final String LOCK = "test_locks.LockTests.";
    private static final String EVENT = "test_locks.EventTests.";
    private static final String SEMAPHORE = "test_locks.SemaphoreTests.";

    private final List<String> log = new ArrayList<>();

    /** A task that waits for something and says so. */
    private Task<Object> waiter(String name, Awaitable<?> awaited) {
        return Asyncio.createTask(Coroutine.of(name, co -> {
            co.await(awaited);
            log.add(name);
            return true;
        }));
    }

    private static String shape(Object lock) {
        return lock.toString().replaceAll("0x[0-9a-f]+", "0x..");
    }

    @Test
    @Tag(LOCK + "test_repr")
    @Tag(LOCK + "test_release_not_acquired")
    @Tag(LOCK + "test_release_no_waiters")
    @Tag(LOCK + "test_context_manager")
    void lockTellsItsState() {
        asyncio(co -> {
            Lock lock = new Lock();
            log.add(tried(lock::release));
            log.add(shape(lock));
            co.withVoid(lock, ignored -> log.add(shape(lock)));
            assertThat(co.await(lock.acquire())).isTrue();
            waiter("a", lock.acquire());
            co.await(Asyncio.sleep(0));
            log.add(shape(lock));
            lock.release();
            log.add("" + lock.locked());
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "RuntimeError: Lock is not acquired.",
                        "<Lock object at 0x.. [unlocked]>",
                        "<Lock object at 0x.. [locked]>",
                        "<Lock object at 0x.. [locked, waiters:1]>",
                        "false",
                        "a");
    }

    @Test
    @Tag(LOCK + "test_acquire")
    void lockGoesToWhoCameFirst() {
        asyncio(co -> {
            Lock lock = new Lock();
            co.await(lock.acquire());
            waiter("1", lock.acquire());
            waiter("2", lock.acquire());
            co.await(Asyncio.sleep(0));
            lock.release();
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            log.add("|");
            waiter("3", lock.acquire());
            lock.release();
            co.await(Asyncio.sleep(0));
            log.add("|");
            lock.release();
            co.await(Asyncio.sleep(0));
            return null;
        });
        assertThat(log).containsExactly("1", "|", "2", "|", "3");
    }

    @Test
    @Tag(LOCK + "test_acquire_cancel")
    @Tag(LOCK + "test_cancel_race")
    @Tag(LOCK + "test_finished_waiter_cancelled")
    void cancelledWaiterIsPassedOver() {
        asyncio(co -> {
            Lock lock = new Lock();
            co.await(lock.acquire());
            Task<Object> alone = waiter("alone", lock.acquire());
            Asyncio.getRunningLoop().callSoon(alone::cancel);
            log.add(show(co.await(Asyncio.gatherReturningExceptions(alone)).get(0)));
            log.add(shape(lock));
            Task<Object> b = waiter("b", lock.acquire());
            co.await(Asyncio.sleep(0));
            Task<Object> c = waiter("c", lock.acquire());
            co.await(Asyncio.sleep(0));
            b.cancel();
            lock.release();
            co.await(c);
            log.add(b.cancelled() + " " + lock.locked());
            return null;
        });
        assertThat(log).containsExactly("CancelledError", "<Lock object at 0x.. [locked]>", "c", "true true");
    }

    @Test
    @Tag(LOCK + "test_cancel_release_race")
    void cancelAndReleaseTogetherLetOneIn() {
        asyncio(co -> {
            Lock lock = new Lock();
            co.await(lock.acquire());
            Task<Object> first = waiter("1", lock.acquire());
            Task<Object> second = waiter("2", lock.acquire());
            Task<Object> third = waiter("3", lock.acquire());
            co.await(Asyncio.sleep(0));
            Asyncio.getRunningLoop().callSoon(() -> {
                first.cancel();
                lock.release();
            });
            co.await(Asyncio.gatherReturningExceptions(first));
            log.add(first.cancelled() + " " + second.done() + " " + third.done());
            return null;
        });
        assertThat(log).containsExactly("2", "true true false");
    }

    @Test
    @Tag(EVENT + "test_repr")
    @Tag(EVENT + "test_clear")
    @Tag(EVENT + "test_wait_on_set")
    @Tag(EVENT + "test_wait_cancel")
    void eventTellsItsState() {
        asyncio(co -> {
            Event event = new Event();
            log.add(shape(event));
            Task<Object> waits = waiter("waits", event);
            co.await(Asyncio.sleep(0));
            log.add(shape(event));
            waits.cancel();
            log.add(show(co.await(Asyncio.gatherReturningExceptions(waits)).get(0)));
            event.set();
            log.add(shape(event) + " " + co.await(event));
            event.clear();
            log.add(shape(event));
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "<Event object at 0x.. [unset]>",
                        "<Event object at 0x.. [unset, waiters:1]>",
                        "CancelledError",
                        "<Event object at 0x.. [set]> true",
                        "<Event object at 0x.. [unset]>");
    }

    @Test
    @Tag(EVENT + "test_wait")
    @Tag(EVENT + "test_clear_with_waiters")
    void whoeverWaitsForAnEventIsWokenThoughItIsClearedAtOnce() {
        asyncio(co -> {
            Event event = new Event();
            waiter("1", event);
            waiter("2", event);
            co.await(Asyncio.sleep(0));
            waiter("3", event);
            event.set();
            co.await(Asyncio.sleep(0));
            event.clear();
            waiter("4", event);
            co.await(Asyncio.sleep(0));
            event.set();
            event.clear();
            event.set();
            event.set();
            co.await(Asyncio.sleep(0));
            log.add(shape(event));
            return null;
        });
        assertThat(log).containsExactly("3", "1", "2", "4", "<Event object at 0x.. [set]>");
    }

    @Test
    @Tag(SEMAPHORE + "test_initial_value_zero")
    @Tag(SEMAPHORE + "test_repr")
    @Tag(SEMAPHORE + "test_semaphore_value")
    @Tag(SEMAPHORE + "test_release_not_acquired")
    @Tag(SEMAPHORE + "test_release_no_waiters")
    void semaphoreTellsItsState() {
        asyncio(co -> {
            log.add("" + new Semaphore(0).locked());
            log.add(t(() -> new Semaphore(-1)));
            log.add(tried(new BoundedSemaphore()::release));
            Semaphore semaphore = new Semaphore();
            log.add(shape(semaphore));
            co.await(semaphore.acquire());
            log.add(shape(semaphore));
            waiter("a", semaphore.acquire());
            co.await(Asyncio.sleep(0));
            log.add(shape(semaphore));
            semaphore.release();
            co.await(Asyncio.sleep(0));
            semaphore.release();
            log.add("" + semaphore.locked());
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "true",
                        "ValueError: Semaphore initial value must be >= 0",
                        "ValueError: BoundedSemaphore released too many times",
                        "<Semaphore object at 0x.. [unlocked, value:1]>",
                        "<Semaphore object at 0x.. [locked]>",
                        "<Semaphore object at 0x.. [locked, waiters:1]>",
                        "a",
                        "false");
    }

    @Test
    @Tag(SEMAPHORE + "test_acquire")
    void semaphoreLetsSoManyIn() {
        asyncio(co -> {
            Semaphore semaphore = new Semaphore(3);
            co.await(semaphore.acquire());
            co.await(semaphore.acquire());
            for (int i = 1; i <= 3; i++) {
                waiter("" + i, semaphore.acquire());
            }
            co.await(Asyncio.sleep(0));
            log.add(semaphore.locked() + "|");
            waiter("4", semaphore.acquire());
            semaphore.release();
            semaphore.release();
            co.await(Asyncio.sleep(0));
            log.add(semaphore.locked() + "|");
            semaphore.release();
            co.await(Asyncio.sleep(0));
            return null;
        });
        assertThat(log).containsExactly("1", "true|", "2", "3", "true|", "4");
    }

    @Test
    @Tag(SEMAPHORE + "test_acquire_cancel")
    @Tag(SEMAPHORE + "test_acquire_cancel_before_awoken")
    @Tag(SEMAPHORE + "test_acquire_hang")
    @Tag(SEMAPHORE + "test_acquire_fifo_order_3")
    void semaphorePassesOverWhoWasCancelled() {
        asyncio(co -> {
            Semaphore semaphore = new Semaphore(0);
            List<Task<Object>> tasks = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                tasks.add(waiter("" + i, semaphore.acquire()));
            }
            co.await(Asyncio.sleep(0));
            tasks.get(0).cancel();
            tasks.get(1).cancel();
            semaphore.release();
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            log.add(semaphore.locked() + "|");
            semaphore.release();
            co.await(Asyncio.gatherReturningExceptions(tasks));
            return null;
        });
        assertThat(log).containsExactly("3", "true|", "4");
    }

    @Test
    @Tag(SEMAPHORE + "test_acquire_no_hang")
    void semaphoreIsFreeWhenTheOneItWasMeantForIsCancelled() {
        asyncio(co -> {
            Semaphore semaphore = new Semaphore(1);
            List<Task<Object>> tasks = new ArrayList<>();
            tasks.add(Asyncio.createTask(Coroutine.of("c1", inner -> {
                inner.withVoid(semaphore, ignored -> inner.await(Asyncio.sleep(0)));
                tasks.get(1).cancel();
                return null;
            })));
            tasks.add(Asyncio.createTask(Coroutine.of("c2", inner -> {
                inner.withVoid(semaphore, ignored -> log.add("entered"));
                return null;
            })));
            log.add(show(co.await(Asyncio.gatherReturningExceptions(tasks)).get(1)));
            assertThat(co.await(Asyncio.waitFor(semaphore.acquire(), 1))).isTrue();
            return null;
        });
        assertThat(log).containsExactly("CancelledError");
    }

    private Coroutine<Object> twice(Semaphore semaphore, String name) {
        return Coroutine.of(name, co -> {
            for (int i = 1; i <= 2; i++) {
                co.await(semaphore.acquire());
                log.add(name + i);
                co.await(Asyncio.sleep(0.01));
                semaphore.release();
            }
            return null;
        });
    }

    @Test
    @Tag(SEMAPHORE + "test_acquire_fifo_order")
    void semaphoreIsFair() {
        asyncio(co -> {
            Semaphore semaphore = new Semaphore(1);
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(twice(semaphore, "a"));
                group.createTask(twice(semaphore, "b"));
                group.createTask(twice(semaphore, "c"));
            });
            return null;
        });
        assertThat(log).containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
    }

    @Test
    @Tag(SEMAPHORE + "test_acquire_fifo_order_2")
    void whoReleasesAndAcquiresAgainQueuesBehindTheOthers() {
        asyncio(co -> {
            Semaphore semaphore = new Semaphore(1);
            Task<Object> first = waiter("1", semaphore.acquire());
            Task<Object> second = Asyncio.createTask(Coroutine.of("c2", inner -> {
                inner.await(semaphore.acquire());
                log.add("2");
                semaphore.release();
                inner.await(semaphore.acquire());
                log.add("4");
                return null;
            }));
            Task<Object> third = waiter("3", semaphore.acquire());
            co.await(Asyncio.sleep(0));
            semaphore.release();
            semaphore.release();
            co.await(Asyncio.gather(first, second, third));
            return null;
        });
        assertThat(log).containsExactly("1", "2", "3", "4");
    }

    @Test
    @Tag(SEMAPHORE + "test_acquire_fifo_order_4")
    void whoAcquiresWakesThoseWhoHadToWaitForTheirTurn() {
        asyncio(co -> {
            Semaphore semaphore = new Semaphore(0);
            Future<Object> begun = Asyncio.getRunningLoop().createFuture();
            Task<Object> first = Asyncio.createTask(Coroutine.of("c1", inner -> {
                inner.await(semaphore.acquire());
                log.add("1");
                begun.setResult(null);
                return null;
            }));
            Task<Object> second = Asyncio.createTask(Coroutine.of("c2", inner -> {
                for (int i = 0; i < 3; i++) {
                    semaphore.release();
                }
                inner.await(semaphore.acquire());
                log.add("2");
                return null;
            }));
            Task<Object> third = waiter("3", semaphore.acquire());
            try {
                co.await(Asyncio.gather(first, second, third, begun));
            } catch (CancelledError e) {
                log.add("cancelled");
            }
            return null;
        });
        assertThat(log).containsExactly("1", "2", "3");
    }
}
