package io.corobridge.asyncio;

import static io.corobridge.asyncio.AsyncioSupport.NET_SECONDS;
import static io.corobridge.asyncio.AsyncioSupport.co;
import static io.corobridge.asyncio.AsyncioSupport.run;
import static io.corobridge.asyncio.AsyncioSupport.show;
import static io.corobridge.asyncio.AsyncioSupport.t;
import static io.corobridge.asyncio.AsyncioSupport.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.CancelledError;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.ErrorGroup;
import io.corobridge.ExceptionGroup;
import io.corobridge.asyncio.AsyncioSupport.KeyError;
import io.corobridge.asyncio.AsyncioSupport.Log;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Task groups: what they wait for, what cancels what, and which exceptions come out. */
@Timeout(NET_SECONDS)
class TaskGroupRulesTest {
    private final Log log = new Log();

    private static Coroutine<Object> ok(Object value) {
        return co(co -> co.await(Asyncio.sleep(0, value)));
    }

    private static Coroutine<Object> bad(Throwable error) {
        return co(co -> {
            co.await(Asyncio.sleep(0));
            if (error instanceof Exception exception) {
                throw exception;
            }
            throw (Error) error;
        });
    }

    private Coroutine<Object> slow(String name) {
        return co(co -> {
            try {
                return co.await(Asyncio.sleep(10, "slept"));
            } catch (CancelledError e) {
                log.add(name, "cancelled");
                throw e;
            }
        });
    }

    @Test
    @Tag("G17")
    void blockEndsWhenItsTasksHave() {
        run(co -> {
            TaskGroup group = new TaskGroup();
            List<Task<Object>> tasks =
                    co.with(group, entered -> List.of(entered.createTask(ok(1)), entered.createTask(ok(2), "nm")));
            log.add(tasks.get(0).result(), tasks.get(1).getName());
            return null;
        });
        assertThat(log.text()).isEqualTo("1 nm");
    }

    @Test
    @Tag("G17")
    void taskIsRefusedAndItsCoroutineClosedWhenTheGroupIsNotRunning() {
        run(co -> {
            TaskGroup group = new TaskGroup();
            Coroutine<Object> early = ok(1);
            log.add(tried(() -> group.createTask(early)), early.state());
            co.withVoid(group, entered -> {});
            log.add(tried(() -> group.createTask(ok(1))));
            log.add(tried(() -> co.withVoid(group, entered -> {})));
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "RuntimeError: TaskGroup <TaskGroup> has not been entered " + CoroutineState.CLOSED,
                        "RuntimeError: TaskGroup <TaskGroup entered> is finished",
                        "RuntimeError: TaskGroup <TaskGroup entered> has already been entered");
    }

    @Test
    @Tag("G17")
    void failuresCancelTheOthersAndTheBlockAndAreRaisedAsOneGroup() {
        run(co -> {
            assertThatThrownBy(() -> co.withVoid(new TaskGroup(), group -> {
                        group.createTask(bad(new KeyError("k")));
                        group.createTask(bad(new IOException("v")));
                        group.createTask(slow("s"));
                        co.await(Asyncio.sleep(10));
                        log.add("unreached");
                    }))
                    .isInstanceOfSatisfying(ExceptionGroup.class, group -> {
                        assertThat(group.exceptions())
                                .extracting(AsyncioSupport::show)
                                .containsExactly("KeyError: k", "IOException: v");
                        assertThat(group.message()).isEqualTo("unhandled errors in a TaskGroup");
                    })
                    .hasMessage("unhandled errors in a TaskGroup (2 sub-exceptions)")
                    .hasNoCause();
            log.add(Asyncio.currentTask().cancelling(), Asyncio.getRunningLoop().time());
            return null;
        });
        assertThat(log.text()).isEqualTo("s cancelled, 0 0.0");
    }

    @Test
    @Tag("G17")
    void exceptionOfTheBlockCancelsTheTasksAndIsOneOfTheGroup() {
        run(co -> {
            assertThatThrownBy(() -> co.withVoid(new TaskGroup(), group -> {
                        group.createTask(slow("s2"));
                        co.await(Asyncio.sleep(0));
                        throw new IOException("body");
                    }))
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            group -> assertThat(show(group.exceptions().get(0))).isEqualTo("IOException: body"));
            return null;
        });
        assertThat(log.text()).isEqualTo("s2 cancelled");
    }

