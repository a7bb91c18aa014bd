package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.t;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Barrier;
import io.corobridge.asyncio.BrokenBarrierError;
import io.corobridge.asyncio.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_locks.py: barriers. */
@Timeout(60)
class BarrierTest {
    private static final String CASES = "test_locks.BarrierTests.";
    private static final int N = 5;

    private final List<String> log = new ArrayList<>();
    private int count;

    private static List<Task<Object>> tasks(int count, Coroutine.Body<Object> body) {
        List<Task<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(Asyncio.createTask(Coroutine.of("coro", body)));
        }
        return tasks;
    }

    /** Runs so many tasks of a body, and leaves the barrier as new. */
    private static List<Object> gathered(Barrier barrier, int count, Coroutine.Body<Object> body) {
        return asyncio(co -> {
            List<Object> results = co.await(Asyncio.gather(tasks(count, body)));
            assertThat(List.of(barrier.waiting(), barrier.broken())).containsExactly(0, false);
            return results;
        });
    }

    private String info(Barrier barrier) {
        return barrier.toString().replaceAll(".*\\[(.*)\\]>", "$1");
    }

    @Test
    @Tag(CASES + "test_barrier_parties")
    @Tag(CASES + "test_repr")
    @Tag(CASES + "test_filling_task_by_task")
    void barrierTellsItsState() {
        assertThat(List.of(t(() -> new Barrier(0)), t(() -> new Barrier(-4))))
                .containsOnly("ValueError: parties must be > 0");
        asyncio(co -> {
            Barrier barrier = new Barrier(3);
            log.add(info(barrier) + " of " + barrier.parties());
            List<Task<Object>> tasks = tasks(2, inner -> inner.await(barrier));
            co.await(Asyncio.sleep(0));
            log.add(info(barrier));
            tasks.addAll(tasks(1, inner -> inner.await(barrier)));
            co.await(Asyncio.sleep(0));
            log.add(info(barrier));
            tasks.addAll(tasks(1, inner -> inner.await(barrier)));
            co.await(Asyncio.sleep(0.1));
            co.await(barrier.reset());
            log.add(info(barrier));
            co.await(barrier.abort());
            log.add(info(barrier) + " " + barrier.broken());
            co.await(Asyncio.gatherReturningExceptions(tasks));
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "filling, waiters:0/3 of 3",
                        "filling, waiters:2/3",
                        "draining, waiters:0/3",
                        "resetting, waiters:0/3",
                        "broken true");
    }

    @Test
    @Tag(CASES + "test_context_manager")
    @Tag(CASES + "test_filling_one_task")
    @Tag(CASES + "test_filling_one_task_twice")
    void eachTaskGetsANumberOfItsOwn() {
        Barrier three = new Barrier(3);
        List<Object> numbers = gathered(three, 3, co -> co.with(three, number -> number));
        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
        Barrier one = new Barrier(1);
        assertThat(gathered(one, 2, co -> co.await(one))).containsExactly(0, 0);
    }

    @Test
    @Tag(CASES + "test_filling_tasks_wait_twice")
    @Tag(CASES + "test_filling_tasks_check_return_value")
    void roundsDoNotMix() {
        Barrier barrier = new Barrier(N);
        List<Object> numbers = gathered(barrier, N, co -> {
            co.await(barrier);
            log.add("1");
            int number = co.await(barrier);
            log.add("2");
            return number;
        });
        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(String.join("", log)).isEqualTo("1111122222");
    }

    @Test
    @Tag(CASES + "test_draining_state")
    void itDrainsUntilTheLastHasLeft() {
        Barrier barrier = new Barrier(N);
        gathered(barrier, N, co -> {
            co.await(barrier);
            log.add(info(barrier));
            return null;
        });
        assertThat(log).hasSize(N).endsWith("filling, waiters:0/5");
        assertThat(log.subList(0, N - 1)).containsOnly("draining, waiters:0/5");
    }

    @Test
    @Tag(CASES + "test_blocking_tasks_while_draining")
    void whoComesWhileItDrainsWaitsForTheNextRound() {
        Barrier barrier = new Barrier(N);
        Barrier others = new Barrier(N - 2);
        gathered(barrier, N, co -> {
            co.await(barrier);
            if (count++ >= 2) {
                co.await(others);
            }
            log.add("again");
            co.await(barrier);
            return null;
        });
        assertThat(log).hasSize(N);
    }

    @Test
    @Tag(CASES + "test_filling_tasks_cancel_one")
    void cancelledTaskDoesNotCount() {
        asyncio(co -> {
            Barrier barrier = new Barrier(3);
            List<Task<Object>> tasks = tasks(2, inner -> inner.await(barrier));
            co.await(Asyncio.sleep(0));
            tasks.get(0).cancel();
            co.await(Asyncio.sleep(0));
            log.add("waiting " + barrier.waiting());
            tasks.addAll(tasks(2, inner -> inner.await(barrier)));
            co.await(Asyncio.gatherReturningExceptions(tasks));
            log.add(tasks.get(0).cancelled() + " " + barrier.waiting());
            return null;
        });
        assertThat(log).containsExactly("waiting 1", "true 0");
    }

    @Test
    @Tag(CASES + "test_reset_barrier")
    @Tag(CASES + "test_reset_barrier_while_tasks_waiting")
    @Tag(CASES + "test_abort_barrier")
    void thoseWhoWaitWhenItIsResetAreTold() {
        asyncio(co -> {
            Barrier barrier = new Barrier(N);
            co.await(barrier.reset());
            log.add(info(barrier));
            List<Task<Object>> tasks = tasks(N - 1, inner -> inner.await(barrier));
            co.await(Asyncio.sleep(0));
            Asyncio.createTask(barrier.reset());
            List<Object> results = co.await(Asyncio.gatherReturningExceptions(tasks));
            assertThat(results).hasSize(N - 1).hasOnlyElementsOfType(BrokenBarrierError.class);
            log.add(info(barrier));
            co.await(barrier.abort());
            log.add(info(barrier));
            return null;
        });
        assertThat(log).containsExactly("filling, waiters:0/5", "filling, waiters:0/5", "broken");
    }

    @Test
    @Tag(CASES + "test_reset_barrier_when_tasks_half_draining")
    @Tag(CASES + "test_reset_barrier_when_tasks_half_draining_half_blocking")
    void resetWhileItDrainsIsForThoseWhoHaveNotLeft() {
        Barrier barrier = new Barrier(N);
        gathered(barrier, N, co -> {
            try {
                co.await(barrier);
            } catch (BrokenBarrierError e) {
                log.add("broken");
                return co.await(barrier);
            }
            if (++count > N / 2) {
                co.await(barrier.reset());
            }
            return co.await(barrier);
        });
        assertThat(log).containsExactly("broken", "broken");
    }

    @Test
    @Tag(CASES + "test_reset_barrier_while_tasks_waiting_and_waiting_again")
    @Tag(CASES + "test_reset_barrier_while_tasks_draining")
    void itCanBeUsedAgainAfterAReset() {
        asyncio(co -> {
            Barrier barrier = new Barrier(N);
            List<Task<Object>> tasks = tasks(N - 1, inner -> {
                try {
                    inner.await(barrier);
                } catch (BrokenBarrierError e) {
                    log.add("broken");
                }
                inner.await(barrier);
                log.add("passed");
                return null;
            });
            Asyncio.createTask(barrier.reset());
            co.await(Asyncio.sleep(0));
            tasks.addAll(tasks(1, inner -> inner.await(barrier)));
            co.await(Asyncio.gather(tasks));
            log.add(info(barrier));
            return null;
        });
        List<String> expected = new ArrayList<>(Collections.nCopies(N - 1, "broken"));
        expected.addAll(Collections.nCopies(N - 1, "passed"));
        expected.add("filling, waiters:0/5");
        assertThat(log).isEqualTo(expected);
    }

    @Test
    @Tag(CASES + "test_abort_barrier_when_tasks_half_draining_half_blocking")
    void abortBreaksItForAll() {
        Barrier barrier = new Barrier(N);
        asyncio(co -> co.await(Asyncio.gather(tasks(N, inner -> {
            try {
                inner.await(barrier);
            } catch (BrokenBarrierError e) {
                log.add("first");
                return null;
            }
            if (++count > N / 2) {
                return inner.await(barrier.abort());
            }
            try {
                return inner.await(barrier);
            } catch (BrokenBarrierError e) {
                log.add("second");
                return null;
            }
        }))));
        assertThat(log).containsExactlyInAnyOrder("first", "first", "second", "second");
        assertThat(List.of(barrier.broken(), barrier.waiting())).containsExactly(true, 0);
    }

    @Test
    @Tag(CASES + "test_abort_barrier_when_exception")
    @Tag(CASES + "test_abort_barrier_when_exception_then_resetting")
    void abortedBarrierIsAsNewAfterAReset() {
        Barrier first = new Barrier(N);
        Barrier second = new Barrier(N);
        List<Object> numbers = gathered(first, N, co -> {
            try {
                if (co.await(first) == N / 2) {
                    throw oops();
                }
                co.await(first);
                log.add("passed");
            } catch (BrokenBarrierError e) {
                log.add("broken");
            } catch (Cases.Oops e) {
                co.await(first.abort());
            }
            if (co.await(second) == N / 2) {
                co.await(first.reset());
            }
            co.await(second);
            return co.await(first);
        });
        assertThat(log).hasSize(N - 1).containsOnly("broken");
        assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }
}
