package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.agen;
import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.run;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.yields;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncContextManager;
import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterables;
import io.corobridge.AsyncIterator;
import io.corobridge.AwaitTrace;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.TypeError;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_coroutines.CoroutineTest about async with and async for. */
class CoroutineWithAndForTest {
    private static final class Steps<T> implements AsyncContextManager<T> {
        private final Coroutine.Body<T> enter;
        private final Coroutine.Body<Boolean> leave;

        Steps(Coroutine.Body<T> enter, Coroutine.Body<Boolean> leave) {
            this.enter = enter;
            this.leave = leave;
        }

        @Override
        public Awaitable<T> aenter() {
            return enter == null ? null : Coroutine.of("__aenter__", enter);
        }

        @Override
        public Awaitable<Boolean> aexit(Throwable error) {
            return leave == null ? null : Coroutine.of("__aexit__", leave);
        }
    }

    private static AsyncContextManager<String> named(String name) {
        return new Steps<>(
                co -> {
                    co.await(yields("enter-1-" + name, "enter-2-" + name));
                    return name;
                },
                co -> {
                    co.await(yields("exit-1-" + name, "exit-2-" + name));
                    return name.equals("B");
                });
    }

    private static Coroutine<Object> nested(String first, String second) {
        return Coroutine.of(co -> co.with(
                named(first),
                a -> co.with(named(second), b -> {
                    co.await(yields(a + b));
                    throw oops();
                })));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_1")
    void managersAwaitOnBothSidesAndOneMaySwallow() {
        assertThat(run(nested("A", "B")).yielded())
                .containsExactly(
                        "enter-1-A",
                        "enter-2-A",
                        "enter-1-B",
                        "enter-2-B",
                        "AB",
                        "exit-1-B",
                        "exit-2-B",
                        "exit-1-A",
                        "exit-2-A");
        assertThat(raised(() -> run(nested("A", "C")))).isInstanceOf(Oops.class);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_2")
    @Tag("test_coroutines.CoroutineTest.test_with_3")
    @Tag("test_coroutines.CoroutineTest.test_with_4")
    void withoutAManagerTheBlockIsNotEntered() {
        AtomicInteger entered = new AtomicInteger();
        Throwable error = raised(
                () -> run(co -> co.with((AsyncContextManager<Object>) null, value -> entered.incrementAndGet())));
        assertThat(error).isInstanceOf(TypeError.class).hasMessageContaining("asynchronous context manager");
        assertThat(entered).hasValue(0);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_5")
    void exceptionOfTheBlockComesOut() {
        AssertionError failed = new AssertionError("1 != 2");
        AsyncContextManager<Object> manager = new Steps<>(co -> null, co -> false);
        assertThat(raised(() -> run(co -> co.with(manager, value -> {
                    throw failed;
                }))))
                .isSameAs(failed);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_6")
    void aenterHasToGiveAnAwaitable() {
        AsyncContextManager<Object> manager = new Steps<>(null, null);
        assertThat(t(() -> run(co -> co.with(manager, value -> 1))))
                .isEqualTo("TypeError: 'async with' received an object from __aenter__ that does not implement"
                        + " __await__: NoneType");
    }

    private static final String BAD_EXIT =
            "TypeError: 'async with' received an object from __aexit__ that does not implement __await__: NoneType";

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_7")
    void aexitThatGivesNothingIsATypeErrorThatKeepsTheExceptionOfTheBlock() {
        AsyncContextManager<Object> manager = new Steps<>(co -> null, null);
        Oops oops = oops();
        Throwable error = raised(() -> run(co -> co.with(manager, value -> {
            throw oops;
        })));
        assertThat(Cases.show(error)).isEqualTo(BAD_EXIT);
        assertThat(error.getSuppressed()).containsExactly(oops);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_8")
    void aexitThatGivesNothingIsATypeErrorHoweverTheBlockIsLeft() {
        AsyncContextManager<Object> manager = new Steps<>(co -> null, null);
        AtomicInteger count = new AtomicInteger();
        assertThat(t(() -> run(co -> co.with(manager, value -> count.incrementAndGet()))))
                .isEqualTo(BAD_EXIT);
        assertThat(count).hasValue(1);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_9")
    void exceptionOfAexitComesOutOfABlockThatEndedWell() {
        AsyncContextManager<Object> manager = new Steps<>(co -> null, co -> {
            throw oops();
        });
        AtomicInteger count = new AtomicInteger();
        assertThat(raised(() -> run(co -> co.with(manager, value -> count.incrementAndGet()))))
                .isInstanceOf(Oops.class);
        assertThat(count).hasValue(1);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_10")
    void exceptionsOfNestedAexitsKeepTheOneBefore() {
        AsyncContextManager<Object> manager = new Steps<>(co -> null, co -> {
            throw oops();
        });
        RuntimeError first = new RuntimeError("block");
        Throwable outer = raised(() -> run(co -> co.with(
                manager,
                a -> co.with(manager, b -> {
                    throw first;
                }))));
        assertThat(outer).isInstanceOf(Oops.class);
        Throwable inner = outer.getSuppressed()[0];
        assertThat(inner).isInstanceOf(Oops.class).isNotSameAs(outer);
        assertThat(inner.getSuppressed()).containsExactly(first);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_11")
    void exceptionOfAenterIsLinkedToNothing() {
        AsyncContextManager<Object> manager = new Steps<>(
                co -> {
                    throw new UnsupportedOperationException();
                },
                co -> {
                    throw oops();
                });
        Throwable error = raised(() -> run(co -> co.with(manager, value -> {
            throw new RuntimeError("not reached");
        })));
        assertThat(error).isInstanceOf(UnsupportedOperationException.class).hasNoCause();
        assertThat(error.getSuppressed()).allMatch(AwaitTrace.class::isInstance);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_12")
    void trueFromAexitSwallows() {
        AsyncContextManager<Object> manager = new Steps<>(co -> "it", co -> true);
        Run run = run(co -> co.with(manager, value -> {
            assertThat(value).isEqualTo("it");
            throw new RuntimeError("swallowed");
        }));
        assertThat(run.result()).isNull();
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_with_13")
    void aexitIsNotAskedWhenAenterRaises() {
        AtomicInteger count = new AtomicInteger();
        AsyncContextManager<Object> manager = new Steps<>(
                co -> {
                    throw oops();
                },
                co -> true);
        Throwable error = raised(() -> run(co -> {
            count.addAndGet(1);
            co.with(manager, value -> count.addAndGet(1000));
            return count.addAndGet(10_000);
        }));
        assertThat(error).isInstanceOf(Oops.class);
        assertThat(count).hasValue(1);
    }

    /** Counts to a hundred, and awaits at every tenth. */
    private static final class Hundred implements AsyncIterator<Integer> {
        private int calls;
        private int i;

        @Override
        public AsyncIterator<Integer> aiter() {
            calls++;
            return this;
        }

        @Override
        public Awaitable<Integer> anext() {
            return Coroutine.of("__anext__", co -> {
                i++;
                if (i % 10 == 0) {
                    co.await(yields(i * 10));
                }
                if (i > 100) {
                    throw new StopAsyncIteration();
                }
                return i;
            });
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_1")
    void loopAwaitsEachStepAndCallsAiterOnce() {
        Hundred all = new Hundred();
        List<Integer> seen = new ArrayList<>();
        Run run = run(co -> {
            for (Integer i : co.each(all)) {
                seen.add(i);
            }
            return null;
        });
        assertThat(run.yielded())
                .isEqualTo(IntStream.rangeClosed(1, 10).mapToObj(i -> i * 100).toList());
        assertThat(seen).isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(all.calls).isEqualTo(1);
        Hundred some = new Hundred();
        Run left = run(co -> {
            for (Integer i : co.each(some)) {
                if (i == 20) {
                    break;
                }
            }
            return "end";
        });
        assertThat(left).isEqualTo(new Run(List.of(100, 200), "end"));
        assertThat(some.calls).isEqualTo(1);
    }

    private static String loop(AsyncIterable<Object> source) {
        return t(() -> run(co -> {
            for (Object ignored : co.each(source)) {
                throw new AssertionError("never going to happen");
            }
            return "ended";
        }));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_2")
    void loopNeedsAnAsyncIterable() {
        assertThat(loop(null))
                .isEqualTo("TypeError: 'async for' requires an object with __aiter__ method, got NoneType");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_3")
    void aiterHasToGiveAnAsyncIterator() {
        assertThat(loop(() -> null)).contains("TypeError").contains("that does not implement __anext__");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_4")
    void anextHasToGiveAnAwaitable() {
        AsyncIterator<Object> source = () -> null;
        assertThat(loop(source))
                .isEqualTo("TypeError: 'async for' received an invalid object from __anext__: NoneType");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_6")
    void loopsInsideOfContextsRunOneAfterAnother() {
        AtomicInteger count = new AtomicInteger();
        AsyncContextManager<Object> manager = new Steps<>(co -> count.addAndGet(10_000), co -> {
            count.addAndGet(100_000);
            return false;
        });
        Coroutine.Body<Object> main = co -> {
            co.withVoid(manager, value -> {
                for (Object ignored : co.each(agen(g -> {
                    for (int i = 0; i < 11; i++) {
                        g.yield(i);
                    }
                }))) {
                    count.addAndGet(1);
                }
            });
            return count.addAndGet(1000);
        };
        run(main);
        assertThat(count).hasValue(111_011);
        run(main);
        assertThat(count).hasValue(222_022);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_7")
    @Tag("test_coroutines.CoroutineTest.test_for_8")
    void exceptionOfAiterIsRaisedAtTheLoop() {
        assertThat(loop(() -> {
                    throw new ArithmeticException("/ by zero");
                }))
                .isEqualTo("ArithmeticException: / by zero");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_11")
    void failureToAwaitAStepIsATypeErrorWithItAsCause() {
        ArithmeticException zero = new ArithmeticException("/ by zero");
        AsyncIterator<Object> source = () -> () -> {
            throw zero;
        };
        Throwable error = raised(() -> run(co -> {
            for (Object ignored : co.each(source)) {
                throw new AssertionError("never going to happen");
            }
            return null;
        }));
        assertThat(Cases.show(error)).contains("invalid object from __anext__");
        assertThat(error).isInstanceOf(TypeError.class).hasCause(zero);
    }

    /** The step's result may be anything: a list, or an exception that stands for the end elsewhere. */
    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_tuple")
    @Tag("test_coroutines.CoroutineTest.test_for_stop_iteration")
    void elementsMayBeAnything() {
        StopIteration stop = new StopIteration(42);
        List<Object> seen = new ArrayList<>();
        Throwable done = raised(() -> run(co -> {
            for (Object element : co.each(agen(g -> {
                g.yield(List.of(42));
                g.yield(stop);
            }))) {
                seen.add(element);
            }
            throw oops();
        }));
        assertThat(done).isInstanceOf(Oops.class);
        assertThat(seen).containsExactly(List.of(42), stop);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_for_assign_raising_stop_async_iteration")
    @Tag("test_coroutines.CoroutineTest.test_for_assign_raising_stop_async_iteration_2")
    void stopAsyncIterationOfTheLoopsBodyDoesNotEndTheLoop() {
        StopAsyncIteration stop = new StopAsyncIteration("42");
        Coroutine.Body<Object> loop = co -> {
            for (Object ignored : co.each(agen(g -> g.yield(10)))) {
                throw stop;
            }
            return "ended";
        };
        assertThat(raised(() -> run(loop))).isSameAs(stop);
        assertThat(raised(() -> run(AsyncIterables.collect(
                        agen(g -> g.yield(10)),
                        Collectors.mapping(
                                element -> {
                                    throw stop;
                                },
                                Collectors.toList())))))
                .isSameAs(stop);
        AsyncGenerator<Object, Object> generator = agen(co -> {
            for (Object ignored : co.each(agen(g -> g.yield(10)))) {
                throw stop;
            }
        });
        assertThat(raised(() -> run(co -> co.await(generator.asend(null)))))
                .isInstanceOf(RuntimeError.class)
                .hasCause(stop);
    }

    @Test
    @Tag("test_coroutines.CoroAsyncIOCompatTest.test_asyncio_1")
    void contextsRunInAnEventLoop() {
        List<Object> log = new ArrayList<>();
        AsyncContextManager<Object> manager = new AsyncContextManager<>() {
            @Override
            public Awaitable<Object> aenter() {
                return Coroutine.of(co -> {
                    log.add(1);
                    co.await(Asyncio.sleep(0.01));
                    log.add(2);
                    return this;
                });
            }

            @Override
            public Awaitable<Boolean> aexit(Throwable error) {
                return Coroutine.of(co -> {
                    co.await(Asyncio.sleep(0.01));
                    log.add(error.getClass().getSimpleName());
                    return false;
                });
            }
        };
        assertThat(raised(() -> asyncio(co -> co.with(manager, value -> {
                    co.await(Asyncio.sleep(0.01));
                    throw oops();
                }))))
                .isInstanceOf(Oops.class);
        assertThat(log).containsExactly(1, 2, "Oops");
    }

    @Test
    @Tag("test_contextlib_async.TestAsyncNullcontext.test_async_nullcontext")
    void nullcontextHandsOutItsValue() {
        Object value = new Object();
        assertThat(run(co -> co.with(io.corobridge.Contexts.nullcontext(value), it -> it))
                        .result())
                .isSameAs(value);
        assertThat(run(co -> co.await(Awaitables.ready(value))).result()).isSameAs(value);
    }
}
