package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static io.corobridge.asyncio.AsyncioSupport.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.ValueError;
import io.corobridge.asyncio.AsyncioSupport.KeyError;
import io.corobridge.asyncio.AsyncioSupport.Log;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time limits: sleep, waitFor and timeout. */
@org.junit.jupiter.api.Timeout(NET_SECONDS)
class TimeoutRulesTest {
    private final Log log = new Log();

    private Coroutine<Object> slow() {
        return co(co -> {
            log.add("started");
            try {
                return co.await(Asyncio.sleep(10, "slept"));
            } catch (CancelledError e) {
                log.add("cancelled");
                throw e;
            }
        });
    }

    private static Coroutine<Object> stubborn() {
        return co(co -> {
            try {
                return co.await(Asyncio.sleep(10, "slept"));
            } catch (CancelledError e) {
                return "result anyway";
            }
        });
    }

    private static Coroutine<Object> raiser() {
        return co(co -> {
            try {
                return co.await(Asyncio.sleep(10, "slept"));
            } catch (CancelledError e) {
                throw new KeyError("k");
            }
        });
    }

    private static Coroutine<Object> quick() {
        return co(co -> "q");
    }

    @Test
    @Tag("G14")
    void sleepPassesTimeAndResultsInWhatItWasGiven() {
        run(co -> {
            log.add(
                    co.await(Asyncio.sleep(0, "r")),
                    co.await(Asyncio.sleep(-1, "neg")),
                    co.await(Asyncio.sleep(0.5, "d")),
                    co.await(Asyncio.sleep(Duration.ofSeconds(2))),
                    Asyncio.getRunningLoop().time());
            assertThatThrownBy(() -> co.await(Asyncio.sleep(Double.NaN)))
                    .isExactlyInstanceOf(ValueError.class)
                    .hasMessage("Invalid delay: NaN (not a number)");
            return null;
        });
        assertThat(log.text()).isEqualTo("r neg d None 2.5");
        Coroutine<Void> byHand = Asyncio.sleep(0);
        assertThat(byHand.send(null)).isNull();
        assertThat(t(() -> byHand.send(null))).isEqualTo("StopIteration");
    }

    @Test
    @Tag("G15")
    void waitForReturnsTheResultOrRaisesWhenTheTimeIsOver() {
        run(co -> {
            log.add(co.await(Asyncio.waitFor(quick(), 1)));
            assertThatThrownBy(() -> co.await(Asyncio.waitFor(slow(), 0.01)))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasNoSuppressedExceptions()
                    .hasCauseExactlyInstanceOf(CancelledError.class);
            log.add(Asyncio.getRunningLoop().time());
            return null;
        });
        assertThat(log.text()).isEqualTo("q, started, cancelled, 0.01");
    }

    @Test
    @Tag("G15")
    @Tag("T27")
    void whatIsReturnedOrRaisedInReplyToTheCancelCounts() {
        run(co -> {
            log.add(t(() -> co.await(Asyncio.waitFor(stubborn(), 0.01))));
            log.add(t(() -> co.await(Asyncio.waitFor(raiser(), 0.01))));
            return null;
        });
        assertThat(log.text()).isEqualTo("-> result anyway, KeyError: k");
    }

    @Test
    @Tag("G15")
    @Tag("T27")
    void withoutTimeACoroutineNeverStartsAndWhatIsDoneIsTaken() {
        run(co -> {
            log.add(t(() -> co.await(Asyncio.waitFor(quick(), 0))));
            log.add(t(() -> co.await(Asyncio.waitFor(slow(), -1))));
            Task<Object> done = Asyncio.createTask(quick());
            co.await(Asyncio.sleep(0));
            log.add(t(() -> co.await(Asyncio.waitFor(done, 0))));
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            log.add(t(() -> co.await(Asyncio.waitFor(future, 0.01))), future.cancelled());
            return null;
        });
        assertThat(log.text()).isEqualTo("TimeoutException, TimeoutException, -> q, TimeoutException true");
    }

    @Test
    @Tag("G16")
    void timeoutCancelsTheBlockAndRaisesAtItsEnd() {
        run(co -> {
            Timeout timeout = Asyncio.timeout(0.01);
            assertThatThrownBy(() -> co.with(timeout, entered -> co.await(Asyncio.sleep(1))))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasCauseExactlyInstanceOf(CancelledError.class);
            log.add(timeout.expired(), timeout, Asyncio.currentTask().cancelling());
            return null;
        });
        assertThat(log.text()).isEqualTo("true <Timeout [expired]> 0");
    }

