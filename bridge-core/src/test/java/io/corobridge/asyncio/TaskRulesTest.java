package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.show;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static io.corobridge.asyncio.AsyncioSupport.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.Awaitables;
import io.corobridge.CancelledError;
import io.corobridge.Context;
import io.corobridge.ContextVar;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.asyncio.AsyncioSupport.KeyError;
import io.corobridge.asyncio.AsyncioSupport.Log;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks: in which order they run, how they are cancelled, and what they say of themselves. */
@Timeout(NET_SECONDS)
class TaskRulesTest {
    private final Log log = new Log();

    private Coroutine<Object> steps(String name) {
        return co(co -> {
            log.add(name, 0);
            co.await(Asyncio.sleep(0));
            log.add(name, 1);
            co.await(Asyncio.sleep(0));
            log.add(name, 2);
            return null;
        });
    }

    private Coroutine<Object> says(Object word) {
        return co(co -> {
            log.add(word);
            return word;
        });
    }

    /** Sleeps until it is cancelled, and says so. */
    private Coroutine<Object> sleeper() {
        return co(co -> {
            try {
                return co.await(Asyncio.sleep(10, "slept"));
            } catch (CancelledError e) {
                log.add("cancelled");
                throw e;
            }
        });
    }

    @Test
    @Tag("G03")
    void taskRunsWhenItsCreatorHasSuspendedAndInTheOrderOfCreation() {
        run(co -> {
            log.add("main");
            Task<Object> a = Asyncio.createTask(steps("a"));
            Task<Object> b = Asyncio.createTask(steps("b"));
            log.add("created");
            co.await(Asyncio.sleep(0));
            log.add("main2");
            co.await(a);
            co.await(b);
            log.add("end");
            return null;
        });
        assertThat(log.text()).isEqualTo("main, created, a 0, b 0, main2, a 1, b 1, a 2, b 2, end");
    }

    @Test
    @Tag("G04")
    void awaitedCoroutineRunsAtOnceAndAwaitedTaskLaterThanOthers() {
        run(co -> {
            Asyncio.createTask(says("other"));
            log.add(1);
            co.await(says("w"));
            log.add(2);
            co.await(Asyncio.createTask(says("w")));
            log.add(3);
            return null;
        });
        assertThat(log.text()).isEqualTo("1, w, 2, other, w, 3");
    }

    private String awaiting(Object yielded) {
        return run(co -> {
            Generator<Object, Object, Object> bad = Generator.of(g -> g.yield(yielded));
            Coroutine<Object> body = co(inner -> inner.await(Awaitables.fromGenerator(bad)));
            Task<Object> task = Asyncio.createTask(body);
            co.await(Asyncio.gatherReturningExceptions(task));
            return show(task.exception());
        });
    }

    @Test
    @Tag("G05")
    void foreignYieldIsARuntimeErrorInTheTask() {
        assertThat(awaiting(1)).isEqualTo("RuntimeError: Task got bad yield: 1");
        assertThat(awaiting("x")).isEqualTo("RuntimeError: Task got bad yield: x");
    }

    @Test
    @Tag("G05")
    void yieldedFutureIsARuntimeErrorInTheTask() {
        Object error = run(co -> {
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            Generator<Object, Object, Object> bad = Generator.of(g -> g.yield(future));
            Coroutine<Object> body = co(inner -> inner.await(Awaitables.fromGenerator(bad)));
            return co.await(Asyncio.gatherReturningExceptions(body)).get(0);
        });
        assertThat(show(error))
                .startsWith("RuntimeError: yield was used instead of yield from in task <Task pending name='Task-")
                .endsWith(" with <Future pending>");
    }

    @Test
    @Tag("G05")
    void taskCannotAwaitItselfNorAFutureOfAnotherLoop() {
        EventLoop other = EventLoop.create();
        List<Object> errors = run(co -> {
            Coroutine<Object> self = co(inner -> inner.await(Asyncio.currentTask()));
            Coroutine<Object> foreign = co(inner -> inner.await(other.createFuture()));
            return co.await(Asyncio.gatherReturningExceptions(self, foreign));
        });
        other.close();
        assertThat(show(errors.get(0))).startsWith("RuntimeError: Task cannot await on itself: <Task pending name=");
        assertThat(show(errors.get(1)))
                .startsWith("RuntimeError: Task <Task pending name=")
                .endsWith(" got Future <Future pending> attached to a different loop");
    }

