package io.corobridge;

import static io.corobridge.ProtocolSupport.returned;
import static io.corobridge.ProtocolSupport.show;
import static io.corobridge.ProtocolSupport.sneaky;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.ProtocolSupport.Own;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks what send, raise and close do to one coroutine in each of its states: table A of the rules. */
class CoroutineRulesTest {
    private static final String REUSED = "RuntimeError: cannot reuse already awaited coroutine";

    private final List<String> log = new ArrayList<>();

    @Test
    @Tag("A01")
    void sendingAValueToANewCoroutineIsATypeErrorAndLeavesItNew() {
        Coroutine<Integer> c = Coroutine.of(co -> 1);

        assertThat(t(() -> c.send("x"))).isEqualTo("TypeError: can't send non-None value to a just-started coroutine");
        assertThat(c.state()).isEqualTo(CoroutineState.CREATED);
        assertThat(t(() -> c.send(null))).isEqualTo("StopIteration: 1");
    }

    @Test
    @Tag("A02")
    void returningEndsInStopIterationWithTheSameValue() throws Throwable {
        StopIteration stop = new StopIteration(9);
        for (Object value : new Object[] {null, 5, List.of(1, 2), stop}) {
            Coroutine<Object> c = Coroutine.of(co -> value);
            assertThat(returned(() -> c.send(null))).isSameAs(value);
            assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        }
        assertThat(catchThrowable(() -> Coroutine.of(co -> null).send(null))).hasMessage(null);
        assertThat(t(() -> Coroutine.ofVoid(co -> log.add("ran")).send(null))).isEqualTo("StopIteration");
        assertThat(log).containsExactly("ran");
    }

    @Test
    @Tag("A03")
    @Tag("T03")
    void aCoroutineThatHasReturnedCannotBeUsedAgainButClosesQuietly() {
        Coroutine<Integer> c = Coroutine.of(co -> 1);
        t(() -> c.send(null));

        assertThat(t(() -> c.send(null))).isEqualTo(REUSED);
        assertThat(t(() -> c.send("v"))).isEqualTo(REUSED);
        Throwable error = catchThrowable(() -> c.raise(new IOException("lost")));
        assertThat(show(error)).isEqualTo(REUSED);
        assertThat(error).hasNoCause().hasNoSuppressedExceptions();
        assertThat(t(() -> c.raise(new StopIteration(1)))).isEqualTo(REUSED);
        assertThat(t(() -> c.raise(new GeneratorExit()))).isEqualTo(REUSED);
        assertThat(t(c::closeAndReturn)).isEqualTo("-> None");
    }

    @Test
    @Tag("A04")
    void aCoroutineThatHasRaisedOrWasClosedCannotBeUsedAgain() {
        Coroutine<Object> failed = Coroutine.of(co -> {
            throw new IOException("k");
        });
        assertThat(t(() -> failed.send(null))).isEqualTo("IOException: k");
        assertThat(t(() -> failed.send(null))).isEqualTo(REUSED);

        Coroutine<Integer> closed = Coroutine.of(co -> 1);
        closed.close();
        assertThat(t(() -> closed.send(null))).isEqualTo(REUSED);
        assertThat(t(() -> closed.raise(new IOException("lost")))).isEqualTo(REUSED);
    }

