package io.corobridge;

import static io.corobridge.ProtocolSupport.returned;
import static io.corobridge.ProtocolSupport.show;
import static io.corobridge.ProtocolSupport.t;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.ProtocolSupport.Own;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks what next, send, raise and close do to one generator in each of its states: table B of the rules. */
class GeneratorRulesTest {
    private final List<String> log = new ArrayList<>();

    private static Generator<Object, Object, Object> yielding(Object value) {
        return Generator.of(co -> co.yield(value));
    }

    /** Started, it replies to a close by returning {@code value}. */
    private static Generator<Object, Object, Object> replying(Object value) {
        return Generator.of(co -> {
            try {
                return co.yield(null);
            } catch (GeneratorExit e) {
                return value;
            }
        });
    }

    @Test
    @Tag("B01")
    void sendingAValueToANewGeneratorIsATypeErrorAndLeavesItNew() {
        Generator<Object, Object, Object> g = yielding(1);

        assertThat(t(() -> g.send(0))).isEqualTo("TypeError: can't send non-None value to a just-started generator");
        assertThat(g.state()).isEqualTo(GeneratorState.CREATED);
        assertThat(t(g::next)).isEqualTo("-> 1");
    }

    @Test
    @Tag("B01")
    void sendingNullIsNext() {
        Generator<Object, Object, Object> g = yielding(1);

        assertThat(t(() -> g.send(null))).isEqualTo("-> 1");
        assertThat(t(() -> g.send(null))).isEqualTo("StopIteration");
    }

