package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.agen;
import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.nop;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.run;
import static io.corobridge.cpython.Cases.sent;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static io.corobridge.cpython.Cases.yields;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.AsyncIterables;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Own;
import io.corobridge.cpython.Cases.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_asyncgen.AsyncGenTest. */
class AsyncGeneratorTest {
    private static final String REUSED_SEND = "RuntimeError: cannot reuse already awaited __anext__()/asend()";
    private static final String REUSED_THROW = "RuntimeError: cannot reuse already awaited aclose()/athrow()";

    private static Object listed(AsyncGenerator<Object, Object> generator) {
        return run(AsyncIterables.toList(generator)).result();
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_iteration_01")
    void yieldsAndAwaitsInTurn() {
        assertThat(listed(agen(co -> {
                    co.await(nop());
                    assertThat(co.yield(123)).isNull();
                    co.await(nop());
                    co.yield(456);
                    co.await(nop());
                    co.yield(789);
                })))
                .isEqualTo(List.of(123, 456, 789));
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_iteration_02")
    void stepYieldsWhatIsAwaitedAndEndsWithWhatIsYielded() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.await(yields("result"));
            co.yield(123);
            co.await(yields("result"));
        });
        Step first = Step.of(generator.aiter().anext());
        assertThat(t(() -> first.iterator().next())).isEqualTo("-> result");
        assertThat(t(() -> first.iterator().next())).isEqualTo("StopIteration: 123");
        Step second = Step.of(generator.anext());
        assertThat(t(() -> second.iterator().next())).isEqualTo("-> result");
        assertThat(t(() -> second.iterator().next())).isEqualTo("StopAsyncIteration");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_03")
    void exceptionOfAnAwaitEndsTheIteration() {
        Oops oops = oops();
        assertThat(raised(() -> listed(agen(co -> {
                    co.await(nop());
                    co.yield(123);
                    co.await(() -> {
                        throw Cases.<RuntimeException>sneaky(oops);
                    });
                    co.yield(456);
                }))))
                .isSameAs(oops);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_04")
    void exceptionOfTheBodyIsRaisedByTheStep() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.await(yields("result"));
            co.yield(123);
            throw oops();
        });
        Step first = Step.of(generator.anext());
        first.send(null);
        assertThat(t(() -> first.send(null))).isEqualTo("StopIteration: 123");
        assertThat(sent(generator.anext(), null)).isEqualTo("Oops");
    }

    private static String escaping(RuntimeException stop) {
        return t(() -> listed(agen(co -> {
            co.yield(123);
            throw stop;
        })));
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_05")
    void stopAsyncIterationThatEscapesBecomesARuntimeError() {
        assertThat(escaping(new StopAsyncIteration()))
                .isEqualTo("RuntimeError: async generator raised StopAsyncIteration");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_06")
    void stopIterationThatEscapesBecomesARuntimeError() {
        assertThat(escaping(new StopIteration())).isEqualTo("RuntimeError: async generator raised StopIteration");
    }

    /** What a generator yields, and what ends it. */
    private static List<String> outcomes(Generator<Object, Object, Object> generator) {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            outcomes.add(t(generator::next));
        }
        return outcomes;
    }

    private static List<String> outcomes(AsyncGenerator<Object, Object> generator) {
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String outcome = t(() ->
                    "-> " + Cases.show(run(co -> co.await(generator.anext())).result()));
            outcomes.add(
                    outcome.startsWith("-> -> ")
                            ? outcome.substring(3)
                            : outcome.replace("StopAsyncIteration", "StopIteration"));
        }
        return outcomes;
    }

    @SuppressWarnings("finally")
    private static Object fails(boolean fails) throws Oops {
        if (fails) {
            throw oops();
        }
        return null;
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_07")
    void yieldsInAFinallyComeBeforeTheExceptionAsInAGenerator() {
        assertThat(outcomes(agen(co -> {
                    try {
                        co.yield(1);
                        fails(true);
                    } finally {
                        co.yield(2);
                        co.yield(3);
                    }
                    co.yield(100);
                })))
                .isEqualTo(outcomes(generator(co -> {
                    try {
                        co.yield(1);
                        fails(true);
                    } finally {
                        co.yield(2);
                        co.yield(3);
                    }
                    return co.yield(100);
                })))
                .startsWith("-> 1", "-> 2", "-> 3", "Oops", "StopIteration");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_08")
    void exceptionInAFinallyEndsItAsInAGenerator() {
        assertThat(outcomes(agen(co -> {
                    try {
                        co.yield(1);
                        co.await(nop());
                    } finally {
                        co.await(nop());
                        co.yield(2);
                        fails(true);
                        co.yield(3);
                    }
                    co.yield(100);
                })))
                .isEqualTo(outcomes(generator(co -> {
                    try {
                        co.yield(1);
                    } finally {
                        co.yield(2);
                        fails(true);
                        co.yield(3);
                    }
                    return co.yield(100);
                })))
                .startsWith("-> 1", "-> 2", "Oops", "StopIteration");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_09")
    void awaitsAmongYieldsInAFinallyChangeNothing() {
        assertThat(outcomes(agen(co -> {
                    try {
                        co.await(nop());
                        co.yield(1);
                        fails(true);
                    } finally {
                        co.yield(2);
                        co.await(nop());
                        co.yield(3);
                    }
                    co.yield(100);
                })))
                .startsWith("-> 1", "-> 2", "-> 3", "Oops", "StopIteration");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_10")
    void valueSentToANewOneIsATypeError() {
        assertThat(sent(agen(co -> co.yield(123)).anext(), 100))
                .isEqualTo("TypeError: can't send non-None value to a just-started async generator");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_11")
    void exitThrownIntoAnInnerGeneratorComesBackAsInAGenerator() {
        assertThat(outcomes(agen(co -> {
                    co.yield(1);
                    AsyncGenerator<Object, Object> inner = agen(g -> {
                        g.yield(10);
                        g.yield(20);
                    });
                    co.await(inner.asend(null));
                    try {
                        co.await(inner.athrow(new GeneratorExit()));
                    } catch (GeneratorExit exit) {
                        co.yield(2);
                    }
                    co.yield(3);
                })))
                .isEqualTo(outcomes(generator(co -> {
                    co.yield(1);
                    Generator<Object, Object, Object> inner = generator(g -> {
                        g.yield(10);
                        return g.yield(20);
                    });
                    inner.next();
                    try {
                        inner.raise(new GeneratorExit());
                    } catch (GeneratorExit exit) {
                        co.yield(2);
                    }
                    co.yield(3);
                    return null;
                })))
                .startsWith("-> 1", "-> 2", "-> 3", "StopIteration");
    }

    /** Without the warning for the inner step, which is never reported when the step was refused. */
    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_exception_12")
    void bodyThatStepsItsOwnGeneratorIsRefused() {
        Own<AsyncGenerator<Object, Object>> me = new Own<>();
        me.is(agen(co -> {
            co.await(AsyncIterables.anext(me.get()));
            co.yield(123);
        }));
        Step step = Step.of(me.get().anext());
        assertThat(t(() -> step.iterator().next()))
                .isEqualTo("RuntimeError: anext(): asynchronous generator is already running");
        assertThat(t(() -> step.send(null))).isEqualTo(REUSED_SEND);
    }

    /** Awaits for ever, whatever is thrown. */
    private static AsyncGenerator<Object, Object> stubborn() {
        return agen(co -> {
            while (true) {
                try {
                    co.await(nop(), Oops.class);
                } catch (Oops ignored) {
                    // And again.
                }
            }
        });
    }

    /** The same after a yield. */
    private static AsyncGenerator<Object, Object> stubbornAfterAYield() {
        return agen(co -> {
            try {
                co.yield(null);
            } catch (Throwable e) {
                assertThat(e).isInstanceOf(Oops.class);
            }
            while (true) {
                try {
                    co.await(nop(), Oops.class);
                } catch (Oops ignored) {
                    // And again.
                }
            }
        });
    }

    private static void assertRefused(Awaitable<?> second, String words, String reused) {
        Step step = Step.of(second);
        assertThat(t(() -> step.raise(oops())))
                .isEqualTo("RuntimeError: " + words + "(): asynchronous generator is already running");
        assertThat(t(() -> step.send(null))).isEqualTo(reused);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_asend_throw_concurrent_with_send")
    void throwIntoAnAsendIsRefusedWhileAnAsendIsInFlight() {
        AsyncGenerator<Object, Object> generator = stubborn();
        Step.of(generator.asend(null)).send(null);
        assertRefused(generator.asend(null), "anext", REUSED_SEND);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_athrow_throw_concurrent_with_send")
    void throwIntoAnAthrowIsRefusedWhileAnAsendIsInFlight() {
        AsyncGenerator<Object, Object> generator = stubborn();
        Step.of(generator.asend(null)).send(null);
        assertRefused(generator.athrow(oops()), "athrow", REUSED_THROW);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_asend_throw_concurrent_with_throw")
    void throwIntoAnAsendIsRefusedWhileAnAthrowIsInFlight() throws Exception {
        AsyncGenerator<Object, Object> generator = stubbornAfterAYield();
        sent(generator.asend(null), null);
        Step.of(generator.athrow(oops())).raise(oops());
        assertRefused(generator.asend(1), "anext", REUSED_SEND);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_athrow_throw_concurrent_with_throw")
    void throwIntoAnAthrowIsRefusedWhileAnAthrowIsInFlight() throws Exception {
        AsyncGenerator<Object, Object> generator = stubbornAfterAYield();
        sent(generator.asend(null), null);
        Step.of(generator.athrow(oops())).raise(oops());
        assertRefused(generator.athrow(oops()), "athrow", REUSED_THROW);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_api_01")
    void namesFrameAndFlagsOfANewOne() throws Exception {
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(123));
        assertThat(generator.name()).isEqualTo("gen");
        assertThat(generator.qualifiedName()).isEqualTo("AsyncGeneratorTest.gen");
        assertThat(generator.awaiting()).isNull();
        assertThat(generator.frame()).isNotNull();
        assertThat(generator.isRunning()).isFalse();
        assertThat(generator.code()).isNotNull();
        Step.of(generator.aclose()).close();
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_asend_close_runtime_error")
    void awaitInReplyToTheCloseOfAnAsendIsARuntimeError() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.await(nop());
            } catch (GeneratorExit exit) {
                co.await(nop());
            }
        });
        Step step = Step.of(generator.asend(null));
        step.send(null);
        assertThat(tried(step::close)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenTest.test_async_gen_athrow_close_runtime_error")
    void awaitInReplyToTheCloseOfAnAthrowIsARuntimeError() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(null);
            } catch (Throwable e) {
                assertThat(e).isInstanceOf(Oops.class);
                try {
                    co.await(nop());
                } catch (GeneratorExit exit) {
                    co.await(nop());
                }
            }
        });
        sent(generator.asend(null), null);
        Step step = Step.of(generator.athrow(oops()));
        step.send(null);
        assertThat(tried(step::close)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_aiter_idempotent")
    void asyncGeneratorIsItsOwnIterator() {
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(1));
        AsyncIterator<Object> once = AsyncIterables.aiter(generator);
        assertThat(AsyncIterables.aiter(once)).isSameAs(once);
    }
}
