package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.ExceptionGroup;
import io.corobridge.RuntimeError;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Future;
import io.corobridge.asyncio.Runner;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.TaskGroup;
import io.corobridge.asyncio.Timeout;
import io.corobridge.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CPython's test_asyncio/test_timeouts.py. */
@org.junit.jupiter.api.Timeout(60)
class TimeoutTest {
    private static final String CASES = "test_timeouts.TimeoutTests.";

    private final List<String> log = new ArrayList<>();

    /** Sleeps inside a timeout, and returns it; that it raised a TimeoutException is logged. */
    private Timeout sleptIn(Timeout timeout, double seconds) {
        return asyncio(co -> {
            try {
                co.withVoid(timeout, entered -> co.await(Asyncio.sleep(seconds)));
                log.add("ended");
            } catch (Exception e) {
                log.add(show(e) + " from " + show(e.getCause()));
            }
            return timeout;
        });
    }

    @Test
    @Tag(CASES + "test_timeout_basic")
    @Tag(CASES + "test_timeout_at_basic")
    @Tag(CASES + "test_repr_expired")
    @Tag(CASES + "test_timeout_expired")
    void blockThatTakesTooLongRaises() {
        for (Timeout timeout : List.of(Asyncio.timeout(0.01), Asyncio.timeoutAt(0.01))) {
            sleptIn(timeout, 10);
            assertThat(timeout.expired()).isTrue();
            assertThat(timeout.when()).isEqualTo(0.01);
            assertThat(timeout).hasToString("<Timeout [expired]>");
            assertThat(tried(() -> timeout.reschedule(0.02)))
                    .isEqualTo("RuntimeError: Cannot change state of expired Timeout");
        }
        assertThat(log).containsOnly("TimeoutException from CancelledError");
    }

    @Test
    @Tag(CASES + "test_timeout_zero")
    @Tag(CASES + "test_timeout_zero_sleep_zero")
    @Tag(CASES + "test_timeout_in_the_past_sleep_zero")
    void withoutTimeTheBlockIsCancelledWhereItFirstSuspends() {
        for (double delay : new double[] {0, -11}) {
            for (double sleep : new double[] {10, 0}) {
                Timeout timeout = sleptIn(Asyncio.timeout(delay), sleep);
                assertThat(timeout.expired()).isTrue();
                assertThat(timeout.when()).isEqualTo(delay);
            }
        }
        assertThat(log).hasSize(4).containsOnly("TimeoutException from CancelledError");
    }

    @Test
    @Tag(CASES + "test_timeout_not_called")
    @Tag(CASES + "test_repr_finished")
    @Tag(CASES + "test_timeout_finished")
    void blockThatIsInTimeEnds() {
        Timeout timeout = sleptIn(Asyncio.timeout(10), 0.01);
        assertThat(timeout.expired()).isFalse();
        assertThat(timeout.when()).isEqualTo(10);
        assertThat(timeout).hasToString("<Timeout [finished]>");
        assertThat(tried(() -> timeout.reschedule(0.02)))
                .isEqualTo("RuntimeError: Cannot change state of finished Timeout");
        assertThat(log).containsExactly("ended");
    }

