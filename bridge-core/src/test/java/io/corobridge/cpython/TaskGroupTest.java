package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.show;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncGenerator;
import io.corobridge.BaseExceptionGroup;
import io.corobridge.CancelledError;
import io.corobridge.Context;
import io.corobridge.ContextVar;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.ExceptionGroup;
import io.corobridge.RuntimeError;
import io.corobridge.ValueError;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Event;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.Task;
import io.corobridge.asyncio.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's test_asyncio/test_taskgroups.py. */
@Timeout(60)
class TaskGroupTest {
    private static final String CASES = "test_taskgroups.TestTaskGroup.";

    /** Stands for Python's MyBaseExc. */
    private static final class MyError extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final List<String> log = new ArrayList<>();

    private static Coroutine<Object> crash(double after, Throwable error) {
        return Coroutine.of("crash", co -> {
            co.await(Asyncio.sleep(after));
            throw Cases.<RuntimeException>sneaky(error);
        });
    }

    /** Sleeps until it is cancelled, and raises something else then. */
    private static Coroutine<Object> crashWhenCancelled(Throwable error) {
        return Coroutine.of("crash", co -> {
            try {
                return co.await(Asyncio.sleep(10, "slept"));
            } catch (CancelledError e) {
                throw Cases.<RuntimeException>sneaky(error);
            }
        });
    }

    private Coroutine<Object> sleeper(double seconds, String name) {
        return Coroutine.of("sleeper", co -> {
            try {
                return co.await(Asyncio.sleep(seconds, name));
            } catch (CancelledError e) {
                log.add(name + " cancelled");
                throw e;
            }
        });
    }

    private static Coroutine<Object> co(Coroutine.Body<Object> body) {
        return Coroutine.of("runner", body);
    }

    /** The types in a group, at any depth. */
    private static String types(Throwable error) {
        return error instanceof BaseExceptionGroup group
                ? group.exceptions().stream().map(TaskGroupTest::types).collect(Collectors.joining(" ", "[", "]"))
                : error.getClass().getSimpleName();
    }

    /** What the task of a body raises that is cancelled after a tenth of a second. */
    private static Throwable cancelledSoon(Coroutine.Body<Object> body) {
        return raised(() -> asyncio(co -> {
            Task<Object> task = Asyncio.createTask(co(body));
            co.await(Asyncio.sleep(0.1));
            assertThat(task.done()).isFalse();
            task.cancel();
            return co.await(task);
        }));
    }

    private static Throwable raisedBy(Coroutine.Body<Object> body) {
        return raised(() -> asyncio(co -> co.await(Asyncio.createTask(co(body)))));
    }

