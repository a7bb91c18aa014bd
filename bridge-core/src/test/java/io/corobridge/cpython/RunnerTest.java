package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.t;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.CancelledError;
import io.corobridge.ContextVar;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.ValueError;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Future;
import io.corobridge.asyncio.Runner;
import io.corobridge.asyncio.Task;
import io.corobridge.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_runners.py. An interrupt of the thread stands for SIGINT, and is there again at the end. */
@Timeout(60)
class RunnerTest {
    private static final String RUN = "test_runners.RunTests.";
    private static final String RUNNER = "test_runners.RunnerTests.";

    private final List<String> log = new ArrayList<>();

    /** The thread of the loops here; a body may run on another one. */
    private final Thread thread = Thread.currentThread();

    private static <R> Coroutine<R> co(Coroutine.Body<R> body) {
        return Coroutine.of("main", body);
    }

    @Test
    @Tag(RUN + "test_asyncio_run_return")
    @Tag(RUN + "test_asyncio_run_raises")
    void runReturnsOrRaisesWhatTheCoroutineDoes() {
        assertThat(Asyncio.run(Asyncio.sleep(0, 42))).isEqualTo(42);
        assertThat(raised(() -> Asyncio.run(co(co -> {
                    co.await(Asyncio.sleep(0));
                    throw new ValueError("spam");
                }))))
                .isInstanceOf(ValueError.class)
                .hasMessage("spam");
    }

    @Test
    @Tag(RUN + "test_asyncio_run_debug")
    @Tag(RUNNER + "test_non_debug")
    @Tag(RUNNER + "test_debug")
    void debugModeIsOfTheLoop() {
        try (Runner runner = new Runner()) {
            assertThat(runner.getLoop().getDebug()).isFalse();
            runner.getLoop().setDebug(true);
            boolean debug = runner.run(co(co -> Asyncio.getRunningLoop().getDebug()));
            assertThat(debug).isTrue();
        }
    }

    @Test
    @Tag(RUN + "test_asyncio_run_from_running_loop")
    @Tag(RUNNER + "test_recursive_run")
    void runsDoNotNest() {
        try (Runner runner = new Runner()) {
            runner.run(co(co -> {
                Coroutine<Object> inner = co(ignored -> null);
                log.add(t(() -> Asyncio.run(inner)));
                log.add(t(() -> runner.run(inner)));
                inner.close();
                return null;
            }));
        }
        assertThat(log)
                .containsExactly(
                        "RuntimeError: asyncio.run() cannot be called from a running event loop",
                        "RuntimeError: Runner.run() cannot be called from a running event loop");
    }

    @Test
    @Tag(RUN + "test_asyncio_run_cancels_hanging_tasks")
    @Tag(RUN + "test_asyncio_run_reports_hanging_tasks_errors")
    void tasksThatAreLeftAreCancelledAndTheirErrorsReported() {
        List<Task<Object>> left = new ArrayList<>();
        int result = Asyncio.run(co(co -> {
            Asyncio.getRunningLoop()
                    .setExceptionHandler((loop, context) -> log.add(context.message() + " " + show(context.exception())
                            + " " + (context.source() == left.get(1))));
            left.add(Asyncio.createTask(Asyncio.sleep(100, "slept")));
            left.add(Asyncio.createTask(co(inner -> {
                try {
                    return inner.await(Asyncio.sleep(100, "slept"));
                } catch (CancelledError e) {
                    throw oops();
                }
            })));
            co.await(Asyncio.sleep(0));
            return 123;
        }));
        assertThat(result).isEqualTo(123);
        assertThat(left).allMatch(Task::done);
        assertThat(log).containsExactly("unhandled exception during asyncio.run() shutdown Oops true");
    }

