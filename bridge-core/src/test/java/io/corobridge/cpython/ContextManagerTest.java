package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.agen;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.run;
import static io.corobridge.cpython.Cases.t;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncExitStack;
import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.AwaitTrace;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Contexts;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.TypeError;
import io.corobridge.cpython.Cases.Oops;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_contextlib_async that are about the protocol. */
class ContextManagerTest {
    private final List<Object> state = new ArrayList<>();

    private static AsyncContextManager<Object> manager(AsyncGenerator<Object, Object> generator) {
        return AsyncContextManager.of(generator);
    }

    private static AsyncContextManager<Object> plain() {
        return manager(agen(co -> co.yield(null)));
    }

    /** Enters, and leaves with an exception or null. */
    private static String left(AsyncContextManager<Object> manager, Throwable error) {
        return t(() -> run(co -> {
                    co.await(manager.aenter());
                    return co.await(manager.aexit(error));
                })
                .result());
    }

    @Test
    @Tag("test_contextlib_async.TestAbstractAsyncContextManager.test_async_gen_propagates_generator_exit")
    void acloseLeavesTheContextsOfAnAsyncGenerator() {
        AsyncGenerator<Object, Object> generator = agen(co -> co.withVoid(
                manager(agen(inner -> {
                    try {
                        inner.yield(null);
                    } finally {
                        state.add("left");
                    }
                })),
                value -> co.yield(11)));
        run(co -> {
            for (Object value : co.each(generator)) {
                assertThat(value).isEqualTo(11);
                break;
            }
            return co.await(generator.aclose());
        });
        assertThat(state).containsExactly("left");
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_plain")
    void blockRunsAtTheYield() {
        AsyncContextManager<Object> manager = manager(agen(co -> {
            state.add(1);
            co.yield(42);
            state.add(999);
        }));
        run(co -> co.with(manager, value -> state.add(value)));
        assertThat(state).containsExactly(1, 42, 999);
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_finally")
    void exceptionOfTheBlockPassesAFinally() {
        AsyncContextManager<Object> manager = manager(agen(co -> {
            state.add(1);
            try {
                co.yield(42);
            } finally {
                state.add(999);
            }
        }));
        Oops oops = oops();
        assertThat(raised(() -> run(co -> co.with(manager, value -> {
                    state.add(value);
                    throw oops;
                }))))
                .isSameAs(oops);
        assertThat(state).containsExactly(1, 42, 999);
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_traceback")
    void stackTraceOfTheBlocksExceptionIsLeftAlone() {
        Oops oops = oops();
        StackTraceElement[] before = oops.getStackTrace();
        assertThat(raised(() -> run(co -> co.with(plain(), value -> {
                    throw oops;
                }))))
                .isSameAs(oops);
        assertThat(oops.getStackTrace()).isEqualTo(before);
        assertThat(oops.getSuppressed()).allMatch(AwaitTrace.class::isInstance);
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_no_reraise")
    void exceptionThatIsNotCaughtIsNotSwallowed() {
        assertThat(left(plain(), new TypeError("foo"))).isEqualTo("-> false");
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_trap_yield_after_throw")
    void yieldInReplyToTheExceptionIsARuntimeErrorAndTheGeneratorIsClosed() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(null);
            } catch (RuntimeException e) {
                co.yield(null);
            }
        });
        assertThat(left(manager(generator), new TypeError("foo")))
                .isEqualTo("RuntimeError: generator didn't stop after athrow()");
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_trap_no_yield")
    void generatorThatDoesNotYieldIsARuntimeError() {
        assertThat(t(() -> run(co -> co.await(manager(agen(g -> {})).aenter()))))
                .isEqualTo("RuntimeError: generator didn't yield");
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_trap_second_yield")
    void secondYieldIsARuntimeErrorAndTheGeneratorIsClosed() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.yield(null);
            co.yield(null);
        });
        assertThat(left(manager(generator), null)).isEqualTo("RuntimeError: generator didn't stop");
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_non_normalised")
    void anotherExceptionTakesThePlace() {
        AsyncContextManager<Object> manager = manager(agen(co -> {
            try {
                co.yield(null);
            } catch (RuntimeError e) {
                throw oops();
            }
        }));
        assertThat(left(manager, new RuntimeError("block"))).isEqualTo("Oops");
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_except")
    void exceptionThatIsCaughtAtTheYieldIsSwallowed() {
        AsyncContextManager<Object> manager = manager(agen(co -> {
            state.add(1);
            try {
                co.yield(42);
            } catch (RuntimeError e) {
                state.add(e.getMessage());
            }
        }));
        run(co -> co.with(manager, value -> {
            state.add(value);
            throw new RuntimeError("999");
        }));
        assertThat(state).containsExactly(1, 42, "999");
    }

    private static final class Stop extends StopIteration {
        private static final long serialVersionUID = 1L;
    }

    private static final class StopAsync extends StopAsyncIteration {
        private static final long serialVersionUID = 1L;
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_except_stopiter")
    void stopSignalOfTheBlockComesOutAsItIs() {
        for (RuntimeException stop :
                List.of(new StopIteration("spam"), new StopAsyncIteration("ham"), new Stop(), new StopAsync())) {
            run(co -> {
                assertThat(raised(() -> co.with(plain(), value -> {
                            throw stop;
                        })))
                        .isSameAs(stop);
                return null;
            });
        }
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_contextmanager_wrap_runtimeerror")
    void runtimeErrorThatWrapsTheExceptionComesOut() {
        AsyncGenerator.Body<Object, Object> wrapping = co -> {
            try {
                co.yield(null);
            } catch (Throwable e) {
                throw new RuntimeError("caught " + Cases.show(e), e);
            }
        };
        assertThat(t(() -> run(co -> co.with(manager(agen(wrapping)), value -> {
                    throw oops();
                }))))
                .isEqualTo("RuntimeError: caught Oops");
        assertThat(t(() -> run(co -> co.with(manager(agen(wrapping)), value -> {
                    throw new StopAsyncIteration();
                }))))
                .isEqualTo("StopAsyncIteration");
    }

    private Coroutine<Object> recursive(int depth) {
        return Coroutine.of(co -> co.with(
                manager(agen(g -> {
                    state.add("in");
                    g.yield(null);
                    state.add("out");
                })),
                value -> depth == 1 ? null : co.await(recursive(depth - 1))));
    }

    @Test
    @Tag("test_contextlib_async.AsyncContextManagerTestCase.test_recursive")
    void contextsNest() {
        run(recursive(10));
        assertThat(state.subList(0, 10)).containsOnly("in");
        assertThat(state.subList(10, 20)).containsOnly("out");
    }

    private AsyncGenerator<Object, Object> closing() {
        return agen(co -> {
            try {
                co.yield(-1);
                co.yield(-2);
            } finally {
                state.add(1);
            }
        });
    }

    @Test
    @Tag("test_contextlib_async.AclosingTestCase.test_aclosing")
    void aclosingClosesAfterTheBlock() {
        AsyncGenerator<Object, Object> generator = closing();
        run(co -> co.with(Contexts.aclosing(generator), it -> {
            assertThat(it).isSameAs(generator);
            co.await(it.anext());
            assertThat(state).isEmpty();
            return null;
        }));
        assertThat(state).containsExactly(1);
    }

    @Test
    @Tag("test_contextlib_async.AclosingTestCase.test_aclosing_error")
    @Tag("test_contextlib_async.AclosingTestCase.test_aclosing_bpo41229")
    void aclosingClosesAfterABlockThatRaises() {
        AsyncGenerator<Object, Object> generator = closing();
        assertThat(raised(() -> run(co -> co.with(Contexts.aclosing(generator), it -> {
                    assertThat(co.await(it.anext())).isEqualTo(-1);
                    throw oops();
                }))))
                .isInstanceOf(Oops.class);
        assertThat(state).containsExactly(1);
    }

    @Test
    @Tag("test_contextlib_async.TestAsyncExitStack.test_async_callback")
    void callbacksRunInReverse() {
        run(co -> co.with(new AsyncExitStack(), stack -> {
            for (int i = 1; i <= 3; i++) {
                int n = i;
                stack.pushAsyncCallback(() -> Coroutine.of(callback -> state.add(n)));
            }
            assertThat(state).isEmpty();
            return null;
        }));
        assertThat(state).containsExactly(3, 2, 1);
    }

    private AsyncExitStack.AsyncExit exit(String name, boolean swallows) {
        return error -> {
            state.add(name + " " + Cases.show(error));
            return Awaitables.ready(swallows);
        };
    }

    @Test
    @Tag("test_contextlib_async.TestAsyncExitStack.test_async_push")
    void exitsSeeTheExceptionUntilOneSwallowsIt() {
        run(co -> co.with(new AsyncExitStack(), stack -> {
            stack.pushAsyncExit(exit("ok", false));
            stack.pushAsyncExit(exit("swallowing", true));
            stack.pushAsyncExit(exit("seeing", false));
            throw oops();
        }));
        assertThat(state).containsExactly("seeing Oops", "swallowing Oops", "ok None");
    }

    private AsyncContextManager<Object> saying(Object in, Object out) {
        return manager(agen(co -> {
            state.add(in);
            co.yield(null);
            state.add(out);
        }));
    }

    @Test
    @Tag("test_contextlib_async.TestAsyncExitStack.test_enter_async_context")
    void managersThatWereEnteredAreLeft() {
        run(co -> co.with(new AsyncExitStack(), stack -> {
            stack.pushAsyncCallback(() -> Coroutine.of(callback -> state.add(4)));
            co.await(stack.enterAsyncContext(saying(1, 3)));
            return state.add(2);
        }));
        assertThat(state).containsExactly(1, 2, 3, 4);
    }

    @Test
    @Tag("test_contextlib_async.TestAsyncExitStack.test_enter_async_context_errors")
    void whatIsNoManagerIsATypeErrorAndIsNotLeft() {
        assertThat(t(() -> run(co -> co.with(new AsyncExitStack(), stack -> co.await(stack.enterAsyncContext(null))))))
                .startsWith("TypeError")
                .contains("asynchronous context manager");
    }

    private static AsyncExitStack.AsyncExit raising(Throwable error) {
        return ignored -> Coroutine.of(co -> {
            throw Cases.<RuntimeException>sneaky(error);
        });
    }

    /** A context in Python; the one suppressed in Java. */
    @Test
    @Tag("test_contextlib_async.TestAsyncExitStack.test_async_exit_exception_chaining")
    void eachExceptionKeepsTheOneBefore() {
        List<Throwable> seen = new ArrayList<>();
        Throwable last = raised(() -> run(co -> co.with(new AsyncExitStack(), stack -> {
            stack.pushAsyncExit(raising(new RuntimeError("index")));
            stack.pushAsyncExit(raising(new RuntimeError("key")));
            stack.pushAsyncExit(raising(new RuntimeError("attribute")));
            stack.pushAsyncExit(error -> {
                seen.add(error);
                return Awaitables.ready(true);
            });
            stack.pushAsyncExit(raising(new RuntimeError("value")));
            throw oops();
        })));
        assertThat(last).hasMessage("index");
        assertThat(last.getSuppressed()[0]).hasMessage("key");
        assertThat(last.getSuppressed()[0].getSuppressed()[0])
                .hasMessage("attribute")
                .hasNoSuppressedExceptions();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).hasMessage("value");
        assertThat(seen.get(0).getSuppressed()[0]).isInstanceOf(Oops.class);
    }

    @Test
    @Tag("test_contextlib_async.TestAbstractAsyncContextManager.test_enter")
    void aenterMayHandOutTheManagerItself() {
        AsyncContextManager<Object> manager = new AsyncContextManager<>() {
            @Override
            public Awaitable<Object> aenter() {
                return Awaitables.ready(this);
            }

            @Override
            public Awaitable<Boolean> aexit(Throwable error) {
                return Awaitables.ready(null);
            }
        };
        assertThat(run(co -> co.with(manager, value -> value)).result()).isSameAs(manager);
    }
}
