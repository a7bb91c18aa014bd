package io.corobridge;

import static io.corobridge.AsyncSupport.agen;
import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.fail;
import static io.corobridge.AsyncSupport.flags;
import static io.corobridge.AsyncSupport.hand;
import static io.corobridge.AsyncSupport.outcome;
import static io.corobridge.AsyncSupport.run;
import static io.corobridge.AsyncSupport.show;
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

/** {@code Coroutine.aclose()}: a close whose clean-up may await, innermost body first. */
class AwaitedCloseTest {
    private final List<Object> log = new ArrayList<>();

    /** A body that awaits {@code inner}, writes down what it sees, and awaits once more before it is left. */
    private Coroutine<Object> cleaning(String name, Awaitable<?> inner) {
        return coroutine(co -> {
            try {
                return co.await(inner);
            } catch (Throwable error) {
                log.add(name + " " + show(error));
                throw error;
            } finally {
                log.add(name + " " + show(co.await(y("clean " + name))));
            }
        });
    }

    private Coroutine<Object> plain(String name, Awaitable<?> inner) {
        return coroutine(co -> {
            try {
                return co.await(inner);
            } catch (Throwable error) {
                log.add(name + " " + show(error));
                throw error;
            } finally {
                log.add(name + " finally");
            }
        });
    }

    private static <R> Coroutine<R> suspended(Coroutine<R> coroutine) {
        assertThat(outcome(() -> coroutine.send(null))).isEqualTo("-> io");
        return coroutine;
    }

