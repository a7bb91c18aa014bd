package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AwaitIterator;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Future;
import io.corobridge.testing.VirtualClock;
import io.corobridge.testkit.Garbage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_futures.py. */
@Timeout(300)
class FutureTest {
    private static final String CASES = "test_futures.BaseFutureTests.";
    private static final String CALLBACKS = "test_futures.BaseFutureDoneCallbackTests.";

    private final EventLoop loop = EventLoop.create(new VirtualClock());
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    private Future<Object> future() {
        return loop.createFuture();
    }

    /** Runs what was scheduled up to now. */
    private void runBriefly() {
        loop.callSoon(loop::stop);
        loop.runForever();
    }

    @Test
    @Tag(CASES + "test_initial_state")
    @Tag(CASES + "test_cancel")
    @Tag(CASES + "test_result")
    @Tag(CASES + "test_exception")
    void stateAllowsWhatItAllows() {
        Future<Object> pending = future();
        Future<Object> cancelled = future();
        Future<Object> finished = future();
        Future<Object> failed = future();
        cancelled.cancel();
        finished.setResult(42);
        failed.setException(new IllegalStateException("e"));
        for (Future<Object> future : List.of(pending, cancelled, finished, failed)) {
            log.add(future.done() + " " + future.cancelled() + ", " + t(future::result) + ", " + t(future::exception));
        }
        for (Future<Object> future : List.of(cancelled, finished, failed)) {
            assertThat(List.of(
                            tried(() -> future.setResult(1)), tried(() -> future.setException(new RuntimeException()))))
                    .containsOnly("InvalidStateError: invalid state");
            assertThat(future.cancel()).isFalse();
        }
        assertThat(log)
                .containsExactly(
                        "false false, InvalidStateError: Result is not set., InvalidStateError: Exception is not set.",
                        "true true, CancelledError, CancelledError",
                        "true false, -> 42, -> None",
                        "true false, IllegalStateException: e, -> IllegalStateException: e");
    }

    /** A StopIteration of an application's own. */
    private static final class MyStop extends StopIteration {
        private static final long serialVersionUID = 1L;

        MyStop() {
            super("s");
        }
    }

    @Test
    @Tag(CASES + "test_stop_iteration_exception")
    @Tag(CASES + "test_stop_iteration_subclass_exception")
    @Tag(CASES + "test_future_stop_iteration_args")
    void stopIterationOfAnyKindIsWrapped() {
        for (StopIteration stop : List.of(new StopIteration("s"), new MyStop())) {
            Future<Object> future = future();
            future.setException(stop);
            assertThat(future.exception())
                    .isInstanceOf(RuntimeError.class)
                    .hasMessage("StopIteration interacts badly with generators and cannot be raised into a Future")
                    .hasCause(stop);
        }
    }

    @Test
    @Tag(CASES + "test_yield_from_twice")
    @Tag(CASES + "test_iter")
    void futureCanBeAwaitedTwice() {
        Future<Object> future = future();
        Coroutine<Object> twice = Coroutine.of("fixture", co -> {
            log.add("A");
            Object x = co.await(future);
            log.add("B " + x);
            Object y = co.await(future);
            log.add("C " + y);
            return null;
        });
        loop.callSoon(() -> future.setResult(42));
        loop.runUntilComplete(twice);
        assertThat(log).containsExactly("A", "B 42", "C 42");
    }

    @Test
    @Tag(CASES + "test_future_repr")
    void textTellsTheState() {
        Future<Object> cancelled = future();
        Future<Object> finished = future();
        Future<Object> failed = future();
        cancelled.cancel();
        finished.setResult(4);
        failed.setException(new IllegalStateException());
        failed.exception();
        assertThat(List.of(future(), cancelled, finished, failed))
                .extracting(Future::toString)
                .containsExactly(
                        "<Future pending>",
                        "<Future cancelled>",
                        "<Future finished result=4>",
                        "<Future finished exception=java.lang.IllegalStateException>");
    }

    @Test
    @Tag(CASES + "test_future_iter_throw")
    void exceptionRaisedInTheIteratorComesBack() {
        AwaitIterator<Object> iterator = future().awaitIterator();
        iterator.next();
        Throwable error = new IllegalStateException("zebra");
        assertThat(raised(() -> ((AwaitIterator.Raises) iterator).raise(error))).isSameAs(error);
    }

