package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Asyncio.ReturnWhen;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Future;
import io.corobridge.asyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_waitfor.py. */
@Timeout(60)
class WaitForTest {
    private static final String CASES = "test_waitfor.AsyncioWaitForTest.";
    private static final String SHIELDED = "test_waitfor.WaitForShieldTests.";

    private final List<String> log = new ArrayList<>();

    /** Ignores cancels until 0.2 seconds are over. */
    private Coroutine<Object> slow() {
        return Coroutine.of("slow", co -> {
            EventLoop loop = Asyncio.getRunningLoop();
            double end = loop.time() + 0.2;
            while (loop.time() < end) {
                try {
                    co.await(Asyncio.sleep(end - loop.time()));
                } catch (CancelledError e) {
                    log.add("ignored");
                }
            }
            log.add("exited");
            return "slow";
        });
    }

    private Coroutine<Object> sleeper() {
        return Coroutine.of("foo", co -> {
            log.add("started");
            try {
                return co.await(Asyncio.sleep(10, "done"));
            } finally {
                log.add("ended");
            }
        });
    }

    @Test
    @Tag(CASES + "test_asyncio_wait_for_cancelled")
    void cancelledWaitForWaitsForWhatIgnoresTheCancel() {
        asyncio(co -> {
            Task<Object> task = Asyncio.createTask(Asyncio.waitFor(slow(), 0.4));
            co.await(Asyncio.sleep(0));
            task.cancel();
            co.await(Asyncio.waitUntil(ReturnWhen.ALL_COMPLETED, List.of(task)));
            return null;
        });
        assertThat(log).containsExactly("ignored", "exited");
    }

    @Test
    @Tag(CASES + "test_asyncio_wait_for_timeout")
    void timeoutWaitsForWhatIgnoresTheCancel() {
        Object result = asyncio(co -> co.await(Asyncio.waitFor(slow(), 0.1)));
        assertThat(result).isEqualTo("slow");
        assertThat(log).containsExactly("ignored", "exited");
    }

    @Test
    @Tag(CASES + "test_wait_for_timeout_less_then_0_or_0_future_done")
    @Tag(CASES + "test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started")
    @Tag(CASES + "test_wait_for_timeout_less_then_0_or_0")
    @Tag(CASES + "test_wait_for")
    void withoutTimeWhatIsDoneIsTakenAndWhatIsNotIsCancelled() {
        asyncio(co -> {
            Future<Object> done = Asyncio.getRunningLoop().createFuture();
            done.setResult("done");
            assertThat(co.await(Asyncio.waitFor(done, 0))).isEqualTo("done");
            try {
                co.await(Asyncio.waitFor(sleeper(), 0));
            } catch (Exception e) {
                log.add("timed out");
            }
            for (double timeout : new double[] {0, -1, 0.1}) {
                Task<Object> task = Asyncio.createTask(sleeper());
                co.await(Asyncio.sleep(0));
                try {
                    co.await(Asyncio.waitFor(task, timeout));
                } catch (Exception e) {
                    log.add("timed out " + task.cancelled());
                }
            }
            return null;
        });
        assertThat(String.join(", ", log)).isEqualTo("timed out" + ", started, ended, timed out true".repeat(3));
    }