    @Test
    @Tag("B02")
    @Tag("T30")
    void theReturnValueComesOnceAndLaterStepsStopWithoutOne() throws Throwable {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            co.yield(1);
            return "v";
        });
        g.next();

        assertThat(returned(g::next)).isEqualTo("v");
        assertThat(returned(g::next)).isNull();
        assertThat(returned(() -> g.send("x"))).isNull();
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("B03")
    @Tag("T03")
    void whatIsRaisedInAFinishedGeneratorComesBackAsItIs() {
        Generator<Object, Object, Object> g = yielding(1);
        g.forEach(value -> {});

        for (Throwable error :
                List.of(new IOException("v"), new StopIteration(4), new GeneratorExit(), new AssertionError("e"))) {
            assertThat(catchThrowable(() -> g.raise(error))).isSameAs(error).hasNoSuppressedExceptions();
        }
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("B04")
    @Tag("T01")
    @Tag("T02")
    void raisingInANewGeneratorEndsItWithoutEnteringTheBody() {
        for (Throwable error : List.of(new IOException("v"), new StopIteration("s"), new GeneratorExit("g"))) {
            Generator<Object, Object, Object> g = Generator.of(co -> {
                try {
                    log.add("ran");
                    return co.yield(1);
                } finally {
                    log.add("finally");
                }
            });
            assertThat(catchThrowable(() -> g.raise(error))).isSameAs(error).hasNoCause();
            assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
            assertThat(t(g::next)).isEqualTo("StopIteration");
        }
        assertThat(log).isEmpty();
    }

    @Test
    @Tag("B05")
    @Tag("T05")
    void closeAndReturnGivesWhatTheBodyReturnsInReplyOnce() {
        Generator<Object, Object, Object> exits = yielding(1);
        exits.next();
        assertThat(t(exits::closeAndReturn)).isEqualTo("-> None");
        assertThat(exits.state()).isEqualTo(GeneratorState.CLOSED);

        Generator<Object, Object, Object> replies = replying(0);
        replies.next();
        assertThat(t(replies::closeAndReturn)).isEqualTo("-> 0");
        assertThat(t(replies::closeAndReturn)).isEqualTo("-> None");
        assertThat(replies.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("B05")
    void closingANewOrFinishedGeneratorReturnsNull() {
        Generator<Object, Object, Object> fresh = replying(0);
        assertThat(t(fresh::closeAndReturn)).isEqualTo("-> None");
        assertThat(fresh.state()).isEqualTo(GeneratorState.CLOSED);

        Generator<Object, Object, Object> finished = replying(0);
        finished.next();
        t(finished::next);
        assertThat(t(finished::closeAndReturn)).isEqualTo("-> None");
    }

    @Test
    @Tag("B05")
    void tryWithResourcesClosesTheGenerator() {
        try (Generator<Integer, Object, Object> g = Generator.of(co -> {
            try {
                return co.yield(1);
            } finally {
                log.add("finally");
            }
        })) {
            log.add("got " + g.next());
        }
        assertThat(log).containsExactly("got 1", "finally");
    }

    @Test
    @Tag("B06")
    @Tag("T04")
    void aBodyThatYieldsOnCloseStaysSuspendedAndUsable() {
        Generator<Integer, Object, Void> g = Generator.ofVoid(co -> {
            try {
                co.yield(1);
            } catch (GeneratorExit e) {
                co.yield(2);
            }
            co.yield(3);
        });
        g.next();

        Throwable error = catchThrowable(g::close);
        assertThat(show(error)).isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(error).hasNoCause().hasNoSuppressedExceptions();
        assertThat(g.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(t(g::next)).isEqualTo("-> 3");
        assertThat(t(g::close)).isEqualTo("-> None");
    }

    @Test
    @Tag("B06")
    @Tag("T04")
    void aBodyThatAlwaysYieldsOnCloseCannotBeClosed() {
        Generator<String, Object, Void> g = Generator.ofVoid(co -> {
            for (int i = 0; i < 4; i++) {
                try {
                    co.yield("alive");
                } catch (GeneratorExit e) {
                    log.add("ignored");
                }
            }
        });
        g.next();

        assertThat(t(g::close)).isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(t(g::next)).isEqualTo("-> 'alive'");
        assertThat(t(g::close)).isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(t(g::close)).isEqualTo("-> None");
        assertThat(log).containsExactly("ignored", "ignored", "ignored");
    }

    @Test
    @Tag("B07")
    @Tag("T06")
    void raisingGeneratorExitIsNotAClose() {
        GeneratorExit exit = new GeneratorExit("g");
        Generator<Object, Object, Object> passes = yielding(1);
        passes.next();
        assertThat(catchThrowable(() -> passes.raise(exit))).isSameAs(exit);
        assertThat(passes.state()).isEqualTo(GeneratorState.CLOSED);

        Generator<Object, Object, Object> yields = Generator.of(co -> {
            try {
                return co.yield(1);
            } catch (GeneratorExit e) {
                assertThat(e).isSameAs(exit);
                return co.yield("again");
            }
        });
        yields.next();
        assertThat(t(() -> yields.raise(exit))).isEqualTo("-> 'again'");
        assertThat(yields.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(t(yields::close)).isEqualTo("-> None");

        Generator<Object, Object, Object> returns = replying("r");
        returns.next();
        assertThat(t(() -> returns.raise(exit))).isEqualTo("StopIteration: r");
        assertThat(returns.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("B08")
    void noStepCanBeTakenFromTheRunningBodyItself() {
        Own<Generator<Object, Object, Object>> own = new Own<>();
        Generator<Object, Object, Object> g = own.is(Generator.of(co -> {
            Generator<Object, Object, Object> me = own.get();
            log.add(t(me::next));
            log.add(t(() -> me.send("x")));
            log.add(t(() -> me.raise(new IOException("k"))));
            log.add(t(me::close));
            log.add(t(() -> me.iterator().hasNext()));
            assertThat(me.state()).isEqualTo(GeneratorState.RUNNING);
            assertThat(me.isRunning()).isTrue();
            assertThat(me.isSuspended()).isFalse();
            return co.yield("goes on");
        }));

        assertThat(t(g::next)).isEqualTo("-> 'goes on'");
        assertThat(log).hasSize(5).containsOnly("ValueError: generator already executing");
        assertThat(t(() -> g.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("B09")
    @Tag("T02")
    void aStopIterationThatEscapesTheBodyBecomesARuntimeErrorWithItAsCause() {
        StopIteration stop = new StopIteration("s");
        Generator<Object, Object, Object> g = Generator.of(co -> {
            co.yield(1);
            throw stop;
        });
        g.next();

        Throwable error = catchThrowable(g::next);
        assertThat(show(error)).isEqualTo("RuntimeError: generator raised StopIteration");
        assertThat(error.getCause()).isSameAs(stop);
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);

        Generator<Object, Object, Object> raised = yielding(1);
        raised.next();
        assertThat(catchThrowable(() -> raised.raise(stop)))
                .hasMessage("generator raised StopIteration")
                .cause()
                .isSameAs(stop);
    }

    @Test
    @Tag("B09")
    void aStopIterationThatIsCaughtIsAnExceptionLikeAnyOther() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                return co.yield(null);
            } catch (StopIteration e) {
                return "swallowed " + e.value();
            }
        });
        g.next();

        assertThat(t(() -> g.raise(new StopIteration(1)))).isEqualTo("StopIteration: swallowed 1");
    }

    @Test
    @Tag("B09")
    void anotherGeneratorsEndDoesNotEndTheBodyThatStepsIt() {
        Generator<Object, Object, Object> empty = Generator.of(co -> "end");
        Generator<Object, Object, Object> g = Generator.of(co -> co.yield(empty.next()));

        assertThat(catchThrowable(g::next))
                .hasMessage("generator raised StopIteration")
                .hasCauseInstanceOf(StopIteration.class);
    }

    @Test
    @Tag("B10")
    void theStateAndWhatIsYieldedFromCanBeSeen() {
        Own<Generator<Object, Object, Object>> own = new Own<>();
        Generator<Object, Object, Object> sub = Generator.of("sub", co -> {
            log.add("in sub " + look(own.get()));
            return co.yield(1);
        });
        Generator<Object, Object, Object> g = own.is(Generator.of(co -> {
            co.yieldFrom(sub);
            co.yieldFrom(List.of(7));
            return co.yield(2);
        }));

        log.add(look(g));
        g.next();
        log.add(look(g));
        assertThat(g.yieldingFrom()).isSameAs(sub);
        g.next();
        log.add(look(g));
        g.next();
        log.add(look(g));
        t(g::next);
        log.add(look(g));
        assertThat(log)
                .containsExactly(
                        "CREATED run=false susp=false from=None",
                        "in sub RUNNING run=true susp=false from=None",
                        "SUSPENDED run=false susp=true from=generator",
                        "SUSPENDED run=false susp=true from=iterator",
                        "SUSPENDED run=false susp=true from=None",
                        "CLOSED run=false susp=false from=None");
    }

    private static String look(Generator<?, ?, ?> g) {
        Object from = g.yieldingFrom();
        String shown = from == null ? "None" : from instanceof Generator ? "generator" : "iterator";
        return g.state() + " run=" + g.isRunning() + " susp=" + g.isSuspended() + " from=" + shown;
    }

    @Test
    @Tag("B13")
    void anExceptionRaisedWhereTheBodyHandlesItComesOutUnchanged() {
        IllegalStateException k = new IllegalStateException("k");
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                throw k;
            } catch (IllegalStateException e) {
                return co.yield(null);
            }
        });
        g.next();

        assertThat(catchThrowable(() -> g.raise(k))).isSameAs(k).hasNoCause().hasNoSuppressedExceptions();
    }

    @Test
    @Tag("B15")
    @Tag("A43")
    void raisingNullIsATypeErrorForTheCallerInEveryState() {
        String wrong = "TypeError: exceptions must be classes or instances deriving from BaseException, not NoneType";
        Own<Generator<Object, Object, Object>> own = new Own<>();
        Generator<Object, Object, Object> g = own.is(Generator.of(co -> {
            log.add(t(() -> own.get().raise(null)));
            return co.yield(1);
        }));

        assertThat(t(() -> g.raise(null))).isEqualTo(wrong);
        assertThat(g.state()).isEqualTo(GeneratorState.CREATED);
        g.next();
        assertThat(log).containsExactly(wrong);
        assertThat(t(() -> g.raise(null))).isEqualTo(wrong);
        assertThat(g.state()).isEqualTo(GeneratorState.SUSPENDED);
        g.close();
        assertThat(t(() -> g.raise(null))).isEqualTo(wrong);
    }

    @Test
    @Tag("B16")
    void whatTheBodyRaisesOnCloseReachesTheCloserUnlessItIsAGeneratorExit() {
        IOException k = new IOException("k");
        Generator<Object, Object, Object> raises = raisingOnClose(k);
        assertThat(catchThrowable(raises::close)).isSameAs(k).hasNoCause().hasNoSuppressedExceptions();
        assertThat(raises.state()).isEqualTo(GeneratorState.CLOSED);

        assertThat(t(raisingOnClose(new GeneratorExit("other"))::closeAndReturn))
                .isEqualTo("-> None");

        StopIteration stop = new StopIteration("s");
        assertThat(catchThrowable(raisingOnClose(stop)::close))
                .hasMessage("generator raised StopIteration")
                .cause()
                .isSameAs(stop);
    }

    private static Generator<Object, Object, Object> raisingOnClose(Throwable error) {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                return co.yield(null);
            } catch (GeneratorExit e) {
                throw ProtocolSupport.sneaky(error);
            }
        });
        g.next();
        return g;
    }

    @Test
    @Tag("B17")
    @Tag("A40")
    void aGeneratorHasANameAndShowsItselfAsInPython() {
        Generator<Object, Object, Object> named = Generator.of("g", co -> null);
        assertThat(named.name()).isEqualTo("g");
        assertThat(named.toString()).matches("<generator object g at 0x[0-9a-f]+>");
        assertThat(Generator.ofVoid("h", co -> {}).name()).isEqualTo("h");
        assertThat(Generator.ofVoid(co -> {}).name()).isEqualTo("generator");
        assertThat(named).isNotInstanceOf(Awaitable.class);
    }

    @Test
    void aGeneratorNeedsABodyAndAName() {
        Generator.Body<Object, Object, Object> none = null;
        Generator.VoidBody<Object, Object> noneVoid = null;
        assertThatNullPointerException().isThrownBy(() -> Generator.of(none)).withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> Generator.ofVoid(noneVoid))
                .withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> Generator.of(null, co -> 1))
                .withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> Generator.ofVoid(null, co -> {}))
                .withMessage("name");
    }

    @Test
    @Tag("B18")
    void aBodyThatReturnsInFinallySwallowsWhatIsRaised() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            Object result;
            try {
                result = co.yield(null);
            } catch (Throwable e) {
                result = "fin";
            }
            return result;
        });
        g.next();

        assertThat(t(() -> g.raise(new IOException("v")))).isEqualTo("StopIteration: fin");
    }

    @Test
    @Tag("B19")
    void aPrimedGeneratorStandsAtItsFirstYield() {
        Supplier<Generator<Double, Integer, Void>> averages = Generators.primed(() -> Generator.ofVoid(co -> {
            double total = 0;
            Double average = null;
            for (int n = 1; ; n++) {
                total += co.yield(average);
                average = total / n;
            }
        }));
        Generator<Double, Integer, Void> average = averages.get();

        assertThat(average.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(average.send(10)).isEqualTo(10.0);
        assertThat(average.send(20)).isEqualTo(15.0);
        assertThat(t(average::closeAndReturn)).isEqualTo("-> None");
        Generator<Double, Integer, Void> another = averages.get();
        assertThat(another).isNotSameAs(average);
        assertThat(another.send(1)).isEqualTo(1.0);
        another.close();
    }

    @Test
    @Tag("B19")
    void primingReturnsTheSameGeneratorOrRaisesItsEnd() {
        Generator<Object, Object, Object> g = yielding("dropped");
        assertThat(Generators.primed(g)).isSameAs(g);
        assertThat(t(() -> g.send("v"))).isEqualTo("StopIteration: v");

        Generator<Object, Object, Object> empty = Generator.of(co -> 1);
        assertThat(t(() -> Generators.primed(empty))).isEqualTo("StopIteration: 1");
        Supplier<Generator<Object, Object, Object>> function = Generators.primed(() -> Generator.of(co -> 2));
        assertThat(t(function::get)).isEqualTo("StopIteration: 2");
    }
}
