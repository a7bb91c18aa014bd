package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Asyncio.ReturnWhen;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Future;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.Waited;
import io.corobridge.testing.VirtualClock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_tasks.py: gather, wait, as_completed, shield and coroutines from other threads. */
@Timeout(60)
class GatherTest {
    private static final String CASES = "test_tasks.BaseTaskTests.";
    private static final String GATHER = "test_tasks.GatherTestsBase.";
    private static final String FUTURES = "test_tasks.FutureGatherTests.";
    private static final String COROUTINES = "test_tasks.CoroutineGatherTests.";
    private static final String THREADS = "test_tasks.RunCoroutineThreadsafeTests.";

    private final List<String> log = new ArrayList<>();

    private static Coroutine<Object> co(Coroutine.Body<Object> body) {
        return Coroutine.of("coro", body);
    }

    private static Coroutine<Object> fails(double after) {
        return co(inner -> {
            inner.await(Asyncio.sleep(after));
            throw oops();
        });
    }

    private static <R> Future<R> future() {
        return Asyncio.getRunningLoop().createFuture();
    }

    private static Coroutine<String> end(Future<?> future) {
        return Coroutine.of("end", co -> {
            co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(future)));
            return t(future::result) + (future.cancelled() ? ", cancelled" : "");
        });
    }

    @Test
    @Tag(GATHER + "test_success")
    @Tag(GATHER + "test_result_exception_success")
    @Tag(GATHER + "test_return_exceptions")
    @Tag(FUTURES + "test_constructor_empty_sequence_use_running_loop")
    @Tag(COROUTINES + "test_duplicate_coroutines")
    @Tag(COROUTINES + "test_constructor_use_running_loop")
    void gatherResultsInAllInOrder() {
        asyncio(co -> {
            Future<Object> a = future();
            Future<Object> b = future();
            Future<List<Object>> all = Asyncio.gather(a, b, a);
            b.setResult(2);
            a.setResult(1);
            log.add(all.done() + " " + co.await(all));
            log.add("" + co.await(Asyncio.gather(List.<Future<Object>>of())));
            Coroutine<Object> once = co(inner -> log.add("ran"));
            log.add("" + co.await(Asyncio.gather(once, once)));
            Future<Object> cancelled = future();
            cancelled.cancel();
            List<Object> results =
                    co.await(Asyncio.gatherReturningExceptions(fails(0), cancelled, Asyncio.sleep(0, 3)));
            log.add(results.stream().map(Cases::show).toList().toString());
            return null;
        });
        assertThat(log).containsExactly("false [1, 2, 1]", "[]", "ran", "[true, true]", "[Oops, CancelledError, 3]");
    }

    @Test
    @Tag(GATHER + "test_one_exception")
    @Tag(FUTURES + "test_one_cancellation")
    @Tag(FUTURES + "test_result_exception_one_cancellation")
    @Tag(COROUTINES + "test_exception_marking")
    void firstExceptionOrCancelOfAChildIsRaisedAndTheOthersGoOn() {
        asyncio(co -> {
            Future<Object> other = future();
            Future<List<Object>> failing = Asyncio.gather(other, fails(0), fails(0));
            log.add(co.await(end(failing)) + " " + other.done());
            Future<Object> cancelled = future();
            Future<List<Object>> withCancelled = Asyncio.gather(other, cancelled);
            cancelled.cancel();
            log.add(co.await(end(withCancelled)) + " " + other.done());
            return null;
        });
        assertThat(log).containsExactly("Oops false", "CancelledError false");
    }

    @Test
    @Tag(COROUTINES + "test_cancellation_broadcast")
    @Tag(COROUTINES + "test_issue46672")
    @Tag(CASES + "test_cancel_gather_1")
    @Tag(CASES + "test_cancel_gather_2")
    void cancelGoesToAllChildrenAndIsRefusedWhenAllAreDone() {
        asyncio(co -> {
            List<Task<Object>> children = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                children.add(Asyncio.createTask(Asyncio.sleep(10, (Object) "slept")));
            }
            Future<List<Object>> all = Asyncio.gather(children);
            co.await(Asyncio.sleep(0));
            log.add("" + all.cancel("msg"));
            try {
                co.await(all);
            } catch (CancelledError e) {
                log.add(show(e) + " " + children.stream().allMatch(Task::cancelled));
            }
            Future<Object> done = future();
            Future<List<Object>> late = Asyncio.gather(done);
            done.setResult(1);
            log.add(late.cancel() + " " + co.await(late) + " " + late.cancel());
            return null;
        });
        assertThat(log).containsExactly("true", "CancelledError: msg true", "false [1] false");
    }

    @Test
    @Tag(CASES + "test_wait")
    @Tag(CASES + "test_wait_duplicate_coroutines")
    @Tag(CASES + "test_wait_concurrent_complete")
    @Tag(CASES + "test_wait_really_done")
    @Tag(CASES + "test_wait_with_exception")
    @Tag(CASES + "test_wait_with_iterator_of_tasks")
    void waitEndsWithWhatIsDone() {
        asyncio(co -> {
            Task<Object> a = Asyncio.createTask(Asyncio.sleep(0.1, (Object) 1));
            Task<Object> b = Asyncio.createTask(fails(0.15));
            Waited<Task<Object>> waited = co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(a, b, a)));
            assertThat(waited.done()).containsExactly(a, b);
            assertThat(waited.pending()).isEmpty();
            log.add(a.result() + " " + show(b.exception()) + " "
                    + Asyncio.getRunningLoop().time());
            waited = co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(a)));
            assertThat(waited.done()).containsExactly(a);
            return null;
        });
        assertThat(log).containsExactly("1 Oops 0.15");
    }

    @Test
    @Tag(CASES + "test_wait_first_completed")
    @Tag(CASES + "test_wait_first_exception")
    @Tag(CASES + "test_wait_first_exception_in_wait")
    @Tag(CASES + "test_wait_with_timeout")
    @Tag(CASES + "test_wait_errors")
    @Tag(CASES + "test_wait_invalid_args")
    @Tag(CASES + "test_yield_wait_does_not_shield_cancel")
    void waitEndsWhenItIsEnough() {
        asyncio(co -> {
            Task<Object> slow = Asyncio.createTask(Asyncio.sleep(10, (Object) "slow"));
            Task<Object> quick = Asyncio.createTask(Asyncio.sleep(0.1, (Object) "quick"));
            Task<Object> fails = Asyncio.createTask(fails(0.2));
            for (ReturnWhen when : new ReturnWhen[] {ReturnWhen.FIRST_COMPLETED, ReturnWhen.FIRST_EXCEPTION}) {
                Waited<Task<Object>> waited = co.await(Asyncio.waitUntil(when, List.of(slow, quick, fails)));
                log.add(waited.done().size() + " of 3 at "
                        + Asyncio.getRunningLoop().time());
            }
            Waited<Task<Object>> limited = co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(slow), 0.3));
            log.add(limited.done().size() + " of 1 at "
                    + Asyncio.getRunningLoop().time());
            log.add(show(co.await(Asyncio.gatherReturningExceptions(
                            Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.<Task<Object>>of())))
                    .get(0)));
            Task<?> waits = Asyncio.createTask(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(slow)));
            co.await(Asyncio.sleep(0));
            waits.cancel();
            log.add(co.await(end(waits)) + " " + slow.done());
            fails.exception();
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "1 of 3 at 0.1",
                        "2 of 3 at 0.2",
                        "0 of 1 at 0.5",
                        "ValueError: Set of Tasks/Futures is empty.",
                        "CancelledError, cancelled false");
    }

    @Test
    @Tag(CASES + "test_as_completed")
    @Tag(CASES + "test_as_completed_same_tasks_in_as_out")
    @Tag(CASES + "test_as_completed_with_unused_timeout")
    @Tag(CASES + "test_as_completed_resume_iterator")
    @Tag(CASES + "test_as_completed_concurrent")
    @Tag(CASES + "test_as_completed_duplicate_coroutines")
    @Tag(CASES + "test_as_completed_coroutine_use_running_loop")
    void asCompletedHandsOutInTheOrderOfCompletion() {
        asyncio(co -> {
            Coroutine<Object> twice = Asyncio.sleep(0.05, (Object) "b");
            List<Coroutine<Object>> all =
                    List.of(Asyncio.sleep(0.1, (Object) "c"), twice, Asyncio.sleep(0, (Object) "a"), twice);
            for (Coroutine<Object> next : Asyncio.asCompleted(all, 1)) {
                log.add("" + co.await(next));
            }
            List<Task<Object>> tasks = List.of(
                    Asyncio.createTask(Asyncio.sleep(0.02, (Object) "y")),
                    Asyncio.createTask(Asyncio.sleep(0.01, (Object) "x")));
            for (Future<Object> next : co.each(Asyncio.asCompleted(tasks))) {
                assertThat(tasks).contains((Task<Object>) next);
                log.add("" + next.result());
            }
            Iterator<Coroutine<Object>> iterator = Asyncio.asCompleted(
                            List.of(Asyncio.sleep(0.01, (Object) 1), Asyncio.sleep(0.02, (Object) 2)))
                    .iterator();
            log.add("" + co.await(iterator.next()));
            log.add("" + co.await(iterator.next()) + " " + iterator.hasNext());
            return null;
        });
        assertThat(log).containsExactly("a", "b", "c", "x", "y", "1", "2 false");
    }

    @Test
    @Tag(CASES + "test_as_completed_with_timeout")
    @Tag(CASES + "test_as_completed_reverse_wait")
    void asCompletedRaisesWhenTheTimeIsOver() {
        asyncio(co -> {
            for (Coroutine<Object> next : Asyncio.asCompleted(
                    List.of(Asyncio.sleep(0.1, (Object) "a"), Asyncio.sleep(0.15, (Object) "b")), 0.12)) {
                log.add(show(co.await(Asyncio.gatherReturningExceptions(next)).get(0)));
            }
            List<Coroutine<Object>> steps = new ArrayList<>();
            Asyncio.asCompleted(List.of(Asyncio.sleep(0.05, (Object) "x"), Asyncio.sleep(0.1, (Object) "y")))
                    .iterator()
                    .forEachRemaining(steps::add);
            log.add(co.await(steps.get(1)) + " " + co.await(steps.get(0)));
            return null;
        });
        assertThat(log).containsExactly("a", "TimeoutException", "x y");
    }

    @Test
    @Tag(CASES + "test_as_completed_coroutine_without_loop")
    @Tag(CASES + "test_shield_coroutine_without_loop")
    @Tag(COROUTINES + "test_constructor_without_loop")
    @Tag(FUTURES + "test_constructor_empty_sequence_without_loop")
    void theyNeedARunningLoop() {
        Coroutine<Object> coroutine = Asyncio.sleep(0, (Object) 1);
        assertThat(List.of(
                        tried(() -> Asyncio.gather(coroutine)),
                        tried(() -> Asyncio.gather(List.<Future<Object>>of())),
                        tried(() -> Asyncio.shield(coroutine)),
                        tried(() -> Asyncio.asCompleted(List.of(coroutine)))))
                .containsOnly("RuntimeError: no running event loop");
        coroutine.close();
    }

    @Test
    @Tag(CASES + "test_shield_result")
    @Tag(CASES + "test_shield_exception")
    @Tag(CASES + "test_shield_cancel_inner")
    @Tag(CASES + "test_shield_cancel_outer")
    @Tag(CASES + "test_shield_shortcut")
    @Tag(CASES + "test_shield_effect")
    @Tag(CASES + "test_shield_coroutine_use_running_loop")
    void shieldPassesAllButTheCancelFromOutside() {
        asyncio(co -> {
            Future<Object> result = future();
            Future<Object> failed = future();
            Future<Object> inner = future();
            Future<Object> left = future();
            List<Future<Object>> outer = new ArrayList<>();
            for (Future<Object> future : List.of(result, failed, inner, left)) {
                outer.add(Asyncio.shield(future));
            }
            result.setResult(42);
            failed.setException(new IllegalStateException("e"));
            inner.cancel();
            outer.get(3).cancel();
            for (Future<Object> future : outer) {
                log.add(co.await(end(future)));
            }
            log.add(left.done() + " " + (Asyncio.shield(result) == result));
            Task<Object> effect = Asyncio.createTask(co(body -> body.await(Asyncio.shield(co(shielded -> {
                shielded.await(Asyncio.sleep(0.1));
                return log.add("worked");
            })))));
            co.await(Asyncio.sleep(0));
            effect.cancel();
            log.add(co.await(end(effect)));
            co.await(Asyncio.sleep(1));
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "-> 42",
                        "IllegalStateException: e",
                        "CancelledError, cancelled",
                        "CancelledError, cancelled",
                        "false true",
                        "CancelledError, cancelled",
                        "worked");
    }

    @Test
    @Tag(CASES + "test_shield_gather")
    @Tag(CASES + "test_gather_shield")
    void shieldAndGatherGoTogether() {
        asyncio(co -> {
            Future<Object> a = future();
            Future<Object> b = future();
            Future<List<Object>> inside = Asyncio.gather(a, b);
            Future<List<Object>> outside = Asyncio.shield(inside);
            co.await(Asyncio.sleep(0));
            outside.cancel();
            a.setResult(1);
            b.setResult(2);
            log.add(co.await(end(inside)) + " " + outside.cancelled());
            Future<Object> kept = future();
            Future<List<Object>> gathered = Asyncio.gather(Asyncio.shield(kept));
            co.await(Asyncio.sleep(0));
            gathered.cancel();
            log.add(co.await(end(gathered)) + " " + kept.done());
            return null;
        });
        assertThat(log).containsExactly("-> [1, 2] true", "CancelledError false");
    }

    @Test
    @Tag(THREADS + "test_run_coroutine_threadsafe")
    @Tag(THREADS + "test_run_coroutine_threadsafe_with_exception")
    @Tag(THREADS + "test_run_coroutine_threadsafe_task_cancelled")
    @Tag(THREADS + "test_run_coroutine_threadsafe_with_timeout")
    void coroutineOfAnotherThread() throws Exception {
        EventLoop loop = EventLoop.create();
        Thread thread = new Thread(loop::runForever);
        thread.start();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        assertThat(Asyncio.runCoroutineThreadsafe(Asyncio.sleep(0.001, 3), loop).get(60, TimeUnit.SECONDS))
                .isEqualTo(3);
        CompletableFuture<Object> failed = Asyncio.runCoroutineThreadsafe(fails(0), loop);
        assertThat(Cases.raised(() -> failed.get(60, TimeUnit.SECONDS)))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Cases.Oops.class);
        CompletableFuture<Object> cancelled = Asyncio.runCoroutineThreadsafe(
                co(inner -> {
                    begun.countDown();
                    try {
                        return inner.await(Asyncio.sleep(100, "slept"));
                    } finally {
                        ended.countDown();
                    }
                }),
                loop);
        begun.await();
        assertThat(cancelled.cancel(true)).isTrue();
        ended.await();
        loop.callSoonThreadsafe(loop::stop);
        thread.join();
        loop.close();
    }

    @Test
    @Tag(FUTURES + "test_constructor_homogenous_futures")
    @Tag(FUTURES + "test_constructor_heterogenous_futures")
    void gatheredFuturesBringTheirLoopAndMustHaveTheSame() {
        EventLoop loop = EventLoop.create(new VirtualClock());
        EventLoop other = EventLoop.create(new VirtualClock());
        Future<Object> future = loop.createFuture();
        Future<Object> foreign = other.createFuture();
        assertThat(Asyncio.gather(future).getLoop()).isSameAs(loop);
        assertThat(List.of(tried(() -> Asyncio.gather(future, foreign)), tried(() -> loop.runUntilComplete(foreign))))
                .containsOnly("ValueError: The future belongs to a different loop than the one specified as the loop"
                        + " argument");
        loop.close();
        other.close();
    }
}