    @ParameterizedTest
    @EnumSource
    void cleanUpThatAwaitsIsDrivenToItsEndFromTheInnermostOutwards(Way way) {
        Coroutine<Object> inner = cleaning("inner", y("io"));
        Coroutine<Object> middle = cleaning("middle", inner);
        Coroutine<Object> outer = suspended(cleaning("outer", middle));
        Step close = way.of(outer.aclose());

        assertThat(close.next()).isEqualTo("-> clean inner");
        assertThat(inner.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(outer.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(outer.awaiting()).isSameAs(middle);
        assertThat(close.send("a")).isEqualTo("-> clean middle");
        assertThat(inner.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(close.send("b")).isEqualTo("-> clean outer");
        assertThat(middle.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(close.send("c")).isEqualTo("StopIteration");
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log)
                .containsExactly(
                        "inner GeneratorExit",
                        "inner a",
                        "middle GeneratorExit",
                        "middle b",
                        "outer GeneratorExit",
                        "outer c");
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnAwaitInTheCleanUpItDoesWhatCloseDoes(Way way) {
        Coroutine<Object> closed = suspended(plain("outer", plain("inner", y("io"))));
        closed.close();
        List<Object> expected = new ArrayList<>(log);
        log.clear();

        Coroutine<Object> awaited = suspended(plain("outer", plain("inner", y("io"))));
        assertThat(way.go(awaited.aclose())).isEqualTo("StopIteration");
        assertThat(awaited.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log)
                .isEqualTo(expected)
                .containsExactly("inner GeneratorExit", "inner finally", "outer GeneratorExit", "outer finally");
    }

    @ParameterizedTest
    @EnumSource
    void exceptionOfAnInnerCleanUpArrivesInTheOuterBody(Way way) {
        KeyError error = new KeyError("k");
        Coroutine<Object> inner = coroutine(co -> {
            try {
                return co.await(y("io"));
            } finally {
                co.await(y("flush"));
                fail(error);
            }
        });
        Coroutine<Object> outer = suspended(cleaning("outer", inner));
        Step close = way.of(outer.aclose());

        assertThat(close.next()).isEqualTo("-> flush");
        assertThat(close.next()).isEqualTo("-> clean outer");
        assertThat(close.next()).isEqualTo("KeyError: k");
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("outer KeyError: k", "outer None");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C22")
    void whatTheBodiesReturnInReplyIsDropped(Way way) {
        Coroutine<Object> inner = coroutine(co -> {
            try {
                return co.await(y("io"));
            } catch (GeneratorExit e) {
                return "inner " + co.await(y("flush"));
            }
        });
        Coroutine<Object> outer = suspended(coroutine(co -> {
            try {
                return "not reached " + co.await(inner);
            } catch (GeneratorExit e) {
                log.add("outer");
                return "outer";
            }
        }));
        Step close = way.of(outer.aclose());

        assertThat(close.next()).isEqualTo("-> flush");
        assertThat(close.send("v")).isEqualTo("StopIteration");
        assertThat(log).containsExactly("outer");
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource
    void coroutineThatHasNotStartedIsClosedUnentered(Way way) {
        Coroutine<Object> coroutine = plain("body", y("io"));
        assertThat(way.go(coroutine.aclose())).isEqualTo("StopIteration");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void coroutineThatHasEndedIsLeftAsItIs(Way way) {
        Coroutine<Object> coroutine = coroutine(co -> 1);
        outcome(() -> coroutine.send(null));
        assertThat(way.go(coroutine.aclose())).isEqualTo("StopIteration");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    void coroutineThatRunsRefuses() {
        List<Coroutine<Object>> self = new ArrayList<>();
        self.add(coroutine(co -> {
            log.add(hand(self.get(0).aclose()).next());
            try {
                co.await(self.get(0).aclose());
            } catch (ValueError e) {
                log.add(show(e));
            }
            return "end";
        }));
        assertThat(outcome(() -> self.get(0).send(null))).isEqualTo("StopIteration: end");
        assertThat(log)
                .containsExactly("ValueError: coroutine already executing", "ValueError: coroutine already executing");
    }

    @Test
    void secondAcloseWhileTheFirstAwaitsIsAPlainClose() {
        Coroutine<Object> coroutine = suspended(cleaning("body", y("io")));
        assertThat(hand(coroutine.aclose()).next()).isEqualTo("-> clean body");

        assertThat(hand(coroutine.aclose()).next()).isEqualTo("StopIteration");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("body GeneratorExit");
    }

    @Test
    void secondAcloseOfABodyThatAwaitsAgainIsARuntimeError() {
        Coroutine<Object> coroutine = suspended(cleaning("outer", cleaning("inner", cleaning("leaf", y("io")))));
        assertThat(hand(coroutine.aclose()).next()).isEqualTo("-> clean leaf");

        assertThat(hand(coroutine.aclose()).next()).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(outcome(() -> coroutine.send("v"))).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log)
                .containsExactly(
                        "leaf GeneratorExit",
                        "inner GeneratorExit",
                        "outer RuntimeError: coroutine ignored GeneratorExit",
                        "outer v");
    }

    @ParameterizedTest
    @EnumSource
    void givingUpTheAcloseIsAPlainClose(Way way) {
        Coroutine<Object> coroutine = suspended(cleaning("body", y("io")));
        Step close = way.of(coroutine.aclose());
        assertThat(close.next()).isEqualTo("-> clean body");

        assertThat(close.close()).isEqualTo("-> None");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("body GeneratorExit");
    }

    @ParameterizedTest
    @EnumSource
    void exceptionRaisedWhileTheCleanUpAwaitsArrivesThere(Way way) {
        Coroutine<Object> coroutine = suspended(cleaning("outer", cleaning("inner", y("io"))));
        Step close = way.of(coroutine.aclose());
        close.next();

        assertThat(close.raise(new KeyError("k"))).isEqualTo("-> clean outer");
        assertThat(close.send("v")).isEqualTo("KeyError: k");
        assertThat(log).containsExactly("inner GeneratorExit", "outer KeyError: k", "outer v");
    }

    @Test
    void closeOfAnAcloseThatWasNotBegunClosesTheCoroutine() {
        Coroutine<Object> coroutine = suspended(plain("body", y("io")));
        assertThat(hand(coroutine.aclose()).close()).isEqualTo("-> None");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("body GeneratorExit", "body finally");
    }

    @Test
    @Tag("A01")
    void valueGivenToTheFirstSendIsATypeErrorAndTheAcloseCanStillBeUsed() {
        Coroutine<Object> coroutine = suspended(plain("body", y("io")));
        Step close = hand(coroutine.aclose());
        assertThat(close.send("v")).isEqualTo("TypeError: can't send non-None value to a just-started coroutine");
        assertThat(log).isEmpty();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(close.next()).isEqualTo("StopIteration");
        assertThat(log).containsExactly("body GeneratorExit", "body finally");
    }

    @Test
    @Tag("A12")
    void exceptionRaisedBeforeTheFirstStepComesBackAndDoesNotReachTheCoroutine() {
        Coroutine<Object> coroutine = suspended(plain("body", y("io")));
        Step close = hand(coroutine.aclose());
        assertThat(close.raise(new KeyError("k"))).isEqualTo("KeyError: k");
        assertThat(log).isEmpty();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(outcome(() -> coroutine.send("v"))).isEqualTo("StopIteration: v");
    }

    @ParameterizedTest
    @EnumSource
    void asyncGeneratorInTheMiddleIsClosedBetweenTheOtherTwo(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(co.await(cleaning("leaf", y("io"))));
            } finally {
                log.add("generator " + co.await(y("clean generator")));
            }
        });
        Coroutine<Object> outer = suspended(cleaning("outer", generator.anext()));
        Step close = way.of(outer.aclose());

        assertThat(close.next()).isEqualTo("-> clean leaf");
        assertThat(close.send("a")).isEqualTo("-> clean generator");
        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");
        assertThat(close.send("b")).isEqualTo("-> clean outer");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(close.send("c")).isEqualTo("StopIteration");
        assertThat(log)
                .containsExactly("leaf GeneratorExit", "leaf a", "generator b", "outer GeneratorExit", "outer c");
    }

    @Test
    void bodyMayCloseACoroutineThatItSteppedByHand() {
        Coroutine<Object> other = suspended(cleaning("other", y("io")));
        Coroutine<Object> closes = coroutine(co -> {
            co.await(other.aclose());
            return other.state();
        });
        assertThat(outcome(() -> closes.send(null))).isEqualTo("-> clean other");
        assertThat(outcome(() -> closes.send("v"))).isEqualTo("StopIteration: CLOSED");
        assertThat(run(co -> co.await(other.aclose()))).isEqualTo("StopIteration");
        assertThat(log).containsExactly("other GeneratorExit", "other v");
    }
}
