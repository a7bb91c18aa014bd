package io.corobridge;

import static io.corobridge.AsyncSupport.agen;
import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.fail;
import static io.corobridge.AsyncSupport.flags;
import static io.corobridge.AsyncSupport.hand;
import static io.corobridge.AsyncSupport.outcome;
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

/** Closing an async generator (table D): aclose, close of its steps, clean-up that awaits, bodies that yield in reply. */
class AsyncGeneratorCloseRulesTest {
    private static final String IGNORED = "RuntimeError: async generator ignored GeneratorExit";

    private final List<Object> log = new ArrayList<>();

    private AsyncGenerator<Object, Object> atFirstYield(AsyncGenerator.Body<Object, Object> body) {
        AsyncGenerator<Object, Object> generator = agen(body);
        assertThat(hand(generator.anext()).next()).startsWith("StopIteration");
        return generator;
    }

    private AsyncGenerator.Body<Object, Object> noticing() {
        return co -> {
            try {
                co.yield(1);
                log.add("resumed");
            } catch (Throwable error) {
                log.add(show(error));
                throw error;
            } finally {
                log.add("finally");
            }
            co.yield(2);
        };
    }

    @Test
    @Tag("D05")
    @Tag("T16")
    void closeOfAnUnstartedStepRaisesTheExitInTheGenerator() {
        AsyncGenerator<Object, Object> created = agen(noticing());
        Awaitable<Object> step = created.asend(null);
        assertThat(hand(step).close()).isEqualTo("-> None");
        assertThat(hand(step).next()).isEqualTo("RuntimeError: cannot reuse already awaited __anext__()/asend()");
        assertThat(flags(created)).isEqualTo("CLOSED");
        assertThat(log).isEmpty();

        AsyncGenerator<Object, Object> generator = atFirstYield(noticing());
        assertThat(hand(generator.asend(null)).close()).isEqualTo("-> None");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(hand(generator.anext()).next()).isEqualTo("StopAsyncIteration");
        assertThat(log).containsExactly("GeneratorExit", "finally");
    }