    @Test
    @Tag(CASES + "test_wait_for_blocking")
    @Tag(CASES + "test_wait_for_race_condition")
    void resultThatComesInTimeIsReturned() {
        asyncio(co -> {
            assertThat(co.await(Asyncio.waitFor(Asyncio.sleep(0, "done"), 1e12)))
                    .isEqualTo("done");
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            Asyncio.getRunningLoop().callSoon(() -> future.setResult("ok"));
            assertThat(co.await(Asyncio.waitFor(future, 0.2))).isEqualTo("ok");
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_wait_for_cancellation_race_condition")
    @Tag(CASES + "test_wait_for_cancel_suppressed")
    void whatIsReturnedInReplyToTheCancelIsReturned() {
        Object result = asyncio(co -> co.await(Asyncio.waitFor(
                Coroutine.of("inner", inner -> {
                    try {
                        return inner.await(Asyncio.sleep(1, 0));
                    } catch (CancelledError e) {
                        return 42;
                    }
                }),
                0.01)));
        assertThat(result).isEqualTo(42);
    }

    @Test
    @Tag(CASES + "test_wait_for_waits_for_task_cancellation")
    @Tag(CASES + "test_wait_for_waits_for_task_cancellation_w_timeout_0")
    void cleanUpOfTheTaskIsWaitedFor() {
        for (double timeout : new double[] {0.1, 0}) {
            Throwable error = raised(() -> asyncio(co -> {
                Task<Object> task = Asyncio.createTask(Coroutine.of("inner", inner -> {
                    try {
                        return inner.await(Asyncio.sleep(10, "slept"));
                    } catch (CancelledError e) {
                        inner.await(Asyncio.sleep(0.1));
                        throw e;
                    } finally {
                        log.add("task done");
                    }
                }));
                co.await(Asyncio.sleep(0.1));
                return co.await(Asyncio.waitFor(task, timeout));
            }));
            assertThat(error).isInstanceOf(TimeoutException.class).hasCauseInstanceOf(CancelledError.class);
        }
        assertThat(log).containsExactly("task done", "task done");
    }

    @Test
    @Tag(CASES + "test_wait_for_reraises_exception_during_cancellation")
    void whatIsRaisedInReplyToTheCancelIsRaised() {
        Throwable error = raised(() -> asyncio(co -> co.await(Asyncio.waitFor(
                Coroutine.of("inner", inner -> {
                    try {
                        return inner.await(Asyncio.sleep(0.2, "slept"));
                    } catch (CancelledError e) {
                        throw oops();
                    }
                }),
                0.1))));
        assertThat(error).isInstanceOf(Cases.Oops.class);
    }

    @Test
    @Tag(CASES + "test_cancel_blocking_wait_for")
    @Tag(CASES + "test_cancel_wait_for")
    void cancellingTheWaitCancelsTheTask() {
        asyncio(co -> {
            Future<Object> never = Asyncio.getRunningLoop().createFuture();
            Task<Object> task = Asyncio.createTask(Coroutine.of("blocks", inner -> inner.await(never)));
            Task<Object> wait = Asyncio.createTask(Asyncio.waitFor(task, 60));
            Asyncio.getRunningLoop().callSoon(wait::cancel);
            log.add(show(co.await(Asyncio.gatherReturningExceptions(wait)).get(0)));
            log.add("" + task.cancelled());
            return null;
        });
        assertThat(log).containsExactly("CancelledError", "true");
    }

    @Test
    @Tag(CASES + "test_wait_for_issue86296")
    void cancelIsNotLostWhenTheAwaitedTaskEndsInTheSameIteration() {
        asyncio(co -> {
            Task<Object> inner = Asyncio.createTask(Coroutine.of("inner", body -> "done"));
            Task<Object> task = Asyncio.createTask(Coroutine.of("wait_for_coro", body -> {
                body.await(Asyncio.waitFor(inner, 100));
                body.await(Asyncio.sleep(1));
                log.add("reached the end");
                return null;
            }));
            co.await(Asyncio.sleep(0));
            task.cancel();
            log.add(show(co.await(Asyncio.gatherReturningExceptions(task)).get(0)));
            log.add((String) co.await(inner));
            return null;
        });
        assertThat(log).containsExactly("CancelledError", "done");
    }

    @Test
    @Tag(SHIELDED + "test_zero_timeout")
    @Tag(SHIELDED + "test_shielded_timeout")
    @Tag(SHIELDED + "test_none_timeout")
    void shieldedTaskOutlivesTheTimeout() {
        asyncio(co -> {
            for (double timeout : new double[] {0, 0.01}) {
                Task<Object> task = Asyncio.createTask(Asyncio.sleep(0.1, "done"));
                Future<Object> shield = Asyncio.shield(task);
                try {
                    co.await(Asyncio.waitFor(shield, timeout));
                } catch (Exception e) {
                    log.add(shield.cancelled() + " " + task.done());
                }
                assertThat(co.await(Asyncio.waitFor(Asyncio.shield(task), 10))).isEqualTo("done");
            }
            return null;
        });
        assertThat(log).containsExactly("true false", "true false");
    }
}