    @Test
    @Tag(CASES + "test_taskgroup_01")
    @Tag(CASES + "test_taskgroup_02")
    void blockEndsWhenItsTasksHaveResults() {
        asyncio(co -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            co.withVoid(new TaskGroup(), group -> {
                tasks.add(group.createTask(Asyncio.sleep(0.1, 42)));
                co.await(Asyncio.sleep(0.15));
                tasks.add(group.createTask(Asyncio.sleep(0.2, 11)));
            });
            assertThat(tasks).extracting(Task::result).containsExactly(42, 11);
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_taskgroup_03")
    void taskThatIsCancelledByHandDoesNotDisturbTheOthers() {
        asyncio(co -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            co.withVoid(new TaskGroup(), group -> {
                tasks.add(group.createTask(Asyncio.sleep(1, 42)));
                co.await(Asyncio.sleep(0.15));
                tasks.get(0).cancel();
                tasks.add(group.createTask(Asyncio.sleep(0.2, 11)));
            });
            assertThat(tasks.get(0).cancelled()).isTrue();
            assertThat(tasks.get(1).result()).isEqualTo(11);
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_taskgroup_04")
    @Tag(CASES + "test_cancel_children_on_child_error")
    void failureOfAChildCancelsTheOthersAndTheBlock() {
        Throwable error = raisedBy(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(crash(0.1, oops()));
                group.createTask(crash(0.1, oops()));
                group.createTask(sleeper(5, "child"));
                co.await(sleeper(10, "block"));
            });
            log.add("not reached");
            return null;
        });
        assertThat(error).isInstanceOf(ExceptionGroup.class);
        assertThat(types(error)).isEqualTo("[Oops Oops]");
        assertThat(log).containsExactlyInAnyOrder("child cancelled", "block cancelled");
    }

    @Test
    @Tag(CASES + "test_cancellation")
    @Tag(CASES + "test_taskgroup_07")
    @Tag(CASES + "test_taskgroup_17")
    @Tag(CASES + "test_taskgroup_22")
    void cancelFromOutsideCancelsTheChildrenAndGoesOn() {
        Throwable waiting = cancelledSoon(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(sleeper(5, "a"));
                group.createTask(sleeper(5, "b"));
            });
            return null;
        });
        assertThat(waiting).isInstanceOf(CancelledError.class);
        assertThat(log).containsExactly("a cancelled", "b cancelled");
        log.clear();
        Throwable inBlock = cancelledSoon(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(sleeper(5, "a"));
                co.await(sleeper(10, "block"));
            });
            return null;
        });
        assertThat(inBlock).isInstanceOf(CancelledError.class);
        assertThat(log).containsExactly("block cancelled", "a cancelled");
    }

    @Test
    @Tag(CASES + "test_taskgroup_08")
    void childrenThatFailInReplyToTheCancelAreAGroup() {
        Throwable error = cancelledSoon(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(crashWhenCancelled(oops()));
                group.createTask(crashWhenCancelled(oops()));
                co.await(Asyncio.sleep(10));
            });
            return null;
        });
        assertThat(types(error)).isEqualTo("[Oops Oops]");
    }

    @Test
    @Tag(CASES + "test_taskgroup_09")
    @Tag(CASES + "test_taskgroup_10")
    void failureOfTheBlockCancelsTheChildrenStartedOrNot() {
        for (double delay : new double[] {0.1, 0}) {
            List<Task<Integer>> tasks = new ArrayList<>();
            Throwable error = raisedBy(co -> {
                co.withVoid(new TaskGroup(), group -> {
                    tasks.add(group.createTask(Asyncio.sleep(1, 42)));
                    tasks.add(group.createTask(Asyncio.sleep(2, 11)));
                    if (delay > 0) {
                        co.await(Asyncio.sleep(delay));
                    }
                    throw oops();
                });
                return null;
            });
            assertThat(types(error)).isEqualTo("[Oops]");
            assertThat(tasks).allMatch(Task::cancelled);
        }
    }

    @Test
    @Tag(CASES + "test_taskgroup_11")
    @Tag(CASES + "test_taskgroup_12")
    void cancelOfNestedGroupsWhoseInnermostChildrenFailIsAGroupInAGroup() {
        for (boolean sibling : new boolean[] {false, true}) {
            Throwable error = cancelledSoon(co -> {
                co.withVoid(new TaskGroup(), outer -> {
                    if (sibling) {
                        outer.createTask(Asyncio.sleep(10));
                    }
                    co.withVoid(new TaskGroup(), inner -> {
                        inner.createTask(crashWhenCancelled(oops()));
                        inner.createTask(crashWhenCancelled(oops()));
                        co.await(Asyncio.sleep(10));
                    });
                });
                return null;
            });
            assertThat(types(error)).isEqualTo("[[Oops Oops]]");
        }
    }

    @Test
    @Tag(CASES + "test_taskgroup_13")
    @Tag(CASES + "test_taskgroup_14")
    void failureInTheOuterOrTheInnerGroup() {
        assertThat(types(nested(0.1, 10))).isEqualTo("[ValueError]");
        assertThat(types(nested(10, 0.1))).isEqualTo("[[ValueError]]");
    }

    private static Throwable nested(double outerCrash, double innerCrash) {
        return raisedBy(co -> {
            co.withVoid(new TaskGroup(), outer -> {
                outer.createTask(crash(outerCrash, new ValueError("outer")));
                co.withVoid(new TaskGroup(), inner -> inner.createTask(crash(innerCrash, new ValueError("inner"))));
            });
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_taskgroup_15")
    @Tag(CASES + "test_taskgroup_16")
    void childThatFailsWhileTheCancelledBlockCleansUpWins() {
        Coroutine.Body<Object> body = co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(crash(0.3, oops()));
                try {
                    co.await(Asyncio.sleep(10));
                } catch (CancelledError e) {
                    co.await(Asyncio.sleep(0.5));
                    throw e;
                }
            });
            return null;
        };
        assertThat(types(cancelledSoon(body))).isEqualTo("[Oops]");
        assertThat(types(cancelledSoon(co -> co.await(Asyncio.createTask(co(body))))))
                .isEqualTo("[Oops]");
    }

    @Test
    @Tag(CASES + "test_taskgroup_18")
    void blockThatAnswersTheCancelWithAnExceptionIsAGroup() {
        Throwable error = cancelledSoon(co -> {
            co.withVoid(new TaskGroup(), group -> co.await(crashWhenCancelled(oops())));
            return null;
        });
        assertThat(types(error)).isEqualTo("[Oops]");
    }

    @Test
    @Tag(CASES + "test_taskgroup_19")
    @Tag(CASES + "test_taskgroup_20a")
    @Tag(CASES + "test_taskgroup_21a")
    void childAndBlockFailTogether() {
        assertThat(types(childAndBlock(oops(), new ValueError("v")))).isEqualTo("[Oops ValueError]");
        assertThat(types(childAndBlock(oops(), new MyError()))).isEqualTo("[Oops MyError]");
        assertThat(types(childAndBlock(new MyError(), new ValueError("v")))).isEqualTo("[MyError ValueError]");
    }

    @Test
    @Tag(CASES + "test_taskgroup_20")
    void errorOfTheJvmInTheBlockComesOutByItself() {
        assertThat(childAndBlock(oops(), new InternalError("stop"))).isExactlyInstanceOf(InternalError.class);
    }

    private static Throwable childAndBlock(Throwable child, Throwable block) {
        return raised(() -> asyncio(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(crash(0.1, child));
                co.await(crashWhenCancelled(block));
            });
            return null;
        }));
    }

    @Test
    @Tag(CASES + "test_taskgroup_23")
    void tasksThatHaveEndedAreForgotten() {
        asyncio(co -> {
            co.withVoid(new TaskGroup(), group -> {
                for (int i = 0; i < 10; i++) {
                    co.await(Asyncio.sleep(0.1));
                    group.createTask(Asyncio.sleep(0.25));
                }
                assertThat(group.toString()).isEqualTo("<TaskGroup tasks=3 entered>");
                co.await(Asyncio.sleep(1.35));
                assertThat(group.toString()).isEqualTo("<TaskGroup entered>");
            });
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_taskgroup_24")
    @Tag(CASES + "test_taskgroup_25")
    void tasksMayMakeTasksUntilOneFails() {
        AtomicInteger hydras = new AtomicInteger();
        Throwable error = raisedBy(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(hydra(group, hydras));
                group.createTask(co(inner -> {
                    while (hydras.get() < 10) {
                        inner.await(Asyncio.sleep(0.015));
                    }
                    throw oops();
                }));
            });
            return null;
        });
        assertThat(types(error)).isEqualTo("[Oops]");
        assertThat(hydras.get()).isGreaterThanOrEqualTo(10);
    }

    private static Coroutine<Object> hydra(TaskGroup group, AtomicInteger hydras) {
        return co(inner -> {
            hydras.incrementAndGet();
            inner.await(Asyncio.sleep(0.01));
            group.createTask(hydra(group, hydras));
            group.createTask(hydra(group, hydras));
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_taskgroup_task_name")
    @Tag(CASES + "test_taskgroup_task_context")
    void taskHasTheNameAndTheContextThatItIsGiven() {
        ContextVar<Integer> variable = ContextVar.of("cvar");
        asyncio(co -> {
            Context context = Context.copyContext();
            co.withVoid(new TaskGroup(), group -> {
                Task<Object> task = group.createTask(
                        co(inner -> {
                            inner.await(Asyncio.sleep(0));
                            variable.set(1);
                            return null;
                        }),
                        "yolo",
                        context);
                assertThat(task.getName()).isEqualTo("yolo");
                co.await(task);
            });
            assertThat(context.get(variable)).isEqualTo(1);
            return null;
        });
    }

    @Test
    @Tag(CASES + "test_taskgroup_no_create_task_after_failure")
    void groupThatShutsDownTakesNoTask() {
        Throwable error = raisedBy(co -> {
            co.withVoid(new TaskGroup(), group -> {
                group.createTask(crash(0.001, oops()));
                group.createTask(co(inner -> {
                    try {
                        return inner.await(Asyncio.sleep(1, "slept"));
                    } catch (CancelledError e) {
                        log.add(show(raised(() -> group.createTask(crash(0, oops())))));
                        throw e;
                    }
                }));
            });
            return null;
        });
        assertThat(types(error)).isEqualTo("[Oops]");
        assertThat(log).singleElement().asString().endsWith("is shutting down");
    }

    @Test
    @Tag(CASES + "test_taskgroup_context_manager_exit_raises")
    void exitOfAContextInsideThatRaisesIsOneOfTheGroup() {
        Throwable error = raisedBy(co -> {
            try {
                co.withVoid(
                        new TaskGroup(),
                        group -> co.withVoid(database(), ignored -> {
                            group.createTask(crash(0, oops()));
                            co.await(Asyncio.sleep(1));
                        }));
                return null;
            } finally {
                log.add("cancelling " + Asyncio.currentTask().cancelling());
            }
        });
        assertThat(types(error)).isEqualTo("[Oops Oops]");
        assertThat(log).containsExactly("cancelling 0");
    }

    private static AsyncContextManager<Object> database() {
        return AsyncContextManager.of(AsyncGenerator.<Object, Object>of("database", co -> {
            try {
                co.yield(null);
            } catch (CancelledError e) {
                throw oops();
            }
        }));
    }

    @Test
    @Tag(CASES + "test_taskgroup_already_entered")
    @Tag(CASES + "test_taskgroup_double_enter")
    @Tag(CASES + "test_taskgroup_finished")
    @Tag(CASES + "test_taskgroup_not_entered")
    @Tag(CASES + "test_coro_closed_when_tg_closed")
    void groupIsEnteredOnceAndRefusesTasksBeforeAndAfter() {
        asyncio(co -> {
            TaskGroup group = new TaskGroup();
            Coroutine<Object> early = crash(0, oops());
            assertThatThrownBy(() -> group.createTask(early)).hasMessageEndingWith("has not been entered");
            co.withVoid(group, entered -> {
                try {
                    co.withVoid(group, again -> log.add("entered again"));
                } catch (RuntimeError e) {
                    log.add(e.getMessage());
                }
            });
            try {
                co.withVoid(group, again -> log.add("entered again"));
            } catch (RuntimeError e) {
                log.add(e.getMessage());
            }
            Coroutine<Object> late = crash(0, oops());
            assertThatThrownBy(() -> group.createTask(late)).hasMessageEndingWith("is finished");
            assertThat(List.of(early.state(), late.state())).containsOnly(CoroutineState.CLOSED);
            return null;
        });
        assertThat(log).hasSize(2).allMatch(message -> message.endsWith("has already been entered"));
    }

    @Test
    @Tag(CASES + "test_taskgroup_without_parent_task")
    void groupIsForTasks() {
        EventLoop loop = EventLoop.create();
        TaskGroup group = new TaskGroup();
        loop.callSoon(() -> {
            log.add(show(raised(() -> Cases.Step.of(group.aenter()).send(null))));
            log.add(show(raised(() -> group.createTask(crash(0, oops())))));
            loop.stop();
        });
        loop.runForever();
        loop.close();
        assertThat(log.get(0)).endsWith("cannot determine the parent task");
        assertThat(log.get(1)).endsWith("has not been entered");
    }

    @Test
    @Tag(CASES + "test_cancelling_level_preserved")
    @Tag(CASES + "test_nested_groups_both_cancelled")
    void cancelsThatGroupsAskedForAreTakenBack() {
        asyncio(co -> {
            Task<?> me = Asyncio.currentTask();
            try {
                co.withVoid(new TaskGroup(), outer -> {
                    try {
                        co.withVoid(new TaskGroup(), inner -> {
                            inner.createTask(crash(0, new IllegalStateException()));
                            outer.createTask(crash(0, new ValueError("v")));
                        });
                    } catch (ExceptionGroup e) {
                        log.add(types(e));
                    }
                    log.add("cancelling " + me.cancelling());
                });
            } catch (ExceptionGroup e) {
                log.add(types(e));
            }
            log.add("cancelling " + me.cancelling());
            return null;
        });
        assertThat(log).containsExactly("[IllegalStateException]", "cancelling 1", "[ValueError]", "cancelling 0");
    }

    @Test
    @Tag(CASES + "test_error_and_cancel")
    void cancelThatComesTogetherWithAnErrorIsDeliveredAfterTheGroup() {
        asyncio(co -> {
            Event begun = new Event();
            Task<Object> task = Asyncio.createTask(co(inner -> {
                Task<?> me = Asyncio.currentTask();
                try {
                    inner.withVoid(new TaskGroup(), group -> {
                        group.createTask(co(child -> {
                            begun.set();
                            child.await(Asyncio.sleep(0));
                            throw oops();
                        }));
                        inner.await(Asyncio.sleep(1));
                    });
                } catch (ExceptionGroup e) {
                    log.add(types(e) + " " + me.cancelling());
                }
                inner.await(Asyncio.sleep(1));
                log.add("not reached");
                return null;
            }));
            co.await(begun);
            task.cancel();
            try {
                co.await(task);
            } catch (CancelledError e) {
                log.add("cancelled " + task.cancelled());
            }
            return null;
        });
        assertThat(log).containsExactly("[Oops] 1", "cancelled true");
    }
}
