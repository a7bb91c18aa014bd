package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Condition;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Lock;
import io.corobridge.asyncio.Runner;
import io.corobridge.asyncio.Task;
import io.corobridge.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_locks.py: conditions. */
@Timeout(60)
class ConditionTest {
    private static final String CASES = "test_locks.ConditionTests.";

    private final List<String> log = new ArrayList<>();
    private int state;

    private Task<Object> waits(Condition condition, String name, boolean releases) {
        return Asyncio.createTask(Coroutine.of(name, co -> {
            co.await(condition.acquire());
            co.await(condition);
            log.add(name);
            if (releases) {
                condition.release();
            }
            return true;
        }));
    }

    private static Coroutine<Object> signal(Condition condition, int count) {
        return Coroutine.of("signal", co -> {
            co.withVoid(condition, ignored -> condition.signal(count));
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_wait")
    void whoIsSignalledGoesOnWhenTheLockIsFree() {
        asyncio(co -> {
            Condition condition = new Condition();
            for (int i = 1; i <= 3; i++) {
                waits(condition, "" + i, false);
            }
            co.await(Asyncio.sleep(0));
            co.await(condition.acquire());
            condition.signal();
            co.await(Asyncio.sleep(0));
            log.add("locked " + condition.locked());
            condition.release();
            co.await(Asyncio.sleep(0));
            condition.signal(2);
            co.await(Asyncio.sleep(0));
            log.add("locked " + condition.locked());
            condition.release();
            co.await(Asyncio.sleep(0));
            condition.release();
            co.await(Asyncio.sleep(0));
            return null;
        });
        assertThat(log).containsExactly("locked true", "1", "locked true", "2", "3");
    }

    @Test
    @Tag(CASES + "test_notify")
    @Tag(CASES + "test_notify_all")
    void signalWakesAsManyAsItIsToldInOrder() {
        asyncio(co -> {
            Condition condition = new Condition();
            for (int i = 1; i <= 4; i++) {
                waits(condition, "" + i, true);
            }
            co.await(Asyncio.sleep(0));
            co.await(signal(condition, 1));
            co.await(Asyncio.sleep(0));
            log.add("|");
            co.withVoid(condition, ignored -> {
                condition.signal(1);
                condition.signal(2048);
            });
            co.await(Asyncio.sleep(0.1));
            waits(condition, "5", true);
            co.await(Asyncio.sleep(0));
            co.withVoid(condition, ignored -> condition.signalAll());
            co.await(Asyncio.sleep(0.1));
            return null;
        });
        assertThat(log).containsExactly("1", "|", "2", "3", "4", "5");
    }

    @Test
    @Tag(CASES + "test_wait_unacquired")
    @Tag(CASES + "test_wait_for_unacquired")
    @Tag(CASES + "test_notify_unacquired")
    @Tag(CASES + "test_notify_all_unacquired")
    void conditionIsForWhoHoldsItsLock() {
        asyncio(co -> {
            Condition condition = new Condition();
            log.add("" + co.await(condition.awaitUntil(() -> true)));
            for (Coroutine<Boolean> wait : List.of(condition.await(), condition.awaitUntil(() -> false))) {
                log.add(show(co.await(Asyncio.gatherReturningExceptions(wait)).get(0)));
            }
            log.add(tried(condition::signal));
            log.add(tried(condition::signalAll));
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "true",
                        "RuntimeError: cannot wait on un-acquired lock",
                        "RuntimeError: cannot wait on un-acquired lock",
                        "RuntimeError: cannot notify on un-acquired lock",
                        "RuntimeError: cannot notify on un-acquired lock");
    }

    @Test
    @Tag(CASES + "test_wait_for")
    void waitsUntilSomethingIsTrue() {
        asyncio(co -> {
            Condition condition = new Condition();
            Task<Object> task = Asyncio.createTask(Coroutine.of("c1", inner -> {
                inner.withVoid(condition, ignored -> inner.await(condition.awaitUntil(() -> state == 1)));
                return null;
            }));
            co.await(Asyncio.sleep(0));
            co.await(signal(condition, 1));
            co.await(Asyncio.sleep(0));
            log.add("" + task.done());
            state = 1;
            co.await(signal(condition, 1));
            co.await(task);
            return null;
        });
        assertThat(log).containsExactly("false");
    }

    @Test
    @Tag(CASES + "test_wait_cancel")
    @Tag(CASES + "test_wait_cancel_contested")
    @Tag(CASES + "test_wait_cancel_after_notify")
    void cancelledWaiterTakesTheLockAgain() {
        asyncio(co -> {
            Condition condition = new Condition();
            co.await(condition.acquire());
            Task<Boolean> waiting = Asyncio.createTask(condition.await());
            Asyncio.getRunningLoop().callSoon(waiting::cancel);
            log.add(show(co.await(Asyncio.gatherReturningExceptions(waiting)).get(0)) + " " + condition.locked());
            Task<Boolean> contested = Asyncio.createTask(condition.await());
            co.await(Asyncio.sleep(0));
            co.await(condition.acquire());
            condition.signal();
            Asyncio.getRunningLoop().callSoon(contested::cancel);
            Asyncio.getRunningLoop().callSoon(condition::release);
            co.await(Asyncio.gatherReturningExceptions(contested));
            log.add("" + condition.locked());
            condition.release();
            Task<Object> late = waits(condition, "late", true);
            co.await(Asyncio.sleep(0));
            co.await(condition.acquire());
            condition.signal();
            co.await(Asyncio.sleep(0));
            late.cancel();
            co.await(Asyncio.sleep(0));
            condition.release();
            co.await(Asyncio.gatherReturningExceptions(late));
            log.add("" + late.cancelled());
            return null;
        });
        assertThat(log).containsExactly("CancelledError true", "true", "true");
    }

    @Test
    @Tag(CASES + "test_repr")
    @Tag(CASES + "test_context_manager")
    @Tag(CASES + "test_explicit_lock")
    void conditionMayShareItsLock() {
        asyncio(co -> {
            Lock lock = new Lock();
            Condition condition = new Condition(lock);
            log.add(condition.toString());
            co.withVoid(condition, ignored -> log.add(lock.locked() + " " + condition));
            co.withVoid(lock, ignored -> log.add("" + condition.locked()));
            Task<Object> waiter = waits(condition, "w", true);
            co.await(Asyncio.sleep(0));
            log.add(condition.toString());
            waiter.cancel();
            return null;
        });
        assertThat(log.stream().map(line -> line.replaceAll("0x[0-9a-f]+", "0x..")))
                .containsExactly(
                        "<Condition object at 0x.. [unlocked]>",
                        "true <Condition object at 0x.. [locked]>",
                        "true",
                        "<Condition object at 0x.. [unlocked, waiters:1]>");
    }

    @Test
    @Tag(CASES + "test_ambiguous_loops")
    void lockOfAnotherLoopIsRefused() {
        Lock lock = new Lock();
        Condition condition = new Condition(lock);
        EventLoop other = EventLoop.create(new VirtualClock());
        other.runUntilComplete(Coroutine.of("binds", co -> {
            co.await(lock.acquire());
            Task<Boolean> waits = Asyncio.createTask(lock.acquire());
            co.await(Asyncio.sleep(0));
            waits.cancel();
            return co.await(Asyncio.gatherReturningExceptions(waits));
        }));
        try (Runner runner = new Runner(new VirtualClock())) {
            log.add(show(runner.run(Coroutine.of(
                    "main",
                    co -> co.await(Asyncio.gatherReturningExceptions(condition.acquire()))
                            .get(0)))));
        }
        other.close();
        assertThat(log).singleElement().asString().endsWith("is bound to a different event loop");
    }

    @Test
    @Tag(CASES + "test_timeout_in_block")
    void waitingMayHaveATimeLimit() {
        asyncio(co -> {
            Condition condition = new Condition();
            co.withVoid(condition, ignored -> {
                log.add(show(co.await(Asyncio.gatherReturningExceptions(Asyncio.waitFor(condition.await(), 0.5)))
                        .get(0)));
                log.add("" + condition.locked());
            });
            return null;
        });
        assertThat(log).containsExactly("TimeoutException", "true");
    }

    @Test
    @Tag(CASES + "test_cancelled_error_wakeup")
    @Tag(CASES + "test_cancelled_error_re_aquire")
    void cancelComesOutAsTheSameInstance() {
        for (boolean whileAcquiring : new boolean[] {false, true}) {
            asyncio(co -> {
                Condition condition = new Condition();
                List<Throwable> raised = new ArrayList<>();
                Task<Object> task = Asyncio.createTask(Coroutine.of("func", inner -> {
                    inner.withVoid(condition, ignored -> {
                        try {
                            inner.await(condition);
                        } catch (CancelledError e) {
                            raised.add(e);
                            throw e;
                        }
                    });
                    return null;
                }));
                co.await(Asyncio.sleep(0));
                if (whileAcquiring) {
                    co.await(condition.acquire());
                    condition.signal();
                    co.await(Asyncio.sleep(0));
                }
                task.cancel("foo");
                if (whileAcquiring) {
                    condition.release();
                }
                try {
                    co.await(task);
                } catch (CancelledError e) {
                    raised.add(e);
                }
                assertThat(raised)
                        .hasSize(2)
                        .allSatisfy(e -> assertThat(e).hasMessage("foo").isSameAs(raised.get(0)));
                return null;
            });
        }
    }

    private Coroutine<Object> consumer(Condition condition) {
        return Coroutine.of("consumer", co -> {
            co.withVoid(condition, ignored -> {
                while (true) {
                    co.await(condition.awaitUntil(() -> state != 0));
                    if (state < 0) {
                        return;
                    }
                    state--;
                }
            });
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_cancelled_wakeup")
    @Tag(CASES + "test_cancelled_wakeup_relock")
    void signalOfACancelledTaskGoesToTheNext() {
        for (boolean relocking : new boolean[] {false, true}) {
            state = 0;
            asyncio(co -> {
                Condition condition = new Condition();
                Task<Object> first = Asyncio.createTask(consumer(condition));
                Task<Object> second = Asyncio.createTask(consumer(condition));
                co.await(Asyncio.sleep(0));
                co.withVoid(condition, ignored -> {
                    state++;
                    condition.signal();
                    if (relocking) {
                        co.await(Asyncio.sleep(0));
                    }
                    first.cancel();
                    co.await(Asyncio.gatherReturningExceptions(
                            Asyncio.waitFor(condition.awaitUntil(() -> state == 0), 0.01)));
                    log.add("left " + state);
                    state = -1;
                    condition.signalAll();
                });
                return co.await(second);
            });
        }
        assertThat(log).containsExactly("left 0", "left 0");
    }
}
