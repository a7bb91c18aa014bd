package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static io.corobridge.asyncio.AsyncioSupport.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.asyncio.AsyncioSupport.KeyError;
import io.corobridge.asyncio.AsyncioSupport.Log;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks, events, conditions, semaphores and barriers: who gets what, in which order, and what is refused. */
@Timeout(NET_SECONDS)
class LockRulesTest {
    private final Log log = new Log();

    @Test
    @Tag("G21")
    void lockIsHeldByOneAtATimeInTheOrderOfComing() {
        run(co -> {
            Lock lock = new Lock();
            log.add(tried(lock::release));
            log.add(co.await(lock.acquire()), lock.locked());
            List<Task<Object>> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int n = i;
                users.add(Asyncio.createTask(co(inner -> {
                    inner.withVoid(lock, ignored -> log.add(n));
                    return null;
                })));
            }
            co.await(Asyncio.sleep(0));
            assertThat(lock.toString()).endsWith(" [locked, waiters:3]>");
            lock.release();
            log.add("locked right after release:", lock.locked());
            co.await(Asyncio.gather(users));
            assertThat(lock.toString()).matches("<Lock object at 0x\\w+ \\[unlocked]>");
            return null;
        });
        assertThat(log.text())
                .isEqualTo(
                        "RuntimeError: Lock is not acquired., true true, locked right after release: false, 0, 1, 2");
    }

    @Test
    @Tag("G22")
    void whoComesLaterDoesNotOvertake() {
        run(co -> {
            Lock lock = new Lock();
            co.await(lock.acquire());
            Coroutine<Object> waits = co(inner -> {
                inner.await(lock.acquire());
                log.add("waiter");
                lock.release();
                return null;
            });
            Task<Object> waiter = Asyncio.createTask(waits);
            co.await(Asyncio.sleep(0));
            lock.release();
            co.await(lock.acquire());
            log.add("barger");
            lock.release();
            return co.await(waiter);
        });
        assertThat(log.text()).isEqualTo("waiter, barger");
    }

    @Test
    @Tag("G21")
    void waiterThatIsCancelledAfterItWasWokenPassesTheLockOn() {
        run(co -> {
            Lock lock = new Lock();
            co.await(lock.acquire());
            Task<Boolean> a = Asyncio.createTask(lock.acquire());
            Task<Boolean> b = Asyncio.createTask(lock.acquire());
            co.await(Asyncio.sleep(0));
            lock.release();
            a.cancel();
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            log.add(a.cancelled(), b.done(), lock.locked());
            return null;
        });
        assertThat(log.text()).isEqualTo("true true true");
    }

    @Test
    @Tag("G21")
    void lockBelongsToTheLoopInWhichItWasFirstWaitedFor() {
        Lock lock = new Lock();
        Coroutine.Body<Object> two = co -> {
            Coroutine<Object> a = co(inner -> inner.with(lock, ignored -> inner.await(Asyncio.sleep(1, 1))));
            Coroutine<Object> b = co(inner -> inner.with(lock, ignored -> inner.await(Asyncio.sleep(1, 2))));
            return co.await(Asyncio.gather(a, b));
        };
        log.add(t(() -> run(two)));
        log.add(t(() -> run(two)));
        assertThat(log.lines().get(0)).isEqualTo("-> [1, 2]");
        assertThat(log.lines().get(1))
                .startsWith("RuntimeError: <Lock object at 0x")
                .endsWith("> is bound to a different event loop");
    }

    @Test
    @Tag("G21")
    void eventWakesAllWhoWait() {
        run(co -> {
            Event event = new Event();
            log.add(event.isSet());
            Task<Boolean> a = Asyncio.createTask(event.await());
            Task<Object> b = Asyncio.createTask(co(inner -> inner.await(event)));
            co.await(Asyncio.sleep(0));
            assertThat(event.toString()).endsWith(" [unset, waiters:2]>");
            event.set();
            event.clear();
            log.add(co.await(a), co.await(b), event.isSet());
            event.set();
            log.add(co.await(event), event.isSet());
            return null;
        });
        assertThat(log.text()).isEqualTo("false, true true false, true true");
    }

    @Test
    @Tag("G21")
    void semaphoreCountsAndABoundedOneRefusesToCountUpwards() {
        run(co -> {
            log.add(t(() -> new Semaphore(-1)));
            Semaphore semaphore = new Semaphore(1);
            log.add(co.await(semaphore.acquire()), semaphore.locked());
            semaphore.release();
            semaphore.release();
            assertThat(semaphore.toString()).endsWith(" [unlocked, value:2]>");
            log.add(tried(new BoundedSemaphore(1)::release));
            return null;
        });
        assertThat(log.text())
                .isEqualTo("ValueError: Semaphore initial value must be >= 0, true true, "
                        + "ValueError: BoundedSemaphore released too many times");
    }

    @Test
    void semaphoreIsFairAndACancelledWaiterGivesItsTurnBack() {
        run(co -> {
            Semaphore semaphore = new Semaphore(1);
            co.await(semaphore.acquire());
            List<Task<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int n = i;
                tasks.add(Asyncio.createTask(co(inner -> {
                    inner.withVoid(semaphore, ignored -> log.add(n));
                    return null;
                })));
            }
            co.await(Asyncio.sleep(0));
            semaphore.release();
            tasks.get(0).cancel();
            co.await(Asyncio.gatherReturningExceptions(tasks));
            log.add(semaphore.locked());
            return null;
        });
        assertThat(log.text()).isEqualTo("1, 2, 3, false");
    }

    @Test
    @Tag("G21")
    void conditionIsForWhoHoldsItsLock() {
        run(co -> {
            Condition condition = new Condition();
            log.add(tried(condition::signal));
            log.add(t(() -> co.await(condition)));
            co.withVoid(condition, ignored -> {
                condition.signal(5);
                condition.signalAll();
            });
            return null;
        });
        assertThat(log.text())
                .isEqualTo("RuntimeError: cannot notify on un-acquired lock, "
                        + "RuntimeError: cannot wait on un-acquired lock");
    }

    private Task<Object> waitsFor(Condition condition, String name) {
        return Asyncio.createTask(co(inner -> {
            inner.withVoid(condition, ignored -> {
                inner.await(condition.await());
                log.add(name);
            });
            return null;
        }));
    }

    @Test
    void conditionWakesAsManyAsItIsTold() {
        run(co -> {
            Condition condition = new Condition();
            List<Task<Object>> tasks =
                    List.of(waitsFor(condition, "a"), waitsFor(condition, "b"), waitsFor(condition, "c"));
            co.await(Asyncio.sleep(0));
            co.withVoid(condition, ignored -> condition.signal(2));
            co.await(Asyncio.sleep(1));
            log.add("then");
            co.withVoid(condition, ignored -> condition.signalAll());
            co.await(Asyncio.gather(tasks));
            return null;
        });
        assertThat(log.text()).isEqualTo("a, b, then, c");
    }

    @Test
    void waiterThatIsCancelledTakesTheLockAgainAndPassesTheSignalOn() {
        run(co -> {
            Condition condition = new Condition();
            Task<Object> a = waitsFor(condition, "a");
            Task<Object> b = waitsFor(condition, "b");
            co.await(Asyncio.sleep(0));
            co.withVoid(condition, ignored -> condition.signal());
            a.cancel();
            log.add(t(() -> co.await(a)));
            co.await(b);
            log.add(condition.locked());
            return null;
        });
        assertThat(log.text()).isEqualTo("b, CancelledError, false");
    }

    @Test
    void conditionWaitsUntilSomethingIsTrue() {
        run(co -> {
            Condition condition = new Condition();
            List<Integer> items = new ArrayList<>();
            Task<Object> taker = Asyncio.createTask(co(inner -> inner.with(
                    condition, ignored -> inner.await(condition.awaitUntil(() -> items.size() == 3)) + " " + items)));
            for (int i = 0; i < 3; i++) {
                co.await(Asyncio.sleep(1));
                items.add(i);
                co.withVoid(condition, ignored -> condition.signalAll());
            }
            log.add(co.await(taker));
            return null;
        });
        assertThat(log.text()).isEqualTo("true [0, 1, 2]");
    }

    @Test
    @Tag("G21")
    void barrierLetsAllGoWhenAllHaveComeAgainAndAgain() {
        run(co -> {
            Barrier barrier = new Barrier(2);
            for (int round = 0; round < 2; round++) {
                log.add(co.await(Asyncio.gather(barrier.await(), barrier)));
            }
            assertThat(barrier.toString()).matches("<Barrier object at 0x\\w+ \\[filling, waiters:0/2]>");
            log.add(t(() -> new Barrier(0)));
            return null;
        });
        assertThat(log.text()).isEqualTo("[0, 1], [0, 1], ValueError: parties must be > 0");
    }

    @Test
    @Tag("G21")
    void abortedAndResetBarriersRaiseForThoseWhoWait() {
        run(co -> {
            Barrier barrier = new Barrier(2);
            Task<Integer> waiter = Asyncio.createTask(barrier.await());
            co.await(Asyncio.sleep(0));
            log.add(barrier.waiting());
            co.await(barrier.abort());
            log.add(t(() -> co.await(waiter)), barrier.broken(), t(() -> co.await(barrier)));
            co.await(barrier.reset());
            Task<Integer> again = Asyncio.createTask(barrier.await());
            co.await(Asyncio.sleep(0));
            co.await(barrier.reset());
            log.add(t(() -> co.await(again)));
            log.add(co.await(Asyncio.gather(barrier, barrier.await())));
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "1",
                        "BrokenBarrierError: Abort or reset of barrier true BrokenBarrierError: Barrier aborted",
                        "BrokenBarrierError: Abort or reset of barrier",
                        "[0, 1]");
    }

    @Test
    void locksAreReleasedWhenTheBlockRaises() {
        run(co -> {
            Lock lock = new Lock();
            log.add(tried(() -> co.withVoid(lock, ignored -> {
                throw new KeyError("k");
            })));
            log.add(lock.locked());
            return null;
        });
        assertThat(log.text()).isEqualTo("KeyError: k, false");
    }
}
