package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static io.corobridge.asyncio.AsyncioSupport.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.asyncio.AsyncioSupport.KeyError;
import io.corobridge.asyncio.AsyncioSupport.Log;
import io.corobridge.testkit.Garbage;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Futures: states and messages, when callbacks are called, and what is said of an exception that nobody retrieves. */
@Timeout(NET_SECONDS)
class FutureRulesTest {
    private final Log log = new Log();
    private final EventLoop loop = EventLoop.create();

    @Test
    @Tag("G06")
    void stateAndMessages() {
        Future<Object> future = loop.createFuture();
        log.add(t(future::result), t(future::exception), future.done(), future.cancelled());
        future.setResult(1);
        log.add(
                tried(() -> future.setResult(2)),
                tried(() -> future.setException(new KeyError("k"))),
                t(future::cancel),
                t(future::result),
                t(future::exception));
        Future<Object> cancelled = loop.createFuture();
        log.add(
                t(cancelled::cancel),
                t(cancelled::cancel),
                cancelled.cancelled(),
                t(cancelled::result),
                t(cancelled::exception),
                tried(() -> cancelled.setResult(1)));
        Future<Object> withMessage = loop.createFuture();
        withMessage.cancel("msg");
        log.add(t(withMessage::result));
        assertThat(log.lines())
                .containsExactly(
                        "InvalidStateError: Result is not set. InvalidStateError: Exception is not set. false false",
                        "InvalidStateError: invalid state InvalidStateError: invalid state -> false -> 1 -> None",
                        "-> true -> false true CancelledError CancelledError InvalidStateError: invalid state",
                        "CancelledError: msg");
    }

    @Test
    @Tag("G06")
    void stopIterationIsWrapped() {
        Future<Object> future = loop.createFuture();
        StopIteration stop = new StopIteration("s");
        future.setException(stop);
        assertThat(future.exception())
                .isExactlyInstanceOf(RuntimeError.class)
                .hasMessage("StopIteration interacts badly with generators and cannot be raised into a Future")
                .hasCause(stop);
    }

    @Test
    @Tag("G06")
    void callbackIsRemovedAsOftenAsItWasAdded() {
        Future<Object> future = loop.createFuture();
        Consumer<Future<Object>> callback = done -> log.add("called");
        future.addDoneCallback(callback);
        future.addDoneCallback(callback);
        assertThat(future.removeDoneCallback(callback)).isEqualTo(2);
        assertThat(future.removeDoneCallback(callback)).isZero();
    }

    @Test
    @Tag("G06")
    void iteratorOfAPendingFutureYieldsItAndOneOfADoneFutureDoesNotSuspend() {
        Future<Object> future = loop.createFuture();
        assertThat(future.awaitIterator().next())
                .isInstanceOfSatisfying(
                        FuturePending.class,
                        pending -> assertThat(pending.source()).isSameAs(future));
        future.setResult(3);
        assertThatThrownBy(() -> co(co -> co.await(future)).send(null))
                .isInstanceOfSatisfying(
                        StopIteration.class, stop -> assertThat(stop.value()).isEqualTo(3));
    }

    @Test
    @Tag("G07")
    @Tag("T26")
    void callbacksAreCalledByTheLoopAndNeverInline() {
        run(co -> {
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            future.addDoneCallback(done -> log.add("cb1"));
            future.addDoneCallback(done -> log.add("cb2"));
            future.setResult(1);
            log.add("after set");
            future.addDoneCallback(done -> log.add("cb3"));
            log.add("before await");
            co.await(future);
            log.add("await on done future does not suspend");
            co.await(Asyncio.sleep(0));
            log.add("end");
            return null;
        });
        assertThat(log.text())
                .isEqualTo("after set, before await, await on done future does not suspend, cb1, cb2, cb3, end");
    }

    @Test
    void callbackThatFailsIsReportedAndTheOthersAreCalled() {
        run(log, co -> {
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            future.addDoneCallback(done -> {
                throw new KeyError("in callback");
            });
            future.addDoneCallback(done -> log.add("called"));
            future.setResult(1);
            co.await(Asyncio.sleep(0));
            return null;
        });
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0))
                .startsWith("[loop handler] Exception in callback ")
                .endsWith(" KeyError: in callback");
        assertThat(log.lines().get(1)).isEqualTo("called");
    }

    @Test
    @Timeout(300)
    @Tag("G08")
    void exceptionThatNobodyRetrievesIsReportedWhenTheFutureIsCollected() throws Exception {
        CountDownLatch reported = new CountDownLatch(2);
        loop.setExceptionHandler((of, context) -> {
            log.add(context.message(), context.exception());
            reported.countDown();
        });
        loop.<Object>createFuture().setException(new KeyError("lost"));
        Future<Object> retrieved = loop.createFuture();
        retrieved.setException(new KeyError("retrieved"));
        retrieved.exception();
        loop.runUntilComplete(co(co -> {
            Asyncio.createTask(co(inner -> {
                throw new KeyError("task");
            }));
            co.await(Asyncio.sleep(0));
            return null;
        }));
        Garbage.collectUntil(reported);
        assertThat(log.lines())
                .containsExactlyInAnyOrder(
                        "Future exception was never retrieved KeyError: lost",
                        "Task exception was never retrieved KeyError: task");
    }

    @Test
    @Tag("G08")
    void pendingTaskOfALoopThatIsClosedIsReportedAndItsCoroutineClosed() {
        loop.setExceptionHandler((of, context) -> log.add(context.message(), context.exception()));
        loop.runUntilComplete(co(co -> {
            Asyncio.createTask(co(inner -> {
                try {
                    return inner.await(Asyncio.getRunningLoop().createFuture());
                } finally {
                    log.add("closed");
                }
            }));
            co.await(Asyncio.sleep(0));
            return null;
        }));
        assertThat(log.lines()).isEmpty();
        loop.close();
        assertThat(log.text()).isEqualTo("Task was destroyed but it is pending! None, closed");
    }

    @Test
    void stageHasTheOutcomeAndCancellingItLeavesTheFutureAlone() {
        run(co -> {
            EventLoop running = Asyncio.getRunningLoop();
            Future<String> value = running.createFuture();
            Future<String> failed = running.createFuture();
            Future<String> cancelled = running.createFuture();
            Future<String> left = running.createFuture();
            CompletableFuture<String> v = value.toCompletionStage().toCompletableFuture();
            CompletableFuture<String> f = failed.toCompletionStage().toCompletableFuture();
            CompletableFuture<String> c = cancelled.toCompletionStage().toCompletableFuture();
            left.toCompletionStage().toCompletableFuture().cancel(true);
            value.setResult("v");
            failed.setException(new KeyError("k"));
            cancelled.cancel();
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            assertThat(v).isCompletedWithValue("v");
            assertThat(f).isCompletedExceptionally();
            assertThatThrownBy(c::join).isInstanceOf(CancellationException.class);
            assertThat(left.done()).isFalse();
            return null;
        });
    }
}
