package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.show;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.ValueError;
import io.corobridge.asyncio.Asyncio.ReturnWhen;
import io.corobridge.asyncio.AsyncioSupport.KeyError;
import io.corobridge.asyncio.AsyncioSupport.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for several: gather, shield, wait under its other name, and asCompleted. */
@Timeout(NET_SECONDS)
class GatherRulesTest {
    private final Log log = new Log();

    private static Coroutine<Object> ok(Object value) {
        return ok(value, 0);
    }

    private static Coroutine<Object> ok(Object value, double delay) {
        return co(co -> co.await(Asyncio.sleep(delay, value)));
    }

    private static Coroutine<Object> bad() {
        return co(co -> {
            throw new KeyError("k");
        });
    }

    private Coroutine<Object> slow() {
        return co(co -> {
            try {
                co.await(Asyncio.sleep(0.01));
                log.add("slow completes anyway");
                return "s";
            } catch (CancelledError e) {
                log.add("slow cancelled");
                throw e;
            }
        });
    }

    @Test
    @Tag("G13")
    void resultsAreInTheOrderOfTheArguments() {
        run(co -> {
            log.add(co.await(Asyncio.gather(ok(1, 2), ok(2, 1))));
            log.add(co.await(Asyncio.gather()));
            List<Object> outcomes = co.await(Asyncio.gatherReturningExceptions(bad(), ok(2)));
            log.add(show(outcomes.get(0)), outcomes.get(1));
            Coroutine<Object> twice = ok(5);
            log.add(co.await(Asyncio.gather(twice, twice)));
            return null;
        });
        assertThat(log.text()).isEqualTo("[1, 2], [], KeyError: k 2, [5, 5]");
    }

    @Test
    @Tag("G13")
    void firstExceptionIsRaisedAtOnceAndTheOthersRunOn() {
        run(co -> {
            log.add(t(() -> co.await(Asyncio.gather(bad(), slow()))));
            co.await(Asyncio.sleep(0.03));
            return null;
        });
        assertThat(log.text()).isEqualTo("KeyError: k, slow completes anyway");
    }

