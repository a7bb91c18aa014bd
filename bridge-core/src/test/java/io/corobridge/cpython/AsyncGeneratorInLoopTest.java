package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.agen;
import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.sent;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterables;
import io.corobridge.CancelledError;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.GeneratorExit;
import io.corobridge.StopIteration;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.Future;
import io.corobridge.asyncio.Task;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_asyncgen.AsyncGenAsyncioTest about steps that are awaited in an event loop. */
class AsyncGeneratorInLoopTest {
    private static final String REUSED_SEND = "RuntimeError: cannot reuse already awaited __anext__()/asend()";
    private static final String REUSED_THROW = "RuntimeError: cannot reuse already awaited aclose()/athrow()";

    private static void pause(Co co) {
        co.await(Asyncio.sleep(0.01));
    }

    private static String next(Co co, AsyncGenerator<Object, Object> generator) {
        return t(() -> co.await(generator.anext()));
    }

    private static List<Object> listed(AsyncIterable<Object> source) {
        return asyncio(co -> co.await(AsyncIterables.toList(source)));
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_01")
    void yieldsBetweenSleeps() {
        assertThat(listed(agen(co -> {
                    co.yield(1);
                    pause(co);
                    co.yield(2);
                    pause(co);
                })))
                .containsExactly(1, 2);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_02")
    void exceptionEndsTheProgram() {
        assertThat(raised(() -> listed(agen(co -> {
                    co.yield(1);
                    pause(co);
                    co.yield(2);
                    throw oops();
                }))))
                .isInstanceOf(Oops.class);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_03")
    void aiterMayBeAnAsyncGeneratorFunction() {
        assertThat(listed(() -> agen(co -> {
                    co.yield(1);
                    pause(co);
                    co.yield(2);
                })))
                .containsExactly(1, 2);
    }

    private static AsyncGenerator<Object, Object> four() {
        return agen(co -> {
            co.yield(1);
            pause(co);
            try {
                co.yield(2);
                co.yield(3);
            } catch (Throwable e) {
                assertThat(e).isInstanceOf(Oops.class);
                co.yield(1000);
            }
            pause(co);
            co.yield(4);
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_anext_04")
    void stepsGoOnAfterAThrowAndEndWithStopAsyncIterationEachTime() {
        asyncio(co -> {
            AsyncGenerator<Object, Object> it = four();
            assertThat(List.of(next(co, it), next(co, it), next(co, it), next(co, it)))
                    .containsExactly("-> 1", "-> 2", "-> 3", "-> 4");
            assertThat(next(co, it)).isEqualTo("StopAsyncIteration");
            assertThat(next(co, it)).isEqualTo("StopAsyncIteration");
            return null;
        });
        asyncio(co -> {
            AsyncGenerator<Object, Object> it = four();
            next(co, it);
            next(co, it);
            assertThat(t(() -> Step.of(it.anext()).raise(oops()))).isEqualTo("StopIteration: 1000");
            assertThat(next(co, it)).isEqualTo("-> 4");
            assertThat(next(co, it)).isEqualTo("StopAsyncIteration");
            return null;
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_anext_05")
    void valueSentToAStepOfAnextArrivesAtTheYield() {
        AsyncGenerator<Object, Object> it = agen(co -> {
            Object v = co.yield(1);
            v = co.yield(v);
            co.yield((Integer) v * 100);
        });
        assertThat(sent(it.anext(), null)).isEqualTo("StopIteration: 1");
        assertThat(sent(it.anext(), 10)).isEqualTo("StopIteration: 10");
        assertThat(sent(it.anext(), 12)).isEqualTo("StopIteration: 1200");
        assertThat(told(co -> next(co, it))).isEqualTo("StopAsyncIteration");
    }

    /** Swallows whatever is raised at its only yield. */
    private static AsyncGenerator<Object, Object> swallowing(AtomicInteger done) {
        return agen(co -> {
            try {
                co.yield(null);
            } catch (Throwable ignored) {
                // Ends, then.
            }
            done.incrementAndGet();
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_anext_06")
    void stepThatReachesTheEndRaisesStopAsyncIteration() {
        AtomicInteger done = new AtomicInteger();
        assertThat(told(co -> {
                    AsyncGenerator<Object, Object> it = swallowing(done);
                    co.await(it.asend(null));
                    return t(() -> co.await(it.asend(null)));
                }))
                .isEqualTo("StopAsyncIteration");
        assertThat(done).hasValue(1);
    }

    /** Yields one thing, and after Oops another. */
    private static AsyncGenerator<Object, Object> yieldingTwo(Object first, Object second) {
        return agen(co -> {
            try {
                co.yield(first);
            } catch (Throwable e) {
                assertThat(e).isInstanceOf(Oops.class);
                co.yield(second);
            }
        });
    }

    private static void assertTwoThings(Object first, Object second, boolean byHand) {
        asyncio(co -> {
            AsyncGenerator<Object, Object> it = yieldingTwo(first, second);
            assertThat(co.await(it.anext())).isSameAs(first);
            Object answer =
                    byHand ? Cases.stopValue(() -> Step.of(it.anext()).raise(oops())) : co.await(it.athrow(oops()));
            assertThat(answer).isSameAs(second);
            assertThat(next(co, it)).isEqualTo("StopAsyncIteration");
            return null;
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_anext_tuple")
    void listMayBeYieldedInReplyToAThrow() {
        assertTwoThings(List.of(1), List.of(2), true);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_anext_stopiteration")
    void stopIterationMayBeYieldedInReplyToAThrow() {
        assertTwoThings(new StopIteration(1), new StopIteration(3), true);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_athrow_tuple")
    void listMayBeTheResultOfAthrow() {
        assertTwoThings(1, List.of(2), false);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_athrow_stopiteration")
    void stopIterationMayBeTheResultOfAthrow() {
        assertTwoThings(1, new StopIteration(2), false);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_aclose_06")
    void yieldAfterAnAwaitInTheCleanUpIsARuntimeError() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(1);
            } finally {
                pause(co);
                co.yield(12);
            }
        });
        assertThat(t(() -> asyncio(co -> {
                    co.await(generator.anext());
                    return co.await(generator.aclose());
                })))
                .isEqualTo("RuntimeError: async generator ignored GeneratorExit");
    }

    /** Awaits twice while it is closed, and counts. */
    private static AsyncGenerator<Object, Object> cleaningUp(AtomicInteger done, Coroutine.Body<Object> between) {
        return agen(co -> {
            try {
                co.yield(1);
                between.run(co);
                done.addAndGet(1000);
            } finally {
                pause(co);
                pause(co);
                done.addAndGet(1);
            }
            done.addAndGet(1000);
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_aclose_07")
    void acloseWaitsForTheCleanUp() {
        AtomicInteger done = new AtomicInteger();
        asyncio(co -> {
            AsyncGenerator<Object, Object> generator = cleaningUp(done, body -> {
                throw oops();
            });
            co.await(generator.anext());
            return co.await(generator.aclose());
        });
        assertThat(done).hasValue(1);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_aclose_08")
    void acloseDoesNotReachAnAwaitThatIsFurtherOn() {
        AtomicInteger done = new AtomicInteger();
        asyncio(co -> {
            Future<Object> future = Asyncio.getRunningLoop().createFuture();
            AsyncGenerator<Object, Object> generator = cleaningUp(done, body -> body.await(future));
            assertThat(co.await(generator.anext())).isEqualTo(1);
            co.await(generator.aclose());
            assertThat(future.cancel()).isTrue();
            return null;
        });
        assertThat(done).hasValue(1);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_aclose_10")
    void acloseOfABodyThatSwallowsTheExitAndEndsIsQuiet() {
        AtomicInteger done = new AtomicInteger();
        asyncio(co -> {
            AsyncGenerator<Object, Object> generator = swallowing(done);
            co.await(generator.asend(null));
            return co.await(generator.aclose());
        });
        assertThat(done).hasValue(1);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_aclose_11")
    void acloseOfABodyThatSwallowsTheExitAndYieldsIsARuntimeError() {
        AtomicInteger done = new AtomicInteger();
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(null);
            } catch (Throwable ignored) {
                // And on.
            }
            co.yield(null);
            done.addAndGet(1);
        });
        assertThat(t(() -> asyncio(co -> {
                    co.await(generator.asend(null));
                    return co.await(generator.aclose());
                })))
                .isEqualTo("RuntimeError: async generator ignored GeneratorExit");
        assertThat(done).hasValue(0);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_aclose_12")
    void cleanUpMayAwaitATaskThatFails() {
        AtomicInteger done = new AtomicInteger();
        asyncio(co -> {
            AsyncGenerator<Object, Object> generator = agen(g -> {
                Task<Object> task = Asyncio.createTask(Coroutine.of(target -> {
                    pause(target);
                    throw oops();
                }));
                try {
                    g.yield(1);
                } finally {
                    assertThat(t(() -> g.await(task))).isEqualTo("Oops");
                    done.incrementAndGet();
                }
            });
            co.await(generator.anext());
            return co.await(generator.aclose());
        });
        assertThat(done).hasValue(1);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_asend_01")
    void valuesSentArriveBetweenSleeps() {
        AtomicInteger done = new AtomicInteger();
        asyncio(co -> {
            AsyncGenerator<Object, Object> generator = agen(g -> {
                try {
                    pause(g);
                    Integer v = (Integer) g.yield(1);
                    pause(g);
                    g.yield(v * 2);
                    pause(g);
                } finally {
                    pause(g);
                    done.incrementAndGet();
                }
            });
            assertThat(co.await(generator.asend(null))).isEqualTo(1);
            assertThat(co.await(generator.asend(100))).isEqualTo(200);
            assertThat(t(() -> co.await(generator.asend(null)))).isEqualTo("StopAsyncIteration");
            return null;
        });
        assertThat(done).hasValue(1);
    }

    private static Throwable afterAsend(AtomicInteger done, Coroutine.Body<Object> fails) {
        return raised(() -> asyncio(co -> {
            AsyncGenerator<Object, Object> generator = cleaningUp(done, fails);
            assertThat(co.await(generator.asend(null))).isEqualTo(1);
            return co.await(generator.asend(100));
        }));
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_asend_02")
    void exceptionInAStepComesOutAfterTheCleanUp() {
        AtomicInteger done = new AtomicInteger();
        assertThat(afterAsend(done, co -> {
                    pause(co);
                    throw oops();
                }))
                .isInstanceOf(Oops.class);
        assertThat(done).hasValue(1);
    }

    /** Awaits a future that is cancelled meanwhile. */
    private static Object cancelled(Co co) {
        Future<?> future = Asyncio.ensureFuture(Asyncio.sleep(0.01));
        Asyncio.getRunningLoop().callLater(0.005, future::cancel);
        return co.await(future);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_asend_03")
    void cancelledErrorInAStepComesOutAfterTheCleanUp() {
        AtomicInteger done = new AtomicInteger();
        assertThat(afterAsend(done, AsyncGeneratorInLoopTest::cancelled)).isInstanceOf(CancelledError.class);
        assertThat(done).hasValue(1);
    }

    /** Goes on after Oops with what a body results in, and cleans up at its end. */
    private static AsyncGenerator<Object, Object> recovering(AtomicInteger done, Coroutine.Body<Integer> recovery) {
        return agen(co -> {
            try {
                pause(co);
                Integer v;
                try {
                    v = (Integer) co.yield(1);
                } catch (Throwable e) {
                    assertThat(e).isInstanceOf(Oops.class);
                    v = recovery.run(co);
                }
                co.yield(v * 2);
                pause(co);
            } finally {
                pause(co);
                done.incrementAndGet();
            }
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_athrow_01")
    void athrowThatIsCaughtGivesTheNextYield() {
        AtomicInteger done = new AtomicInteger();
        asyncio(co -> {
            AsyncGenerator<Object, Object> generator = recovering(done, g -> {
                pause(g);
                return 1000;
            });
            assertThat(co.await(generator.asend(null))).isEqualTo(1);
            assertThat(co.await(generator.athrow(oops()))).isEqualTo(2000);
            assertThat(t(() -> co.await(generator.asend(null)))).isEqualTo("StopAsyncIteration");
            return null;
        });
        assertThat(done).hasValue(1);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_athrow_02")
    void cancelledErrorInAnAthrowComesOutAfterTheCleanUp() {
        AtomicInteger done = new AtomicInteger();
        assertThat(raised(() -> asyncio(co -> {
                    AsyncGenerator<Object, Object> generator = recovering(done, g -> (Integer) cancelled(g));
                    assertThat(co.await(generator.asend(null))).isEqualTo(1);
                    try {
                        return co.await(generator.athrow(oops()));
                    } finally {
                        assertThat(done).hasValue(1);
                    }
                })))
                .isInstanceOf(CancelledError.class);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_athrow_03")
    void athrowThatIsSwallowedReachesTheEnd() {
        AtomicInteger done = new AtomicInteger();
        assertThat(told(co -> {
                    AsyncGenerator<Object, Object> generator = swallowing(done);
                    co.await(generator.asend(null));
                    return t(() -> co.await(generator.athrow(oops())));
                }))
                .isEqualTo("StopAsyncIteration");
        assertThat(done).hasValue(1);
    }

    private static AsyncGenerator<Object, Object> two() {
        return agen(co -> {
            co.yield(1);
            co.yield(2);
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_await_same_anext_coro_twice")
    void stepOfAnextCannotBeAwaitedTwice() {
        assertThat(told(co -> {
                    AsyncGenerator<Object, Object> it = two();
                    var step = it.anext();
                    co.await(step);
                    String again = t(() -> co.await(step));
                    co.await(it.aclose());
                    return again;
                }))
                .isEqualTo(REUSED_SEND);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_await_same_aclose_coro_twice")
    void stepOfAcloseCannotBeAwaitedTwice() {
        assertThat(told(co -> {
                    var step = two().aclose();
                    co.await(step);
                    return t(() -> co.await(step));
                }))
                .isEqualTo(REUSED_THROW);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_throw_same_aclose_coro_twice")
    void stepOfAcloseTakesAnExitOnce() {
        Step step = Step.of(two().aclose());
        assertThat(t(() -> step.raise(new GeneratorExit()))).isEqualTo("StopIteration");
        assertThat(t(() -> step.raise(new GeneratorExit()))).isEqualTo(REUSED_THROW);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_throw_custom_same_aclose_coro_twice")
    void stepOfAcloseTakesAnExceptionOnce() {
        Step step = Step.of(two().aclose());
        assertThat(t(() -> step.raise(oops()))).isEqualTo("Oops");
        assertThat(t(() -> step.raise(oops()))).isEqualTo(REUSED_THROW);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_throw_custom_same_athrow_coro_twice")
    void stepOfAthrowTakesAnExceptionOnce() {
        Step step = Step.of(two().athrow(oops()));
        assertThat(t(() -> step.raise(oops()))).isEqualTo("Oops");
        assertThat(t(() -> step.raise(oops()))).isEqualTo(REUSED_THROW);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_aclose_twice_with_different_coros")
    void aSecondAcloseIsQuiet() {
        asyncio(co -> {
            AsyncGenerator<Object, Object> it = two();
            co.await(it.aclose());
            return co.await(it.aclose());
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_aclose_after_exhaustion")
    void acloseAfterTheEndIsQuiet() {
        asyncio(co -> {
            AsyncGenerator<Object, Object> it = two();
            for (Object ignored : co.each(it)) {
                assertThat(ignored).isNotNull();
            }
            return co.await(it.aclose());
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_aclose_compatible_with_get_stack")
    void taskOfAnAcloseCanBeShown() {
        asyncio(co -> {
            AsyncGenerator<Object, Object> generator = two();
            Task<?> task = Asyncio.createTask(Coroutine.of("closes", closer -> closer.await(generator.aclose())));
            assertThat(Asyncio.allTasks()).contains(task);
            for (Task<?> each : Asyncio.allTasks()) {
                assertThat(each.toString()).startsWith("<Task pending");
            }
            return co.await(task);
        });
    }
}