    @Test
    @Tag("G17")
    void childThatIsCancelledByItselfIsNoFailure() {
        run(co -> {
            TaskGroup group = new TaskGroup();
            Task<Object> child = co.with(group, entered -> {
                Task<Object> task = entered.createTask(slow("s3"));
                co.await(Asyncio.sleep(0));
                task.cancel();
                return task;
            });
            log.add(child.cancelled());
            return null;
        });
        assertThat(log.text()).isEqualTo("s3 cancelled, true");
    }

    @Test
    @Tag("G17")
    void cancelFromOutsideCancelsAllAndGoesOn() {
        run(co -> {
            Task<Object> parent = Asyncio.createTask(co(inner -> {
                inner.withVoid(new TaskGroup(), group -> {
                    group.createTask(slow("c1"));
                    inner.await(Asyncio.sleep(10));
                });
                return null;
            }));
            co.await(Asyncio.sleep(0));
            co.await(Asyncio.sleep(0));
            parent.cancel("outer");
            log.add(t(() -> co.await(parent)), parent.cancelled());
            return null;
        });
        assertThat(log.text()).isEqualTo("c1 cancelled, CancelledError: outer true");
    }

    @Test
    @Tag("G17")
    void groupThatIsShuttingDownTakesNoTasks() {
        run(co -> {
            log.add(tried(() -> co.withVoid(new TaskGroup(), group -> {
                group.createTask(co(inner -> {
                    try {
                        return inner.await(Asyncio.sleep(10));
                    } finally {
                        log.add(tried(() -> group.createTask(ok(1))));
                    }
                }));
                co.await(Asyncio.sleep(0));
                throw new KeyError("k");
            })));
            return null;
        });
        assertThat(log.lines())
                .containsExactly(
                        "RuntimeError: TaskGroup <TaskGroup tasks=1 cancelling> is shutting down",
                        "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)");
    }

    @Test
    @Tag("G17")
    void errorOfTheJvmComesOutAsItIs() {
        OutOfMemoryError error = new OutOfMemoryError("as SystemExit in Python");
        assertThatThrownBy(() -> run(co -> {
                    co.withVoid(new TaskGroup(), group -> {
                        group.createTask(bad(error));
                        group.createTask(bad(new KeyError("k")));
                    });
                    return null;
                }))
                .isSameAs(error);
    }

    @Test
    void groupWithAnErrorAmongItsExceptionsIsAnError() {
        run(co -> {
            assertThatThrownBy(() -> co.withVoid(new TaskGroup(), group -> {
                        group.createTask(bad(new AssertionError("a")));
                    }))
                    .isExactlyInstanceOf(ErrorGroup.class);
            return null;
        });
    }

    @Test
    void groupsNest() {
        run(co -> {
            assertThatThrownBy(() -> co.withVoid(new TaskGroup(), outer -> {
                        outer.createTask(slow("outer's"));
                        co.withVoid(new TaskGroup(), inner -> inner.createTask(bad(new KeyError("k"))));
                    }))
                    .isInstanceOfSatisfying(
                            ExceptionGroup.class,
                            group -> assertThat(group.exceptions())
                                    .singleElement()
                                    .isInstanceOfSatisfying(
                                            ExceptionGroup.class,
                                            inner -> assertThat(inner.exceptions())
                                                    .hasSize(1)));
            log.add(Asyncio.currentTask().cancelling());
            return null;
        });
        assertThat(log.text()).isEqualTo("outer's cancelled, 0");
    }

    @Test
    void timeoutAroundAGroupCancelsItsTasks() {
        run(co -> {
            log.add(tried(() -> co.withVoid(
                    Asyncio.timeout(1),
                    timeout -> co.withVoid(new TaskGroup(), group -> {
                        group.createTask(slow("a"));
                        group.createTask(slow("b"));
                    }))));
            log.add(Asyncio.currentTask().cancelling(), Asyncio.getRunningLoop().time());
            return null;
        });
        assertThat(log.text()).isEqualTo("a cancelled, b cancelled, TimeoutException, 0 1.0");
    }
}