    @Test
    @Tag("A05")
    void closingANewCoroutineNeverEntersItsBody() {
        Coroutine<Void> c = Coroutine.ofVoid(co -> {
            try {
                log.add("ran");
            } finally {
                log.add("finally");
            }
        });

        assertThat(t(c::closeAndReturn)).isEqualTo("-> None");
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).isEmpty();
    }

    @Test
    @Tag("A06")
    void closingASuspendedCoroutineRaisesGeneratorExitAtTheAwait() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (Throwable e) {
                log.add("got " + show(e));
                assertThat(e).hasNoCause().hasNoSuppressedExceptions();
                throw e;
            } finally {
                log.add("finally");
            }
        });
        c.send(null);

        assertThat(t(c::closeAndReturn)).isEqualTo("-> None");
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("got GeneratorExit", "finally");
    }

    @Test
    @Tag("A06")
    void tryWithResourcesClosesTheCoroutine() {
        try (Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y("waits"));
            } finally {
                log.add("finally");
            }
        })) {
            log.add((String) c.send(null));
        }
        assertThat(log).containsExactly("waits", "finally");
    }

    @Test
    @Tag("A06")
    void catchExceptionInTheBodyDoesNotSwallowAClose() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (Exception e) {
                log.add("swallowed");
                return null;
            }
        });
        c.send(null);

        assertThat(t(c::closeAndReturn)).isEqualTo("-> None");
        assertThat(log).isEmpty();
    }

    @Test
    @Tag("A07")
    @Tag("T05")
    void closeAndReturnGivesWhatTheBodyReturnsInReplyOnce() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                return 42;
            }
        });
        c.send(null);

        assertThat(t(c::closeAndReturn)).isEqualTo("-> 42");
        assertThat(t(c::closeAndReturn)).isEqualTo("-> None");
    }

    @Test
    @Tag("A08")
    void noStepCanBeTakenFromTheRunningBodyItself() {
        Own<Coroutine<Object>> own = new Own<>();
        Coroutine<Object> c = own.is(Coroutine.of(co -> {
            Coroutine<Object> me = own.get();
            log.add(t(me::close));
            log.add(t(() -> me.send(null)));
            log.add(t(() -> me.send("x")));
            log.add(t(() -> me.raise(new IOException())));
            log.add(t(() -> me.raise(new GeneratorExit())));
            log.add(me.state().name());
            return co.await(y("goes on"));
        }));

        assertThat(t(() -> c.send(null))).isEqualTo("-> 'goes on'");
        assertThat(log.subList(0, 5)).containsOnly("ValueError: coroutine already executing");
        assertThat(log).hasSize(6).last().isEqualTo("RUNNING");
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("A09")
    @Tag("T04")
    void aBodyThatAwaitsOnCloseStaysSuspendedAndUsable() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                co.await(y(1));
            } catch (GeneratorExit e) {
                log.add("got " + co.await(y(2)));
            }
            return "end";
        });
        c.send(null);

        Throwable error = catchThrowable(c::close);
        assertThat(show(error)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(error).hasNoCause().hasNoSuppressedExceptions();
        assertThat(c.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(c.awaiting()).isNotNull();
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: end");
        assertThat(log).containsExactly("got v");
    }

    @Test
    @Tag("A09")
    @Tag("T04")
    void closeCanBeIgnoredManyTimesAndObeyedInTheEnd() {
        Coroutine<Object> c = Coroutine.of(co -> {
            for (int i = 0; i < 3; i++) {
                try {
                    co.await(y(i));
                } catch (GeneratorExit e) {
                    log.add("ignored " + i);
                }
            }
            return co.await(y("last"));
        });
        c.send(null);

        for (int i = 0; i < 3; i++) {
            assertThat(t(c::close)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
            assertThat(c.isSuspended()).isTrue();
        }
        assertThat(t(c::close)).isEqualTo("-> None");
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("ignored 0", "ignored 1", "ignored 2");
    }

    @Test
    @Tag("A10")
    void anotherExceptionRaisedOnCloseReachesTheCloser() {
        IOException k = new IOException("k");
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                throw k;
            }
        });
        c.send(null);

        assertThat(catchThrowable(c::close)).isSameAs(k).hasNoCause().hasNoSuppressedExceptions();
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(t(c::close)).isEqualTo("-> None");
    }

    @Test
    @Tag("A10")
    @Tag("B16")
    void anyGeneratorExitThatEscapesOnCloseIsSwallowed() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                throw new GeneratorExit("another");
            }
        });
        c.send(null);

        assertThat(t(c::closeAndReturn)).isEqualTo("-> None");
    }

    @Test
    @Tag("A11")
    void aStopIterationRaisedOnCloseBecomesARuntimeError() {
        StopIteration stop = new StopIteration(1);
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                throw stop;
            }
        });
        c.send(null);

        Throwable error = catchThrowable(c::close);
        assertThat(show(error)).isEqualTo("RuntimeError: coroutine raised StopIteration");
        assertThat(error.getCause()).isSameAs(stop);
    }

    @Test
    @Tag("A12")
    @Tag("T01")
    void raisingInANewCoroutineEndsItWithoutEnteringTheBody() {
        IOException v = new IOException("v");
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                log.add("ran");
                return null;
            } catch (Exception e) {
                log.add("caught");
                return null;
            } finally {
                log.add("finally");
            }
        });

        assertThat(catchThrowable(() -> c.raise(v))).isSameAs(v).hasNoCause().hasNoSuppressedExceptions();
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(t(() -> c.send(null))).isEqualTo(REUSED);
        assertThat(log).isEmpty();
    }

    @Test
    @Tag("A13")
    @Tag("T02")
    void stopSignalsRaisedInANewCoroutineAreNotConverted() {
        for (Throwable signal : List.of(new StopIteration(3), new GeneratorExit("g"), new StopAsyncIteration("s"))) {
            Coroutine<Integer> c = Coroutine.of(co -> 1);
            assertThat(catchThrowable(() -> c.raise(signal))).isSameAs(signal);
            assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        }
    }

    @Test
    @Tag("A14")
    void aBodyThatCatchesWhatIsRaisedGoesOn() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y("a"));
            } catch (Exception e) {
                return co.await(y("caught " + e.getMessage()));
            }
        });

        assertThat(t(() -> c.send(null))).isEqualTo("-> 'a'");
        assertThat(t(() -> c.raise(new IOException("v")))).isEqualTo("-> 'caught v'");
        assertThat(t(() -> c.send(7))).isEqualTo("StopIteration: 7");
    }

    @Test
    @Tag("A14")
    void aCheckedExceptionCanBeDeclaredAtTheAwait() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y("a"), IOException.class);
            } catch (IOException e) {
                return "caught " + e.getMessage();
            }
        });

        c.send(null);
        assertThat(t(() -> c.raise(new IOException("v")))).isEqualTo("StopIteration: caught v");
    }

    @Test
    @Tag("A15")
    void theBodySeesTheVeryExceptionThatIsRaised() throws Throwable {
        for (Throwable raised : List.of(
                new IOException("i"), new IllegalStateException(), new StackOverflowError(), new GeneratorExit("g"))) {
            Coroutine<Object> c = Coroutine.of(co -> {
                try {
                    return co.await(y());
                } catch (Throwable e) {
                    return e;
                }
            });
            c.send(null);
            assertThat(returned(() -> c.raise(raised))).isSameAs(raised);
        }
    }

    @Test
    @Tag("A15")
    @Tag("C25")
    void anExceptionThatIsNotCaughtComesBackUntouched() {
        Throwable cause = new IllegalStateException("cause");
        IOException raised = new IOException("i", cause);
        StackTraceElement[] trace = raised.getStackTrace();
        Coroutine<Object> c = Coroutine.of(co -> co.await(y()));
        c.send(null);

        assertThat(catchThrowable(() -> c.raise(raised))).isSameAs(raised);
        assertThat(ProtocolSupport.suppressedIn(raised)).isEmpty();
        assertThat(raised.getCause()).isSameAs(cause);
        assertThat(raised.getStackTrace()).isEqualTo(trace);
    }

    @Test
    @Tag("A16")
    @Tag("A16b")
    @Tag("A43")
    @Tag("T29")
    void raisingNullIsATypeErrorForTheCallerInEveryState() {
        String wrong = "TypeError: exceptions must be classes or instances deriving from BaseException, not NoneType";
        Own<Coroutine<Object>> own = new Own<>();
        Coroutine<Object> c = own.is(Coroutine.of(co -> {
            log.add(t(() -> own.get().raise(null)));
            return co.await(y("waits"));
        }));

        assertThat(t(() -> c.raise(null))).isEqualTo(wrong);
        assertThat(c.state()).isEqualTo(CoroutineState.CREATED);
        assertThat(t(() -> c.send(null))).isEqualTo("-> 'waits'");
        assertThat(log).containsExactly(wrong);
        assertThat(t(() -> c.raise(null))).isEqualTo(wrong);
        assertThat(c.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(t(() -> c.send(1))).isEqualTo("StopIteration: 1");
        assertThat(t(() -> c.raise(null))).isEqualTo(wrong);
        assertThat(t(() -> c.send("x"))).isEqualTo(REUSED);
    }

    @Test
    @Tag("A17")
    @Tag("T23")
    void aStopIterationThatEscapesTheBodyBecomesARuntimeErrorWithItAsCause() {
        for (StopIteration stop : List.of(new StopIteration("s"), new StopIteration(), new SpecialStop())) {
            Coroutine<Object> c = Coroutine.of(co -> {
                throw stop;
            });
            Throwable error = catchThrowable(() -> c.send(null));
            assertThat(show(error)).isEqualTo("RuntimeError: coroutine raised StopIteration");
            assertThat(error.getCause()).isSameAs(stop);
            assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
        }
    }

    @Test
    @Tag("A17")
    void aStopIterationRaisedAtAnAwaitIsConvertedTooWhenItEscapes() {
        StopIteration stop = new StopIteration("t");
        Coroutine<Object> c = Coroutine.of(co -> co.await(() -> {
            throw stop;
        }));

        Throwable error = catchThrowable(() -> c.send(null));
        assertThat(show(error)).isEqualTo("RuntimeError: coroutine raised StopIteration");
        assertThat(error.getCause()).isSameAs(stop);
    }

    @Test
    @Tag("A18")
    @Tag("T23")
    void aStopAsyncIterationEscapesACoroutineAsItIs() {
        StopAsyncIteration stop = new StopAsyncIteration("s");
        Coroutine<Object> c = Coroutine.of(co -> {
            throw stop;
        });

        assertThat(catchThrowable(() -> c.send(null))).isSameAs(stop);
    }

    @Test
    @Tag("A41")
    void whatTheBodyRaisesComesOutAsTheSameInstanceAndEndsIt() {
        for (Throwable raised : List.of(
                new IOException("checked"), new ArithmeticException("unchecked"), new AssertionError("error"))) {
            Coroutine<Object> c = Coroutine.of(co -> {
                throw sneaky(raised);
            });
            assertThat(catchThrowable(() -> c.send(null))).isSameAs(raised).hasNoSuppressedExceptions();
            assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
            assertThat(c.awaiting()).isNull();
        }
    }

    private static final class SpecialStop extends StopIteration {
        private static final long serialVersionUID = 1L;
    }
}