    @Test
    @Tag(CASES + "test_timeout_disabled")
    @Tag(CASES + "test_timeout_at_disabled")
    @Tag(CASES + "test_repr_disabled")
    @Tag(CASES + "test_repr_active")
    void timeoutWithoutATimeNeverComes() {
        Timeout timeout = sleptIn(Asyncio.timeout(), 1000);
        assertThat(timeout.expired()).isFalse();
        assertThat(timeout.when()).isNull();
        assertThat(log).containsExactly("ended");
        asyncio(co -> {
            co.withVoid(Asyncio.timeout(), active -> assertThat(active).hasToString("<Timeout [active] when=None>"));
            co.withVoid(Asyncio.timeout(10), active -> assertThat(active).hasToString("<Timeout [active] when=10.0>"));
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_nested_timeouts")
    @Tag(CASES + "test_waiter_cancelled")
    void onlyTheOuterOfTwoThatComeTogetherRaises() {
        Timeout inner = Asyncio.timeoutAt(0.01);
        Timeout outer = Asyncio.timeoutAt(0.01);
        asyncio(co -> {
            try {
                co.withVoid(outer, entered -> {
                    try {
                        co.withVoid(inner, also -> co.await(Asyncio.sleep(10)));
                    } catch (CancelledError e) {
                        log.add("cancelled");
                        throw e;
                    }
                });
            } catch (Exception e) {
                log.add("timed out");
            }
            return null;
        });
        assertThat(log).containsExactly("cancelled", "timed out");
        assertThat(List.of(inner.expired(), outer.expired())).containsOnly(true);
    }

    @Test
    @Tag(CASES + "test_foreign_exception_passed")
    @Tag(CASES + "test_foreign_exception_on_timeout")
    @Tag(CASES + "test_foreign_exception_on_timeout_2")
    @Tag(CASES + "test_timeout_exception_context")
    void anotherExceptionGoesThroughWhetherTheTimeHasComeOrNot() {
        Timeout early = Asyncio.timeout(0.01);
        Timeout late = Asyncio.timeout(0.01);
        Throwable passed = raised(() -> asyncio(co -> {
            co.withVoid(early, entered -> {
                throw oops();
            });
            return null;
        }));
        Throwable instead = raised(() -> asyncio(co -> {
            co.withVoid(late, entered -> {
                try {
                    co.await(Asyncio.sleep(1));
                } catch (CancelledError e) {
                    throw oops();
                }
            });
            return null;
        }));
        assertThat(passed).isInstanceOf(Cases.Oops.class);
        assertThat(instead).isInstanceOf(Cases.Oops.class).hasNoCause();
        assertThat(early.expired()).isFalse();
        assertThat(late.expired()).isTrue();
    }

    @Test
    @Tag(CASES + "test_foreign_cancel_doesnt_timeout_if_not_expired")
    void cancelByOthersIsNoTimeout() {
        Timeout timeout = Asyncio.timeout(10);
        Throwable error = raised(() -> asyncio(co -> {
            co.withVoid(timeout, entered -> {
                Asyncio.currentTask().cancel();
                co.await(Asyncio.sleep(10));
            });
            return null;
        }));
        assertThat(error).isInstanceOf(CancelledError.class);
        assertThat(timeout.expired()).isFalse();
    }

    @Test
    @Tag(CASES + "test_outer_task_is_not_cancelled")
    void taskThatCatchesTheTimeoutIsNotCancelled() {
        asyncio(co -> {
            Task<Object> task = Asyncio.createTask(Coroutine.of("outer", inner -> {
                try {
                    inner.withVoid(Asyncio.timeout(0.001), entered -> inner.await(Asyncio.sleep(10)));
                    return "ended";
                } catch (Exception e) {
                    return "timed out";
                }
            }));
            assertThat(co.await(task)).isEqualTo("timed out");
            assertThat(List.of(task.cancelled(), task.done())).containsExactly(false, true);
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_nested_timeouts_concurrent")
    @Tag(CASES + "test_nested_timeouts_loop_busy")
    void timesThatComeWhileTheLoopIsBusyRaiseOnceEach() {
        VirtualClock clock = new VirtualClock();
        try (Runner runner = new Runner(clock)) {
            runner.run(Coroutine.of("main", co -> {
                try {
                    co.withVoid(Asyncio.timeout(0.1), outer -> {
                        try {
                            co.withVoid(Asyncio.timeout(0.01), inner -> {
                                clock.advance(Duration.ofMillis(50));
                                co.await(Asyncio.sleep(1));
                            });
                        } catch (Exception e) {
                            log.add("inner " + Asyncio.getRunningLoop().time());
                        }
                        co.await(Asyncio.sleep(10));
                    });
                } catch (Exception e) {
                    log.add("outer " + Asyncio.getRunningLoop().time());
                }
                return null;
            }));
        }
        assertThat(log).containsExactly("inner 0.05", "outer 0.1");
    }

    @Test
    @Tag(CASES + "test_reschedule")
    void timeCanBeMovedAndTakenAway() {
        asyncio(co -> {
            Future<Timeout> entered = Asyncio.getRunningLoop().createFuture();
            Task<Object> task = Asyncio.createTask(Coroutine.of("f", inner -> {
                inner.withVoid(Asyncio.timeoutAt(10), timeout -> {
                    entered.setResult(timeout);
                    inner.await(Asyncio.sleep(50));
                });
                return null;
            }));
            Timeout timeout = co.await(entered);
            log.add("" + timeout.when());
            timeout.reschedule(30.0);
            log.add("" + timeout.when());
            timeout.reschedule(null);
            log.add("" + timeout.when());
            task.cancel();
            log.add(show(co.await(Asyncio.gatherReturningExceptions(task)).get(0)) + " " + timeout.expired());
            return null;
        });
        assertThat(log).containsExactly("10.0", "30.0", "null", "CancelledError false");
    }

    @Test
    @Tag(CASES + "test_nested_timeout_in_finally")
    void cleanUpMayHaveATimeoutOfItsOwn() {
        asyncio(co -> {
            try {
                co.withVoid(Asyncio.timeout(0.01), outer -> {
                    try {
                        co.await(Asyncio.sleep(1));
                    } finally {
                        try {
                            co.withVoid(Asyncio.timeout(0.01), inner -> co.await(Asyncio.sleep(10)));
                        } catch (Exception e) {
                            log.add("inner from " + show(e.getCause()));
                        }
                    }
                });
            } catch (Exception e) {
                log.add("outer from " + show(e.getCause()));
            }
            return null;
        });
        assertThat(log).containsExactly("inner from CancelledError", "outer from CancelledError");
    }

    @Test
    @Tag(CASES + "test_timeout_after_cancellation")
    @Tag(CASES + "test_cancel_in_timeout_after_cancellation")
    void taskThatWasCancelledBeforeCanUseTimeouts() {
        asyncio(co -> {
            Asyncio.currentTask().cancel();
            try {
                co.await(Asyncio.sleep(1));
            } catch (CancelledError e) {
                log.add("cancelled");
            }
            try {
                co.withVoid(Asyncio.timeout(0), entered -> co.await(Asyncio.sleep(1)));
            } catch (Exception e) {
                log.add("timed out");
            }
            try {
                co.withVoid(Asyncio.timeout(1), entered -> {
                    Asyncio.currentTask().cancel();
                    co.await(Asyncio.sleep(2));
                });
            } catch (CancelledError e) {
                log.add("cancelled again");
            }
            return null;
        });
        assertThat(log).containsExactly("cancelled", "timed out", "cancelled again");
    }

    @Test
    @Tag(CASES + "test_timeout_already_entered")
    @Tag(CASES + "test_timeout_double_enter")
    @Tag(CASES + "test_timeout_not_entered")
    void timeoutIsEnteredOnce() {
        asyncio(co -> {
            Timeout timeout = Asyncio.timeout(1);
            log.add(tried(() -> timeout.reschedule(2.0)));
            co.withVoid(timeout, entered -> {
                try {
                    co.withVoid(timeout, again -> log.add("entered again"));
                } catch (RuntimeError e) {
                    log.add(show(e));
                }
            });
            try {
                co.withVoid(timeout, again -> log.add("entered again"));
            } catch (RuntimeError e) {
                log.add(show(e));
            }
            return null;
        });
        assertThat(log)
                .containsExactly(
                        "RuntimeError: Timeout has not been entered",
                        "RuntimeError: Timeout has already been entered",
                        "RuntimeError: Timeout has already been entered");
    }

    @Test
    @Tag(CASES + "test_timeout_expiring")
    void timeCannotBeMovedOnceItHasCome() {
        asyncio(co -> {
            co.withVoid(Asyncio.timeout(0.01), timeout -> {
                try {
                    co.await(Asyncio.sleep(1));
                } catch (CancelledError e) {
                    log.add(tried(() -> timeout.reschedule(0.02)));
                }
            });
            return null;
        });
        assertThat(log).containsExactly("RuntimeError: Cannot change state of expiring Timeout");
    }

    @Test
    @Tag(CASES + "test_timeout_without_task")
    void timeoutIsForTasks() {
        EventLoop loop = EventLoop.create();
        Timeout timeout = Asyncio.timeout(0.01);
        loop.callSoon(() -> {
            log.add(tried(() -> Cases.Step.of(timeout.aenter()).send(null)));
            log.add(tried(() -> timeout.reschedule(0.02)));
            loop.stop();
        });
        loop.runForever();
        loop.close();
        assertThat(log)
                .containsExactly(
                        "RuntimeError: Timeout should be used inside a task",
                        "RuntimeError: Timeout has not been entered");
    }

    @Test
    @Tag(CASES + "test_timeout_taskgroup")
    void groupInsideATimeoutRaisesWhatItsTasksRaise() {
        Throwable error = raised(() -> asyncio(co -> {
            co.withVoid(
                    Asyncio.timeout(0.01),
                    timeout -> co.withVoid(new TaskGroup(), group -> {
                        group.createTask(Coroutine.of("task", inner -> {
                            try {
                                return inner.await(Asyncio.sleep(2, "slept"));
                            } catch (CancelledError e) {
                                throw oops();
                            }
                        }));
                        co.await(Asyncio.sleep(1));
                    }));
            return null;
        }));
        assertThat(error).isInstanceOf(ExceptionGroup.class).hasNoCause();
        assertThat(((ExceptionGroup) error).exceptions())
                .singleElement()
                .asString()
                .contains("Oops");
    }
}