    @Test
    @Tag("D05")
    @Tag("D21")
    void closeOfAnUnstartedStepThatTheBodyAnswersWithAnAwaitLeavesTheStepInFlight() {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> {
            try {
                co.yield(1);
            } finally {
                co.await(y(2));
            }
        });
        Awaitable<Object> step = generator.asend(null);
        assertThat(hand(step).close()).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");
        assertThat(hand(generator.anext()).next())
                .isEqualTo("RuntimeError: anext(): asynchronous generator is already running");
        assertThat(hand(step).next()).isEqualTo("GeneratorExit");
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @Test
    @Tag("D05")
    void closeOfAnUnstartedAcloseOrAthrowRaisesTheExitInTheGenerator() {
        AsyncGenerator<Object, Object> generator = atFirstYield(noticing());
        Awaitable<?> close = generator.aclose();
        assertThat(hand(close).close()).isEqualTo("-> None");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(hand(close).next()).isEqualTo("RuntimeError: cannot reuse already awaited aclose()/athrow()");

        AsyncGenerator<Object, Object> another = atFirstYield(noticing());
        assertThat(hand(another.athrow(new ValueError("dropped"))).close()).isEqualTo("-> None");
        assertThat(flags(another)).isEqualTo("CLOSED");
        assertThat(log).containsExactly("GeneratorExit", "finally", "GeneratorExit", "finally");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D09")
    void acloseBeforeTheStartNeverEntersTheBody(Way way) {
        AsyncGenerator<Object, Object> generator = agen(noticing());

        assertThat(way.go(generator.aclose())).isEqualTo("StopIteration");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(way.go(generator.aclose())).isEqualTo("StopIteration");
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D10")
    void acloseDrivesTheAwaitsOfTheCleanUp(Way way) {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> {
            try {
                co.yield(1);
            } catch (Throwable error) {
                log.add(show(error));
                throw error;
            } finally {
                log.add(co.await(y("cleanup")));
                log.add("finally");
            }
        });
        Step close = way.of(generator.aclose());

        assertThat(close.next()).isEqualTo("-> cleanup");
        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");
        assertThat(log).containsExactly("GeneratorExit");
        assertThat(close.send("resumed")).isEqualTo("StopIteration");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(log).containsExactly("GeneratorExit", "resumed", "finally");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D11")
    @Tag("T18")
    void yieldInReplyToAcloseIsARuntimeErrorAndLeavesTheGeneratorSuspended(Way way) {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> {
            try {
                co.yield(1);
            } catch (GeneratorExit e) {
                co.yield(2);
            }
            co.yield(3);
        });

        assertThat(way.go(generator.aclose())).isEqualTo(IGNORED);
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
        assertThat(way.go(generator.aclose())).isEqualTo("StopAsyncIteration");
        assertThat(way.go(generator.athrow(new ValueError("v")))).isEqualTo("StopAsyncIteration");
        assertThat(way.go(generator.anext())).isEqualTo("StopIteration: 3");
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D12")
    void acloseResultsInNothingWhenTheBodyReturnsAndRaisesWhatTheBodyRaises(Way way) {
        AsyncGenerator<Object, Object> returns = atFirstYield(co -> {
            try {
                co.yield(1);
            } catch (GeneratorExit e) {
                return;
            }
        });
        assertThat(way.go(returns.aclose())).isEqualTo("StopIteration");
        assertThat(flags(returns)).isEqualTo("CLOSED");

        KeyError error = new KeyError("k");
        AsyncGenerator<Object, Object> raises = atFirstYield(co -> {
            try {
                co.yield(1);
            } finally {
                fail(error);
            }
        });
        assertThat(way.of(raises.aclose()).raised()).isSameAs(error);
        assertThat(flags(raises)).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D12")
    void stopAsyncIterationInReplyToAcloseIsConvertedAsAnywhereInTheBody(Way way) {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> {
            try {
                co.yield(1);
            } finally {
                fail(new StopAsyncIteration("sa"));
            }
        });

        assertThat(way.go(generator.aclose())).isEqualTo("RuntimeError: async generator raised StopAsyncIteration");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D19")
    void closeOfAStepInFlightRaisesTheExitAtTheAwait(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.await(y("io"));
            } finally {
                log.add("finally");
            }
            co.yield(1);
        });
        Step step = way.of(generator.anext());
        step.next();

        assertThat(step.close()).isEqualTo("-> None");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(log).containsExactly("finally");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D19")
    void closeOfAStepWhoseBodyAwaitsInReplyIsARuntimeErrorAndTheStepStaysInFlight(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.await(y("io"));
            } catch (GeneratorExit e) {
                co.await(y("again"));
                log.add("finally");
            }
            co.yield("late");
        });
        Awaitable<Object> step = generator.anext();
        Step driven = way.of(step);
        driven.next();

        assertThat(driven.close()).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");
        assertThat(log).isEmpty();
        assertThat(hand(step).next()).isEqualTo("StopIteration: late");
        assertThat(log).containsExactly("finally");
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D19")
    void valueYieldedInReplyToTheCloseOfAStepIsDropped(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.await(y("io"));
            } catch (GeneratorExit e) {
                log.add("swallowed");
            }
            co.yield("dropped");
        });
        Step step = way.of(generator.anext());
        step.next();

        assertThat(step.close()).isEqualTo("-> None");
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(log).containsExactly("swallowed");
    }

    @Test
    @Tag("D20")
    void exitThatIsRaisedOrClosedWhileTheCleanUpAwaitsClosesTheAwaitIterator() {
        AsyncGenerator.Body<Object, Object> body = co -> {
            try {
                co.yield(1);
            } finally {
                co.await(() -> new Recording(log));
            }
        };
        Step raised = hand(atFirstYield(body).aclose());
        assertThat(raised.next()).isEqualTo("-> io");
        assertThat(raised.raise(new GeneratorExit("g"))).isEqualTo("StopIteration");

        Step failed = hand(atFirstYield(body).aclose());
        failed.next();
        assertThat(failed.raise(new KeyError("k"))).isEqualTo("KeyError: k");

        Step closed = hand(atFirstYield(body).aclose());
        closed.next();
        assertThat(closed.close()).isEqualTo("-> None");
        assertThat(log).containsExactly("close", "raise KeyError: k", "close");
    }

    private static final class Recording implements AwaitIterator<Object>, AwaitIterator.Raises, AutoCloseable {
        private final List<Object> log;

        Recording(List<Object> log) {
            this.log = log;
        }

        @Override
        public Object next() {
            return "io";
        }

        @Override
        public Object raise(Throwable error) throws Exception {
            log.add("raise " + show(error));
            fail(error);
            return null;
        }

        @Override
        public void close() {
            log.add("close");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D28")
    void secondAcloseIsRefusedWhileTheFirstAwaitsAndAnExceptionRaisedInTheFirstEndsIt(Way way) {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> {
            try {
                co.yield(1);
            } finally {
                co.await(y("c1"));
                co.await(y("c2"));
            }
        });
        Step first = way.of(generator.aclose());
        assertThat(first.next()).isEqualTo("-> c1");
        assertThat(way.go(generator.aclose()))
                .isEqualTo("RuntimeError: aclose(): asynchronous generator is already running");
        assertThat(first.raise(new KeyError("k"))).isEqualTo("KeyError: k");
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @Test
    @Tag("D35")
    void closeOfAnUnstartedStepIsRefusedWhileAnotherIsInFlight() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.await(y("io"));
            co.yield(1);
        });
        Step first = hand(generator.anext());
        first.next();
        String busy = "(): asynchronous generator is already running";

        Step anext = hand(generator.anext());
        assertThat(anext.close()).isEqualTo("RuntimeError: anext" + busy);
        assertThat(anext.close()).isEqualTo("-> None");
        Step athrow = hand(generator.athrow(new KeyError("k")));
        assertThat(athrow.close()).isEqualTo("RuntimeError: athrow" + busy);
        assertThat(athrow.close()).isEqualTo("-> None");
        Step aclose = hand(generator.aclose());
        assertThat(aclose.close()).isEqualTo("RuntimeError: aclose" + busy);
        assertThat(aclose.close()).isEqualTo("-> None");
        assertThat(first.next()).isEqualTo("StopIteration: 1");
    }

    @Test
    @Tag("D36")
    void closeOfAnUnstartedStepOfAFinishedGeneratorDoesNothing() {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> co.yield(1));
        hand(generator.anext()).next();

        assertThat(hand(generator.anext()).close()).isEqualTo("-> None");
        assertThat(hand(generator.athrow(new KeyError("k"))).close()).isEqualTo("-> None");
        assertThat(hand(generator.aclose()).close()).isEqualTo("-> None");
    }

    @Test
    void closeOfACoroutineThatAwaitsAStepRunsEveryFinallyFromTheInnermostOutwards() {
        Coroutine<Object> leaf = leaving("leaf", co -> co.await(y("io")));
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(co.await(leaf));
            } finally {
                log.add("generator");
            }
        });
        Coroutine<Object> outer = leaving("outer", co -> co.await(generator.anext()));
        assertThat(outcome(() -> outer.send(null))).isEqualTo("-> io");
        assertThat(outer.awaiting()).isInstanceOf(Awaitable.class);
        assertThat(generator.awaiting()).isSameAs(leaf);

        outer.close();

        assertThat(log).containsExactly("leaf", "generator", "outer");
        assertThat(leaf.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @Test
    void closeOfACoroutineWhoseStepAwaitsInFinallyIsAnErrorInTheCoroutine() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.await(y("io"));
            } finally {
                log.add(show(co.await(y("cleanup"))));
            }
            co.yield(1);
        });
        Awaitable<Object> step = generator.anext();
        Coroutine<Object> outer = coroutine(co -> {
            try {
                return co.await(step);
            } catch (RuntimeError e) {
                log.add(show(e));
                throw e;
            }
        });
        assertThat(outcome(() -> outer.send(null))).isEqualTo("-> io");
        assertThat(outcome(() -> {
                    outer.close();
                    return null;
                }))
                .isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");

        assertThat(hand(step).send("late")).isEqualTo("GeneratorExit");
        assertThat(log).containsExactly("RuntimeError: coroutine ignored GeneratorExit", "late");
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @Test
    void closeDuringAnAwaitedAcloseThatTheGeneratorAnswersWithAYieldReachesTheAwaiterAsAnError() {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> {
            try {
                co.yield(1);
            } catch (GeneratorExit e) {
                try {
                    co.await(y("cleanup"));
                } catch (GeneratorExit again) {
                    co.yield("in reply");
                }
            }
        });
        Coroutine<Object> outer = coroutine(co -> co.await(generator.aclose()));
        assertThat(outcome(() -> outer.send(null))).isEqualTo("-> cleanup");

        assertThat(outcome(() -> {
                    outer.close();
                    return null;
                }))
                .isEqualTo(IGNORED);
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
    }

    private Coroutine<Object> leaving(String name, Coroutine.Body<Object> body) {
        return coroutine(co -> {
            try {
                return body.run(co);
            } finally {
                log.add(name);
            }
        });
    }
}