    /** What is reported when futures that are made like this are collected: one that must be reported comes last. */
    private List<String> reportedOf(Consumer<Future<Object>> use) throws InterruptedException {
        CountDownLatch last = new CountDownLatch(1);
        loop.setExceptionHandler((of, context) -> {
            log.add(context.message() + " " + show(context.exception()));
            if ("last".equals(context.exception().getMessage())) {
                last.countDown();
            }
        });
        use.accept(future());
        future().setException(new IllegalStateException("last"));
        Garbage.collectUntil(last);
        return log.stream().filter(line -> !line.endsWith("last")).toList();
    }

    @Test
    @Tag(CASES + "test_tb_logger_abandoned")
    @Tag(CASES + "test_tb_logger_not_called_after_cancel")
    @Tag(CASES + "test_tb_logger_result_unretrieved")
    @Tag(CASES + "test_tb_logger_result_retrieved")
    @Tag(CASES + "test_tb_logger_exception_retrieved")
    @Tag(CASES + "test_tb_logger_exception_result_retrieved")
    void whatIsNoLostExceptionIsNotReported() throws Exception {
        List<String> reported = reportedOf(pending -> {
            future().cancel();
            future().setResult(1);
            Future<Object> read = future();
            read.setResult(1);
            read.result();
            Future<Object> asked = future();
            asked.setException(new IllegalStateException("asked"));
            asked.exception();
            Future<Object> raisedOnce = future();
            raisedOnce.setException(new IllegalStateException("raised"));
            assertThat(raised(raisedOnce::result)).hasMessage("raised");
            Future<Object> cancelledLate = future();
            cancelledLate.setException(new IllegalStateException("cancelled"));
            cancelledLate.cancel();
        });
        assertThat(reported).isEmpty();
    }

    @Test
    @Tag(CASES + "test_tb_logger_exception_unretrieved")
    @Tag(CASES + "test_future_exception_never_retrieved")
    void exceptionThatNobodyRetrievesIsReported() throws Exception {
        reportedOf(pending -> {});
        assertThat(log).containsExactly("Future exception was never retrieved IllegalStateException: last");
    }

    @Test
    @Tag(CALLBACKS + "test_callbacks_invoked_on_set_result")
    @Tag(CALLBACKS + "test_callbacks_invoked_on_set_exception")
    void callbacksAreCalledByTheLoopInOrder() {
        for (boolean fails : new boolean[] {false, true}) {
            Future<Object> future = future();
            future.addDoneCallback(done -> log.add("a " + done.done()));
            future.addDoneCallback(done -> log.add("b " + show(fails ? done.exception() : done.result())));
            if (fails) {
                future.setException(new IllegalStateException("e"));
            } else {
                future.setResult("foo");
            }
            log.add("set");
            runBriefly();
        }
        assertThat(log).containsExactly("set", "a true", "b foo", "set", "a true", "b IllegalStateException: e");
    }

    @Test
    @Tag(CALLBACKS + "test_callbacks_remove_first_callback")
    @Tag(CALLBACKS + "test_callbacks_remove_first_and_second_callback")
    @Tag(CALLBACKS + "test_callbacks_remove_third_callback")
    @Tag(CALLBACKS + "test_remove_done_callback")
    void removedCallbacksAreNotCalled() {
        Future<Object> future = future();
        List<Consumer<Future<Object>>> callbacks = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            Consumer<Future<Object>> callback = done -> log.add(name);
            callbacks.add(callback);
            future.addDoneCallback(callback);
            future.addDoneCallback(callback);
        }
        assertThat(future.removeDoneCallback(callbacks.get(0))).isEqualTo(2);
        assertThat(future.removeDoneCallback(callbacks.get(0))).isZero();
        assertThat(future.removeDoneCallback(callbacks.get(2))).isEqualTo(2);
        future.setResult("foo");
        runBriefly();
        assertThat(future.removeDoneCallback(callbacks.get(1))).isZero();
        assertThat(log).containsExactly("b", "b");
    }
}