    @Test
    @Tag("G16")
    void timeoutTellsItsStateAndRefusesWhatDoesNotFitIt() {
        run(co -> {
            Timeout timeout = Asyncio.timeout(1);
            log.add(tried(() -> timeout.reschedule(3.0)));
            co.withVoid(timeout, entered -> log.add(entered, entered.when()));
            log.add(timeout, timeout.expired());
            log.add(tried(() -> timeout.reschedule(1.0)));
            log.add(tried(() -> co.withVoid(timeout, entered -> log.add("entered"))));
            co.withVoid(Asyncio.timeout(), never -> log.add(never.when(), never));
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "RuntimeError: Timeout has not been entered",
                        "<Timeout [active] when=1.0> 1.0",
                        "<Timeout [finished]> false",
                        "RuntimeError: Cannot change state of finished Timeout",
                        "RuntimeError: Timeout has already been entered",
                        "None <Timeout [active] when=None>");
        assertThat(tried(() -> Asyncio.timeoutAt(1).aenter().awaitIterator()))
                .isEqualTo("RuntimeError: no running event loop");
    }

    @Test
    @Tag("G16")
    void timeoutOfZeroRunsTheBlockToItsFirstSuspension() {
        run(co -> {
            log.add(tried(() -> co.withVoid(Asyncio.timeout(0), entered -> {
                log.add("first part");
                co.await(Asyncio.sleep(0));
                log.add("not reached");
            })));
            return null;
        });
        assertThat(log.text()).isEqualTo("first part, TimeoutException");
    }

    @Test
    @Tag("G16")
    void otherExceptionsGoThroughAndASwallowedCancelIsNoTimeout() {
        run(co -> {
            log.add(tried(() -> co.withVoid(Asyncio.timeout(0.01), entered -> co.await(raiser()))));
            co.withVoid(Asyncio.timeout(0.01), entered -> {
                log.add(co.await(stubborn()), entered.expired());
            });
            log.add(Asyncio.currentTask().cancelling());
            return null;
        });
        assertThat(log.text()).isEqualTo("KeyError: k, result anyway true, 0");
    }

    @Test
    @Tag("G16")
    void cancelFromOutsideIsNoTimeoutAndAnOuterTimeoutGoesThroughAnInnerOne() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(
                    co(inner -> inner.with(Asyncio.timeout(10), entered -> inner.await(Asyncio.sleep(5)))));
            co.await(Asyncio.sleep(0));
            task.cancel("outside");
            log.add(t(() -> co.await(task)));
            Timeout outer = Asyncio.timeout(0.01);
            Timeout inner = Asyncio.timeout(10);
            log.add(tried(() -> co.withVoid(outer, first -> co.withVoid(inner, second -> co.await(Asyncio.sleep(1))))));
            log.add(outer.expired(), inner.expired());
            return null;
        });
        assertThat(log.text()).isEqualTo("CancelledError: outside, TimeoutException, true false");
    }

    @Test
    @Tag("G16")
    void rescheduledTimeoutComesAtItsNewTime() {
        run(co -> {
            log.add(tried(() -> co.withVoid(Asyncio.timeout(1), entered -> {
                entered.reschedule(5.0);
                co.await(Asyncio.sleep(10));
            })));
            log.add(Asyncio.getRunningLoop().time());
            co.withVoid(Asyncio.timeout(1), entered -> {
                entered.reschedule(null);
                co.await(Asyncio.sleep(10));
            });
            log.add(Asyncio.getRunningLoop().time());
            return null;
        });
        assertThat(log.text()).isEqualTo("TimeoutException, 5.0, 15.0");
    }

    @Test
    @Tag("G29")
    void timeoutIsForTasks() {
        EventLoop loop = EventLoop.create();
        loop.callSoon(() -> {
            log.add(tried(() -> Asyncio.timeout(1).aenter().awaitIterator()));
            loop.stop();
        });
        loop.runForever();
        loop.close();
        assertThat(log.text()).isEqualTo("RuntimeError: Timeout should be used inside a task");
    }

    /** What is done is taken without suspending, as in Python, so a cancel that is due does not get in between. */
    @Test
    @Tag("T26")
    void waitForWhatIsDoneDoesNotSuspend() {
        Log log = new Log();
        run(log, co -> {
            Future<Object> done = Asyncio.getRunningLoop().createFuture();
            done.setResult("value");
            Task<Object> task = Asyncio.createTask(AsyncioSupport.<Object>co(inner -> {
                Asyncio.currentTask().cancel();
                log.add(inner.await(Asyncio.waitFor(done, 5)));
                return null;
            }));
            co.await(Asyncio.gatherReturningExceptions(task));
            log.add(task.cancelled());
            return null;
        });
        assertThat(log.text()).isEqualTo("value, true");
    }

    @Test
    void whatTheManagerRaisesCanBeDeclared() {
        run(co -> {
            try {
                co.withVoid(Asyncio.timeout(1), TimeoutException.class, timeout -> co.await(Asyncio.sleep(2)));
            } catch (TimeoutException e) {
                log.add("too late");
            }
            try {
                String early = co.with(
                        Asyncio.timeout(1), TimeoutException.class, timeout -> co.await(Asyncio.sleep(0.5, "in time")));
                log.add(early);
                co.with(Asyncio.timeout(1), TimeoutException.class, timeout -> co.await(Asyncio.sleep(2, "late")));
            } catch (TimeoutException e) {
                log.add("too late again");
            }
            return null;
        });
        assertThat(log.text()).isEqualTo("too late, in time, too late again");
    }
}