    @Test
    @Tag("G13")
    void cancellingItCancelsAllOfThem() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(slow());
            Future<List<Object>> all = Asyncio.gather(task, ok(1));
            co.await(Asyncio.sleep(0));
            log.add(all.cancel());
            log.add(t(() -> co.await(all)), task.cancelled());
            return null;
        });
        assertThat(log.text()).isEqualTo("true, slow cancelled, CancelledError true");
    }

    @Test
    @Tag("G13")
    void childThatIsCancelledByItselfIsAnExceptionAndNotACancel() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(slow());
            Future<List<Object>> all = Asyncio.gather(task, ok(1));
            co.await(Asyncio.sleep(0));
            task.cancel("child");
            log.add(t(() -> co.await(all)), all.cancelled());
            Task<Object> another = Asyncio.createTask(slow());
            Future<List<Object>> outcomes = Asyncio.gatherReturningExceptions(another, ok(1));
            co.await(Asyncio.sleep(0));
            another.cancel("child");
            List<Object> list = co.await(outcomes);
            log.add(list.get(0).getClass().getSimpleName(), list.get(1));
            return null;
        });
        assertThat(log.text())
                .isEqualTo("slow cancelled, CancelledError: child false, slow cancelled, CancelledError 1");
    }

    private Coroutine<Object> shielded() {
        return co(co -> {
            try {
                co.await(Asyncio.sleep(0.01));
                log.add("inner done");
                return "v";
            } catch (CancelledError e) {
                log.add("inner cancelled");
                throw e;
            }
        });
    }

    @Test
    @Tag("G18")
    void shieldKeepsTheCancelOfTheAwaiterFromTheTask() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(shielded());
            Task<Object> outer = Asyncio.createTask(co(inner -> inner.await(Asyncio.shield(task))));
            co.await(Asyncio.sleep(0));
            outer.cancel();
            log.add(t(() -> co.await(outer)), task.cancelled());
            log.add(co.await(task), co.await(Asyncio.shield(task)));
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            Future<Object> shield = Asyncio.shield(future);
            future.cancel();
            log.add(t(() -> co.await(shield)));
            return null;
        });
        assertThat(log.text()).isEqualTo("CancelledError false, inner done, v v, CancelledError");
    }

    @Test
    @Tag("G19")
    void waitUntilSaysWhatIsDoneAndLeavesTheRestAlone() {
        run(co -> {
            Task<Object> a = Asyncio.createTask(ok(1));
            Task<Object> b = Asyncio.createTask(ok(2, 1));
            Waited<Task<Object>> timed = co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(a, b), 0.01));
            assertThat(timed.done()).containsExactly(a);
            assertThat(timed.pending()).containsExactly(b);
            Waited<Task<Object>> first = co.await(Asyncio.waitUntil(ReturnWhen.FIRST_COMPLETED, List.of(a, b)));
            assertThat(first.done()).containsExactly(a);
            Task<Object> failing = Asyncio.createTask(bad());
            Waited<Task<Object>> failed = co.await(Asyncio.waitUntil(ReturnWhen.FIRST_EXCEPTION, List.of(failing, b)));
            assertThat(failed.done()).containsExactly(failing);
            Waited<Task<Object>> all = co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(a, b)));
            assertThat(all.pending()).isEmpty();
            assertThat(b.result()).isEqualTo(2);
            assertThatThrownBy(() -> co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of())))
                    .isExactlyInstanceOf(ValueError.class)
                    .hasMessage("Set of Tasks/Futures is empty.");
            return null;
        });
    }

    @Test
    void waitUntilThatIsCancelledLeavesTheTasksAlone() {
        run(co -> {
            Task<Object> a = Asyncio.createTask(ok(1, 1));
            Task<Waited<Task<Object>>> waits =
                    Asyncio.createTask(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(a)));
            co.await(Asyncio.sleep(0));
            waits.cancel();
            log.add(t(() -> co.await(waits)), co.await(a));
            return null;
        });
        assertThat(log.text()).isEqualTo("CancelledError 1");
    }

    @Test
    @Tag("G19")
    void asCompletedHandsOutInTheOrderOfCompletion() {
        run(co -> {
            for (Coroutine<Object> next : Asyncio.asCompleted(List.of(ok(1, 0.02), ok(2)))) {
                log.add(co.await(next));
            }
            Task<Object> task = Asyncio.createTask(ok(1, 0.01));
            List<Coroutine<Object>> others = List.of(ok(2));
            List<io.corobridge.Awaitable<Object>> all = new ArrayList<>(others);
            all.add(task);
            for (Future<Object> next : co.each(Asyncio.asCompleted(all))) {
                log.add(next == task, co.await(next));
            }
            return null;
        });
        assertThat(log.text()).isEqualTo("2, 1, false 2, true 1");
    }

    @Test
    @Tag("G19")
    void asCompletedRaisesWhenTheTimeIsOver() {
        run(co -> {
            assertThatThrownBy(() -> {
                        for (Coroutine<Object> next : Asyncio.asCompleted(List.of(ok(1, 1)), 0.01)) {
                            co.await(next);
                        }
                    })
                    .isExactlyInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> {
                        for (Future<Object> next : co.each(Asyncio.asCompleted(List.of(ok(1, 1)), 0.01))) {
                            log.add(next);
                        }
                    })
                    .isExactlyInstanceOf(TimeoutException.class);
            return null;
        });
    }

    @Test
    @Tag("G25")
    void ensureFutureMakesTasksOfWhatIsNoFuture() {
        run(co -> {
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            assertThat(Asyncio.ensureFuture(future)).isSameAs(future);
            io.corobridge.Awaitable<Object> awaitable = () -> ok("aw").awaitIterator();
            assertThat(co.await(Asyncio.ensureFuture(awaitable))).isEqualTo("aw");
            assertThat(co.await(Asyncio.ensureFuture(ok("co")))).isEqualTo("co");
            return null;
        });
    }

    @Test
    void cancelThatNobodyAsksForIsNotReported() {
        List<String> reported = new ArrayList<>();
        EventLoop loop = EventLoop.create();
        loop.setExceptionHandler((of, context) -> reported.add(context.message()));
        Future<Object> future = loop.createFuture();
        future.setException(new CancelledError());
        assertThat(future.toString()).startsWith("<Future finished exception=");
        assertThat(future.isWatched()).isFalse();
        Future<Object> failed = loop.createFuture();
        failed.setException(new KeyError("k"));
        assertThat(failed.isWatched()).isTrue();
        failed.exception();
        assertThat(failed.isWatched()).isFalse();
        loop.close();
        assertThat(reported).isEmpty();
    }

    /** When none of them could be cancelled, the task that awaits them is: it does not matter that one was cancelled before. */
    @Test
    @Tag("G13")
    void secondCancelReachesTheTaskWhenAllOfThemAreDone() {
        Coroutine<Object> stubborn = co(co -> {
            try {
                return co.await(Asyncio.sleep(10));
            } catch (CancelledError e) {
                throw new KeyError("k");
            }
        });
        run(log, co -> {
            Task<Object> outer =
                    Asyncio.createTask(AsyncioSupport.<Object>co(inner -> inner.await(Asyncio.gather(stubborn))));
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            outer.cancel();
            co.await(Asyncio.sleep(0));
            // The child has raised, and the gathering future does not know it yet.
            outer.cancel();
            co.await(Asyncio.waitUntil(Asyncio.ReturnWhen.ALL_COMPLETED, List.of(outer)));
            log.add(outer.cancelled(), outer.cancelling());
            return null;
        });
        assertThat(log.text()).isEqualTo("true 2");
    }

    @Test
    @Tag("G13")
    void lastArgumentSaysWithWhichMessageTheCancelIsRaised() {
        run(log, co -> {
            Future<Object> first = Asyncio.getRunningLoop().createFuture();
            Future<Object> last = Asyncio.getRunningLoop().createFuture();
            Future<List<Object>> all = Asyncio.gather(first, last);
            last.cancel("last");
            all.cancel("all");
            try {
                return co.await(all);
            } catch (CancelledError e) {
                log.add(e);
                return null;
            }
        });
        assertThat(log.text()).isEqualTo("CancelledError: last");
    }
}
