package io.corobridge;

import static io.corobridge.AsyncSupport.agen;
import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.fail;
import static io.corobridge.AsyncSupport.flags;
import static io.corobridge.AsyncSupport.hand;
import static io.corobridge.AsyncSupport.outcome;
import static io.corobridge.AsyncSupport.run;
import static io.corobridge.AsyncSupport.y;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncSupport.KeyError;
import io.corobridge.AsyncSupport.Step;
import io.corobridge.AsyncSupport.Way;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an async generator delivers, raises and reports (table D): values, ends, PEP 479, athrow and states. */
class AsyncGeneratorRulesTest {
    private final List<Object> log = new ArrayList<>();
    private AsyncGenerator<Object, Object> self;

    private static AsyncGenerator<Object, Object> one() {
        return agen(co -> co.yield(1));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D01")
    void valueSentToAnAsyncGeneratorThatHasNotStartedIsATypeErrorAndItStaysUnstarted(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(co.yield(1)));
        String expected = "TypeError: can't send non-None value to a just-started async generator";

        Awaitable<Object> step = generator.asend("x");
        assertThat(way.go(step)).isEqualTo(expected);
        assertThat(flags(generator)).isEqualTo("CREATED");
        assertThat(way.go(step)).isEqualTo("RuntimeError: cannot reuse already awaited __anext__()/asend()");
        assertThat(hand(generator.anext()).send(5)).isEqualTo(expected);
        assertThat(way.go(generator.anext())).isEqualTo("StopIteration: 1");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D02")
    void valueYieldedEndsTheStepAndTheEndIsStopAsyncIterationEveryTime(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield("got " + co.yield(1)));

        assertThat(way.go(generator.asend(null))).isEqualTo("StopIteration: 1");
        assertThat(way.go(generator.asend("hi"))).isEqualTo("StopIteration: got hi");
        assertThat(way.of(generator.asend(null)).raised())
                .isExactlyInstanceOf(StopAsyncIteration.class)
                .hasMessage(null)
                .hasNoCause();
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(way.go(generator.asend("any"))).isEqualTo("StopAsyncIteration");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D06")
    @Tag("T23")
    void stopSignalThatEscapesTheBodyBecomesARuntimeErrorThatIsCausedByIt(Way way) {
        StopIteration stop = new StopIteration("s");
        for (RuntimeException escaping : List.of(stop, new StopAsyncIteration("sa"))) {
            AsyncGenerator<Object, Object> generator = agen(co -> {
                co.yield(1);
                fail(escaping);
            });
            way.go(generator.anext());
            String type = escaping == stop ? "StopIteration" : "StopAsyncIteration";

            assertThat(way.of(generator.anext()).raised())
                    .isExactlyInstanceOf(RuntimeError.class)
                    .hasMessage("async generator raised " + type)
                    .cause()
                    .isSameAs(escaping);
            assertThat(flags(generator)).isEqualTo("CLOSED");
            assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D13")
    void athrowBeforeTheStartRaisesAndClosesWithoutEnteringTheBody(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                log.add("entered");
                co.yield(1);
            } finally {
                log.add("finally");
            }
        });
        KeyError error = new KeyError("v");

        assertThat(way.of(generator.athrow(error)).raised()).isSameAs(error);
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D13")
    void athrowOfAnExitThatNobodyCatchesRaisesThatExit(Way way) {
        AsyncGenerator<Object, Object> generator = one();
        way.go(generator.anext());
        GeneratorExit exit = new GeneratorExit("g");

        assertThat(way.of(generator.athrow(exit)).raised()).isSameAs(exit);
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D14")
    void athrowThatIsCaughtEndsInTheNextYieldOrInTheEnd(Way way) {
        AsyncGenerator.Body<Object, Object> body = co -> {
            try {
                co.yield(1);
            } catch (ValueError e) {
                co.yield("caught " + e.getMessage());
            } catch (KeyError e) {
                return;
            }
        };
        AsyncGenerator<Object, Object> yields = agen(body);
        way.go(yields.anext());
        assertThat(way.go(yields.athrow(new ValueError("v")))).isEqualTo("StopIteration: caught v");
        assertThat(flags(yields)).isEqualTo("SUSPENDED suspended");

        AsyncGenerator<Object, Object> returns = agen(body);
        way.go(returns.anext());
        assertThat(way.go(returns.athrow(new KeyError("v")))).isEqualTo("StopAsyncIteration");
        assertThat(flags(returns)).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D14")
    void athrowOfACheckedExceptionReachesTheBodyAsThatInstance(Way way) {
        Exception checked = new AsyncSupport.Checked("c");
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(1);
            } catch (Throwable e) {
                log.add(e == checked);
                throw e;
            }
        });
        way.go(generator.anext());

        assertThat(way.of(generator.athrow(checked)).raised()).isSameAs(checked);
        assertThat(log).containsExactly(true);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D15")
    @Tag("T03")
    void athrowAndAcloseOfAnExhaustedGeneratorResultInNothing(Way way) {
        AsyncGenerator<Object, Object> generator = one();
        way.go(generator.anext());
        way.go(generator.anext());

        assertThat(way.go(generator.athrow(new KeyError("lost")))).isEqualTo("StopIteration");
        assertThat(way.go(generator.aclose())).isEqualTo("StopIteration");
        assertThat(way.go(generator.asend(null))).isEqualTo("StopAsyncIteration");
        assertThat(hand(generator.asend(null)).raise(new KeyError("v"))).isEqualTo("KeyError: v");
        assertThat(hand(generator.athrow(new KeyError("o"))).raise(new KeyError("k")))
                .isEqualTo("KeyError: k");
        assertThat(hand(generator.aclose()).raise(new KeyError("k2"))).isEqualTo("KeyError: k2");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D16")
    void generatorIsExhaustedOnceAnExceptionHasEscaped(Way way) {
        ArithmeticException error = new ArithmeticException("division by zero");
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.yield(1);
            throw error;
        });
        way.go(generator.anext());

        assertThat(way.of(generator.anext()).raised()).isSameAs(error);
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(way.go(generator.athrow(new KeyError("lost")))).isEqualTo("StopIteration");
        assertThat(way.go(generator.aclose())).isEqualTo("StopIteration");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D21")
    @Tag("T14")
    void stateIsRunningWhileAStepIsSuspendedAtAnAwait(Way way) {
        Awaitable<Object> io = y("io");
        self = agen(co -> {
            co.await(io);
            log.add(flags(self));
            co.yield(1);
        });
        AsyncGenerator<Object, Object> generator = self;
        assertThat(flags(generator)).isEqualTo("CREATED");
        assertThat(generator.awaiting()).isNull();

        Step step = way.of(generator.asend(null));
        assertThat(flags(generator)).isEqualTo("CREATED");

        assertThat(step.next()).isEqualTo("-> io");
        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");
        assertThat(generator.awaiting()).isNotNull();

        assertThat(step.next()).isEqualTo("StopIteration: 1");
        assertThat(log).containsExactly("RUNNING running");
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
        assertThat(generator.awaiting()).isNull();

        way.go(generator.anext());
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(generator.awaiting()).isNull();
    }

    @Test
    @Tag("D21")
    void awaitingIsTheCoroutineThatTheBodyAwaits() {
        Coroutine<Object> inner = coroutine(co -> co.await(y("io")));
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(co.await(inner)));
        Step step = hand(generator.anext());
        step.next();

        assertThat(generator.awaiting()).isSameAs(inner);
        assertThat(inner.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(step.send("v")).isEqualTo("StopIteration: v");
        assertThat(inner.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    @Tag("D22")
    void asyncGeneratorIsItsOwnIteratorAndAStepIsItsOwnAwaitIterator() {
        AsyncGenerator<Object, Object> generator = one();

        assertThat(generator.aiter()).isSameAs(generator);
        for (Awaitable<?> step :
                List.of(generator.asend(null), generator.athrow(new KeyError("k")), generator.aclose())) {
            assertThat(step.awaitIterator())
                    .isSameAs(step)
                    .isInstanceOf(AwaitIterator.Sends.class)
                    .isInstanceOf(AwaitIterator.Raises.class)
                    .isInstanceOf(AutoCloseable.class);
        }
        assertThat(generator).isNotInstanceOf(Awaitable.class).isNotInstanceOf(Iterable.class);
        assertThat(generator.name()).isEqualTo("async_generator");
        assertThat(AsyncGenerator.of("feed", co -> {}).toString())
                .matches("<async_generator object feed at 0x[0-9a-f]+>");
    }

    @Test
    @Tag("D27")
    void athrowOfNullIsATypeErrorToTheCaller() {
        AsyncGenerator<Object, Object> generator = one();

        assertThat(outcome(() -> generator.athrow(null)))
                .isEqualTo(
                        "TypeError: exceptions must be classes or instances deriving from BaseException, not NoneType");
        assertThat(hand(generator.anext()).raise(null))
                .isEqualTo(
                        "TypeError: exceptions must be classes or instances deriving from BaseException, not NoneType");
        assertThat(flags(generator)).isEqualTo("CREATED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D31")
    void exitThatTheBodyRaisesByItselfIsRaisedByTheStep(Way way) {
        GeneratorExit exit = new GeneratorExit("g");
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.yield(1);
            fail(exit);
        });
        way.go(generator.anext());

        assertThat(way.of(generator.anext()).raised()).isSameAs(exit);
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(way.go(generator.aclose())).isEqualTo("StopIteration");
        assertThat(way.go(generator.athrow(new KeyError("k")))).isEqualTo("StopIteration");
    }

    @Test
    @Tag("D32")
    void awaitableThatIsYieldedIsNotAwaited() {
        Coroutine<Object> element = coroutine(co -> 1);
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(element));
        Coroutine<Object> asks = coroutine(co -> co.await(generator.anext()) == element);

        assertThat(outcome(() -> asks.send(null))).isEqualTo("StopIteration: true");
        assertThat(element.state()).isEqualTo(CoroutineState.CREATED);
        element.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D33")
    void stopSignalThatAthrowRaisesAtAYieldBecomesARuntimeError(Way way) {
        for (RuntimeException stop : List.of(new StopIteration("s"), new StopAsyncIteration("s"))) {
            AsyncGenerator<Object, Object> generator = one();
            way.go(generator.anext());

            assertThat(way.of(generator.athrow(stop)).raised())
                    .isExactlyInstanceOf(RuntimeError.class)
                    .hasMessage("async generator raised " + stop.getClass().getSimpleName())
                    .cause()
                    .isSameAs(stop);
            assertThat(flags(generator)).isEqualTo("CLOSED");
        }
    }

    @Test
    @Tag("D33")
    @Tag("T02")
    void stopSignalThatAthrowRaisesBeforeTheStartIsRaisedAsItIs() {
        StopIteration stop = new StopIteration("s");
        assertThat(hand(one().athrow(stop)).raised()).isSameAs(stop);
        StopAsyncIteration end = new StopAsyncIteration("sa");
        assertThat(hand(one().athrow(end)).raised()).isSameAs(end);
        assertThat(Way.AWAITED.of(one().athrow(end)).raised()).isSameAs(end);
    }

    @Test
    @Tag("D33")
    void awaitOfAStepThatRaisesStopIterationResultsInItsValue() {
        assertThat(run(co -> "was " + co.await(one().athrow(new StopIteration("s")))))
                .isEqualTo("StopIteration: was s");
    }
}