    @Test
    @Tag(RUN + "test_asyncio_run_closes_gens_after_hanging_tasks_errors")
    void asyncGeneratorsAreClosedAfterTheTasks() {
        AsyncGenerator<Integer, Object> spinner = AsyncGenerator.of("fidget", co -> {
            while (true) {
                co.yield(1);
                co.await(Asyncio.sleep(1));
            }
        });
        Throwable error = raised(() -> Asyncio.run(co(co -> {
            Asyncio.getRunningLoop().setExceptionHandler((loop, context) -> log.add(show(context.exception())));
            Asyncio.createTask(co(inner -> {
                try {
                    for (Integer ignored : inner.each(spinner)) {
                        log.add("item");
                    }
                    return null;
                } catch (CancelledError e) {
                    throw oops();
                }
            }));
            co.await(Asyncio.sleep(0));
            throw new ValueError("exit");
        })));
        assertThat(error).isInstanceOf(ValueError.class);
        assertThat(log).containsExactly("item", "Oops");
        assertThat(spinner.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    @Tag(RUNNER + "test_run")
    @Tag(RUNNER + "test_explicit_close")
    @Tag(RUNNER + "test_double_close")
    @Tag(RUNNER + "test_second_with_block_raises")
    void closedRunnerHasClosedItsLoop() {
        Runner runner = new Runner();
        EventLoop loop = runner.getLoop();
        assertThat(runner.run(Asyncio.sleep(0, "done"))).isEqualTo("done");
        assertThat(runner.getLoop()).isSameAs(loop);
        runner.close();
        runner.close();
        assertThat(loop.isClosed()).isTrue();
        assertThat(raised(runner::getLoop)).isInstanceOf(RuntimeError.class).hasMessage("Runner is closed");
        Coroutine<Object> late = co(co -> log.add("ran"));
        assertThat(raised(() -> runner.run(late))).hasMessage("Runner is closed");
        late.close();
        assertThat(log).isEmpty();
    }

    @Test
    @Tag(RUNNER + "test_run_keeps_context")
    void runsShareAContext() {
        ContextVar<Integer> variable = ContextVar.of("cvar", -1);
        try (Runner runner = new Runner()) {
            for (int value = 1; value <= 3; value++) {
                int now = value;
                log.add(""
                        + runner.run(co(co -> {
                            int before = variable.get();
                            co.await(Asyncio.sleep(0));
                            variable.set(now);
                            return before;
                        })));
            }
        }
        assertThat(log).containsExactly("-1", "1", "2");
        assertThat(variable.get()).isEqualTo(-1);
    }

    /** What a run raises during which the thread is interrupted. */
    private static Throwable interrupted(Coroutine<?> main) {
        try (Runner runner = new Runner()) {
            Throwable error = raised(() -> runner.run(main));
            assertThat(Thread.interrupted()).isTrue();
            return error;
        }
    }

    @Test
    @Tag(RUNNER + "test_interrupt_call_soon")
    void interruptReachesATaskThatNeverWaitsLong() {
        Throwable error = interrupted(co(co -> {
            Asyncio.getRunningLoop().callSoon(thread::interrupt);
            try {
                while (true) {
                    co.await(Asyncio.sleep(0));
                }
            } finally {
                log.add("ended");
            }
        }));
        assertThat(error).isInstanceOf(CancelledError.class);
        assertThat(log).containsExactly("ended");
    }

    @Test
    @Tag(RUNNER + "test_interrupt_wait")
    void interruptCancelsTheFutureThatIsAwaited() {
        List<Future<Object>> futures = new ArrayList<>();
        Throwable error = interrupted(co(co -> {
            futures.add(Asyncio.getRunningLoop().createFuture());
            Asyncio.getRunningLoop().callLater(0.001, thread::interrupt);
            return co.await(futures.get(0));
        }));
        assertThat(error).isInstanceOf(CancelledError.class);
        assertThat(futures.get(0).cancelled()).isTrue();
    }

    @Test
    @Tag(RUNNER + "test_interrupt_cancelled_task")
    @Tag(RUN + "test_asyncio_run_without_uncancel")
    void interruptOfATaskThatIsBeingCancelledEndsItAllTheSame() {
        Throwable error = interrupted(co(co -> {
            Task<?> me = Asyncio.currentTask();
            Asyncio.createTask(co(inner -> {
                inner.await(Asyncio.sleep(0));
                me.cancel();
                thread.interrupt();
                return null;
            }));
            return co.await(Asyncio.sleep(10, "slept"));
        }));
        assertThat(error).isInstanceOf(CancelledError.class);
    }

    @Test
    @Tag(RUN + "test_asyncio_run_loop_factory")
    @Tag(RUNNER + "test_custom_factory")
    void clockIsWhatCanBeChosen() {
        VirtualClock clock = new VirtualClock();
        try (Runner runner = new Runner(clock)) {
            runner.run(Asyncio.sleep(1_000_000));
        }
        assertThat(clock.nanoTime()).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    @Tag(RUNNER + "test_no_repr_is_call_on_the_task_result")
    void resultIsNotShownAlongTheWay() {
        Object result = new Object() {
            @Override
            public String toString() {
                log.add("shown");
                return "result";
            }
        };
        try (Runner runner = new Runner()) {
            assertThat(runner.run(co(co -> result)) == result).isTrue();
        }
        assertThat(log).isEmpty();
    }
}