    @Test
    @Tag("G05")
    void resultOfATaskCannotBeSetAndATaskNeedsALoop() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(says("f"));
            assertThatThrownBy(() -> task.setResult(1))
                    .isExactlyInstanceOf(RuntimeError.class)
                    .hasMessage("Task does not support set_result operation");
            assertThatThrownBy(() -> task.setException(new KeyError("k")))
                    .isExactlyInstanceOf(RuntimeError.class)
                    .hasMessage("Task does not support set_exception operation");
            return co.await(task);
        });
        assertThatThrownBy(() -> Asyncio.createTask(says("f")))
                .isExactlyInstanceOf(RuntimeError.class)
                .hasMessage("no running event loop");
    }

    @Test
    @Tag("G09")
    @Tag("T24")
    void taskCancelledBeforeItsFirstStepNeverStarts() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(says("started"));
            log.add(task.cancel(), task.cancelled(), task.cancelling());
            try {
                co.await(task);
            } catch (CancelledError e) {
                log.add(e, task.cancelled(), task.cancel());
            }
            return null;
        });
        assertThat(log.text()).isEqualTo("true false 1, CancelledError true false");
    }

    @Test
    @Tag("G10")
    void cancelIsDeliveredAtTheNextStepWithItsMessageAndMayBeSwallowed() {
        Coroutine<String> swallows = co(co -> {
            try {
                co.await(Asyncio.sleep(10));
            } catch (CancelledError e) {
                log.add("got", e, Asyncio.currentTask().cancelling());
            }
            co.await(Asyncio.sleep(0));
            Task<?> me = Asyncio.currentTask();
            log.add("cancelling", me.cancelling(), "uncancel", me.uncancel());
            return "done";
        });
        run(co -> {
            Task<String> task = Asyncio.createTask(swallows);
            co.await(Asyncio.sleep(0));
            log.add(task.cancel("why"));
            log.add(co.await(task), task.cancelled(), task.cancelling());
            return null;
        });
        assertThat(log.text()).isEqualTo("true, got CancelledError: why 1, cancelling 1 uncancel 0, done false 0");
    }

    @Test
    @Tag("G10")
    void whatCancelledErrorTheBodyRaisesIsWhatTheAwaiterGets() {
        Coroutine<Object> raisesAnother = co(co -> {
            try {
                return co.await(Asyncio.sleep(10));
            } catch (CancelledError e) {
                throw new CancelledError("other");
            }
        });
        CancelledError raised = new CancelledError("self-raised");
        Coroutine<Object> raisesItself = co(co -> {
            throw raised;
        });
        run(co -> {
            Task<Object> task = Asyncio.createTask(raisesAnother);
            co.await(Asyncio.sleep(0));
            task.cancel("why");
            log.add(t(() -> co.await(task)), task.cancelled(), t(task::result), t(task::exception));
            Task<Object> itself = Asyncio.createTask(raisesItself);
            try {
                co.await(itself);
            } catch (CancelledError e) {
                log.add(e, e == raised, itself.cancelled());
            }
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "CancelledError: other true CancelledError CancelledError",
                        "CancelledError: self-raised true true");
    }

    @Test
    @Tag("G10")
    void secondCancelBeforeTheFirstIsDeliveredCountsAndIsRaisedOnce() {
        Coroutine<Object> counts = co(co -> {
            for (int i = 0; i < 2; i++) {
                try {
                    co.await(Asyncio.sleep(10));
                    log.add("slept");
                } catch (CancelledError e) {
                    log.add("cancelled", Asyncio.currentTask().cancelling());
                }
            }
            return null;
        });
        run(co -> {
            Task<Object> task = Asyncio.createTask(counts);
            co.await(Asyncio.sleep(0));
            task.cancel();
            task.cancel();
            return co.await(task);
        });
        assertThat(log.text()).isEqualTo("cancelled 2, slept");
    }

    @Test
    void uncancelTakesBackACancelThatWasNotDelivered() {
        run(co -> {
            Task<?> me = Asyncio.currentTask();
            me.cancel();
            log.add(me.uncancel());
            log.add(co.await(Asyncio.sleep(0, "not cancelled")));
            return null;
        });
        assertThat(log.text()).isEqualTo("0, not cancelled");
    }

    @Test
    void taskThatCancelsItselfAndReturnsIsCancelled() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(co(inner -> {
                Asyncio.currentTask().cancel("self");
                return "lost";
            }));
            log.add(t(() -> co.await(task)), task.cancelled());
            return null;
        });
        assertThat(log.text()).isEqualTo("CancelledError: self true");
    }

    @Test
    @Tag("G11")
    void cancelGoesToTheInnermostTaskThatIsAwaitedAndMayBeSwallowedThere() {
        Coroutine<Object> inner = co(co -> {
            try {
                return co.await(Asyncio.sleep(10));
            } catch (CancelledError e) {
                log.add("inner swallowed");
                return "inner result";
            }
        });
        Coroutine<Object> outer = co(co -> co.await(Asyncio.createTask(inner)));
        run(co -> {
            Task<Object> task = Asyncio.createTask(outer);
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            task.cancel();
            log.add(co.await(task), task.cancelled(), task.cancelling());
            return null;
        });
        assertThat(log.text()).isEqualTo("inner swallowed, inner result false 1");
    }

    @Test
    @Tag("G12")
    @Tag("T25")
    void cancelInTheSameIterationReplacesTheValueThatWasThere() {
        run(co -> {
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            Task<Object> task = Asyncio.createTask(co(inner -> inner.await(future)));
            co.await(Asyncio.sleep(0));
            future.setResult("v");
            log.add(task.cancel(), t(() -> co.await(task)));
            return null;
        });
        assertThat(log.text()).isEqualTo("true CancelledError");
    }

    @Test
    @Tag("G24")
    void taskTellsItsNameCoroutineAndState() {
        run(co -> {
            Coroutine<Object> coroutine = co(inner -> inner.await(Asyncio.sleep(0)));
            Task<Object> task = Asyncio.createTask(coroutine, "nm");
            log.add(task.getName(), task.getCoro() == coroutine, task.done(), t(task::result));
            log.add(
                    Asyncio.allTasks().contains(Asyncio.currentTask()),
                    Asyncio.allTasks().contains(task));
            assertThat(task.toString()).startsWith("<Task pending name='nm' coro=<coroutine object f at 0x");
            co.await(task);
            log.add(Asyncio.allTasks().contains(task), task.exception(), task.cancel(), task.uncancel());
            assertThat(task.toString())
                    .startsWith("<Task finished name='nm' coro=")
                    .endsWith(" result=null>");
            task.setName("other");
            log.add(task.getName());
            assertThat(Asyncio.createTask(says("")).getName()).startsWith("Task-");
            return null;
        });
        assertThat(log.lines().subList(0, 4))
                .containsExactly(
                        "nm true false InvalidStateError: Result is not set.",
                        "true true",
                        "false None false 0",
                        "other");
    }

    @Test
    @Tag("G24")
    void stackIsTheChainOfWhatIsAwaited() {
        run(co -> {
            Coroutine<Object> inner = co(c -> c.await(Asyncio.sleep(1)));
            Coroutine<Object> outer = co(c -> c.await(inner));
            Task<Object> task = Asyncio.createTask(outer);
            co.await(Asyncio.sleep(0));
            assertThat(task.getStack()).startsWith(outer, inner);
            co.await(task);
            assertThat(task.getStack()).isEmpty();
            return null;
        });
    }

    @Test
    @Tag("G27")
    void exceptionOfATaskIsTheSameInstanceAtEachAwait() {
        KeyError error = new KeyError("k");
        run(co -> {
            Task<Object> task = Asyncio.createTask(co(inner -> {
                throw error;
            }));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> co.await(task)).isSameAs(error);
            }
            assertThat(task.exception()).isSameAs(error);
            assertThat(error.getSuppressed()).isEmpty();
            return null;
        });
    }

    @Test
    @Tag("G28")
    void stopSignalsOutOfATask() {
        run(co -> {
            Task<Object> stop = Asyncio.createTask(co(inner -> {
                throw new StopIteration("s");
            }));
            Task<Object> stopAsync = Asyncio.createTask(co(inner -> {
                throw new StopAsyncIteration();
            }));
            log.add(t(() -> co.await(stop)));
            log.add(t(() -> co.await(stopAsync)));
            return null;
        });
        assertThat(log.text()).isEqualTo("RuntimeError: coroutine raised StopIteration, StopAsyncIteration");
    }

    @Test
    @Tag("G28")
    void errorOfTheJvmEndsTheRun() {
        OutOfMemoryError error = new OutOfMemoryError("as SystemExit in Python");
        assertThatThrownBy(() -> run(co -> {
                    Asyncio.createTask(co(inner -> {
                        throw error;
                    }));
                    try {
                        return co.await(Asyncio.sleep(1));
                    } catch (CancelledError e) {
                        log.add("main saw", e);
                        throw e;
                    }
                }))
                .isSameAs(error);
        assertThat(log.text()).isEqualTo("main saw CancelledError");
    }

    @Test
    @Tag("H01")
    @Tag("T28")
    void taskRunsInACopyOfTheContextThatWasCurrentWhenItWasMade() {
        ContextVar<String> var = ContextVar.of("v", "d");
        Coroutine<Object> sets = co(co -> {
            var.set("from coroutine");
            return null;
        });
        Coroutine<Object> setsToo = co(co -> {
            var.set("from coroutine");
            return null;
        });
        run(co -> {
            co.await(sets);
            log.add("after await", var.get());
            var.set("m");
            Task<Object> task = Asyncio.createTask(setsToo);
            var.set("after create");
            co.await(task);
            log.add("after task", var.get());
            Task<Object> shows = Asyncio.createTask(co(inner -> var.get()));
            var.set("later");
            log.add("task saw", co.await(shows));
            Context own = new Context();
            Task<Object> inOwn = Asyncio.createTask(co(inner -> var.set("own")), null, own);
            co.await(inOwn);
            log.add(own.get(var), inOwn.getContext() == own, var.get());
            return null;
        });
        log.add("outside", var.get());
        assertThat(log.text())
                .isEqualTo("after await from coroutine, after task after create, task saw after create, "
                        + "own true later, outside d");
    }

    @Test
    void callbacksOfTheLoopRunInTheContextThatWasCurrentWhenTheyWereAdded() {
        ContextVar<String> var = ContextVar.of("v", "d");
        run(co -> {
            var.set("1");
            Asyncio.getRunningLoop().callSoon(() -> log.add(var.get()));
            Asyncio.getRunningLoop().callLater(1, () -> log.add(var.get()));
            var.set("2");
            co.await(Asyncio.sleep(2));
            return null;
        });
        assertThat(log.text()).isEqualTo("1, 1");
    }

    @Test
    void awaitOfAForeignSourceIsCancelledWithTheTask() {
        List<String> cancelled = new ArrayList<>();
        run(co -> {
            Task<Object> task = Asyncio.createTask(co(inner -> inner.await(
                    Awaitables.create(completion -> completion.onCancel(() -> cancelled.add("source cancelled"))))));
            co.await(Asyncio.sleep(0));
            task.cancel("why");
            log.add(tried(() -> co.await(task)));
            return null;
        });
        assertThat(cancelled).containsExactly("source cancelled");
        assertThat(log.text()).isEqualTo("CancelledError: why");
    }

    @Test
    void cancelledSleeperLeavesNoTimer() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(sleeper());
            co.await(Asyncio.sleep(0));
            task.cancel();
            log.add(tried(() -> co.await(task)), Asyncio.getRunningLoop().time());
            assertThat(Asyncio.getRunningLoop().schedule().nextTimer()).isNull();
            return null;
        });
        assertThat(log.text()).isEqualTo("cancelled, CancelledError 0.0");
    }

    /** As in CPython, where only the exception that was raised has the message. */
    @Test
    @Tag("G10")
    void messageOfACancelGoesToTheFirstWhoAsksForTheOutcome() {
        run(co -> {
            Task<Object> task = Asyncio.createTask(sleeper());
            co.await(Asyncio.sleep(0));
            task.cancel("why");
            co.await(Asyncio.waitUntil(Asyncio.ReturnWhen.ALL_COMPLETED, List.of(task)));
            log.add(tried(task::result), tried(task::result), tried(task::exception));
            return null;
        });
        assertThat(log.text()).isEqualTo("cancelled, CancelledError: why CancelledError CancelledError");
    }
}
