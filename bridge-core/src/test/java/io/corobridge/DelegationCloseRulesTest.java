package io.corobridge;

import static io.corobridge.ProtocolSupport.show;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.ProtocolSupport.Own;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks how close and GeneratorExit travel through await and yieldFrom: the close rules of table C. */
class DelegationCloseRulesTest {
    private final List<String> log = new ArrayList<>();

    /** Yields for ever; close and raise are for subclasses to say. */
    private class Sub implements AwaitIterator<Object>, AwaitIterator.Raises, AutoCloseable {
        @Override
        public Object next() {
            return 1;
        }

        @Override
        public Object raise(Throwable error) throws Exception {
            log.add("sub.raise " + show(error));
            throw ProtocolSupport.sneaky(error);
        }

        @Override
        public void close() {
            log.add("sub.close");
        }
    }

    private static final class GentleExit extends GeneratorExit {
        private static final long serialVersionUID = 1L;

        GentleExit(String message) {
            super(message);
        }
    }

    /** Suspended in yielding from {@code sub}; what is raised there is noted and raised again. */
    private Generator<Object, Object, Object> suspendedIn(AwaitIterator<?> sub) {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                return co.yieldFrom(sub);
            } catch (Throwable e) {
                log.add("outer " + show(e));
                throw e;
            }
        });
        g.next();
        return g;
    }

    private static Generator<Object, Object, Object> suspendedIn(Generator<Object, Object, Object> sub) {
        Generator<Object, Object, Object> g = Generator.of(co -> co.yieldFrom(sub));
        g.next();
        return g;
    }

    @Test
    @Tag("C06")
    void closingClosesTheIteratorBeforeGeneratorExitIsRaisedInTheBody() {
        assertThat(t(suspendedIn(new Sub())::closeAndReturn)).isEqualTo("-> None");
        assertThat(log).containsExactly("sub.close", "outer GeneratorExit");
    }

    @Test
    @Tag("C06")
    @Tag("T07")
    void aGeneratorExitThatIsRaisedClosesTheIteratorAndIsRaisedItselfInTheBody() {
        GeneratorExit mine = new GeneratorExit("mine");
        Generator<Object, Object, Object> g = suspendedIn(new Sub());
        assertThat(catchThrowable(() -> g.raise(mine))).isSameAs(mine).hasNoSuppressedExceptions();

        GentleExit special = new GentleExit("special");
        Generator<Object, Object, Object> h = suspendedIn(new Sub());
        assertThat(catchThrowable(() -> h.raise(special))).isSameAs(special);
        assertThat(log)
                .containsExactly("sub.close", "outer GeneratorExit: mine", "sub.close", "outer GentleExit: special");
    }

    @Test
    @Tag("C06")
    void aJavaIteratorThatCanBeClosedIsClosed() {
        class Closing implements Iterator<Object>, AutoCloseable {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                return 1;
            }

            @Override
            public void close() {
                log.add("closed");
            }
        }
        Generator<Object, Object, Void> g = Generator.ofVoid(co -> co.yieldFrom(new Closing()));
        g.next();

        assertThat(t(g::close)).isEqualTo("-> None");
        assertThat(log).containsExactly("closed");
    }

    @Test
    @Tag("C06")
    void aJavaIteratorWithoutCloseIsJustLeft() {
        Generator<Object, Object, Void> g = Generator.ofVoid(co -> co.yieldFrom(List.of(1, 2)));
        g.next();

        assertThat(t(g::close)).isEqualTo("-> None");
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("C07")
    @Tag("T08")
    void whatCloseOfTheIteratorRaisesIsRaisedInTheBodyInsteadOfGeneratorExit() {
        IllegalStateException k = new IllegalStateException("from close");
        AwaitIterator<Object> sub = new Sub() {
            @Override
            public void close() {
                throw k;
            }
        };
        assertThat(catchThrowable(suspendedIn(sub)::close)).isSameAs(k).hasNoCause();
        assertThat(ProtocolSupport.suppressedIn(k)).isEmpty();
        Generator<Object, Object, Object> raisedIn = suspendedIn(sub);
        assertThat(catchThrowable(() -> raisedIn.raise(new GeneratorExit("lost"))))
                .isSameAs(k);
        assertThat(ProtocolSupport.suppressedIn(k)).isEmpty();
        assertThat(log)
                .containsExactly("outer IllegalStateException: from close", "outer IllegalStateException: from close");
    }

    @Test
    @Tag("C07")
    void aBodyThatYieldsAfterCloseOfTheIteratorHasRaisedIgnoresACloseButMayAnswerARaise() {
        AwaitIterator<Object> sub = new Sub() {
            @Override
            public void close() {
                throw new IllegalStateException("from close");
            }
        };
        Generator.Body<Object, Object, Object> survives = co -> {
            try {
                return co.yieldFrom(sub);
            } catch (IllegalStateException e) {
                return co.yield("alive");
            }
        };
        Generator<Object, Object, Object> closed = Generator.of(survives);
        closed.next();
        assertThat(t(closed::close)).isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(closed.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(t(() -> closed.send("v"))).isEqualTo("StopIteration: v");

        Generator<Object, Object, Object> raised = Generator.of(survives);
        raised.next();
        assertThat(t(() -> raised.raise(new GeneratorExit()))).isEqualTo("-> 'alive'");
        assertThat(t(() -> raised.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C05")
    @Tag("C07")
    void aStopIterationFromCloseOfTheIteratorEndsTheDelegationWithItsValue() {
        AwaitIterator<Object> sub = new Sub() {
            @Override
            public void close() {
                throw new StopIteration("s");
            }
        };
        assertThat(t(suspendedIn(sub)::closeAndReturn)).isEqualTo("-> 's'");
        Generator<Object, Object, Object> raisedIn = suspendedIn(sub);
        assertThat(t(() -> raisedIn.raise(new GeneratorExit()))).isEqualTo("StopIteration: s");
        assertThat(log).isEmpty();

        Generator<Object, Object, Object> yields = Generator.of(co -> co.yield("again " + co.yieldFrom(sub)));
        yields.next();
        assertThat(t(yields::close)).isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(t(() -> yields.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C07")
    void whatAnInnerBodyRaisesOnCloseIsRaisedInTheOuterInsteadOfGeneratorExit() {
        IOException k = new IOException("k");
        Coroutine<Object> inner = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                throw k;
            }
        });
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (Exception e) {
                return "outer got " + show(e);
            }
        });
        outer.send(null);

        assertThat(t(outer::closeAndReturn)).isEqualTo("-> 'outer got IOException: k'");
    }

    @Test
    @Tag("C08")
    void anInnerBodyThatYieldsOnCloseIsARuntimeErrorInTheOuterAndStaysSuspended() {
        Generator<Object, Object, Object> sub = Generator.of(co -> {
            try {
                return co.yield(1);
            } catch (GeneratorExit e) {
                return co.yield(2);
            }
        });
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                return co.yieldFrom(sub);
            } catch (RuntimeError e) {
                log.add("outer " + show(e));
                assertThat(e).hasNoCause().hasNoSuppressedExceptions();
                throw e;
            }
        });
        g.next();

        assertThat(t(g::close)).isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(log).containsExactly("outer RuntimeError: generator ignored GeneratorExit");
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
        assertThat(sub.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(t(() -> sub.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C08")
    void anOuterThatCatchesTheInnersRefusalMayStillEndWell() {
        Coroutine<Object> inner = Coroutine.of(co -> {
            try {
                return co.await(y(1));
            } catch (GeneratorExit e) {
                return co.await(y(2));
            }
        });
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (RuntimeError e) {
                return e.getMessage();
            }
        });
        outer.send(null);

        assertThat(t(outer::closeAndReturn)).isEqualTo("-> 'coroutine ignored GeneratorExit'");
        assertThat(t(inner::close)).isEqualTo("-> None");
    }

    @Test
    @Tag("C08")
    void aBodyMayDelegateWhileItIsClosedAsLongAsNothingIsYielded() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                return co.await(Coroutine.of(inner -> "cleaned up"));
            }
        });
        c.send(null);
        assertThat(t(c::closeAndReturn)).isEqualTo("-> 'cleaned up'");

        Coroutine<Object> waits = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                return co.await(Coroutine.of(inner -> inner.await(y("still open"))));
            }
        });
        waits.send(null);
        assertThat(t(waits::close)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(waits.awaiting()).isInstanceOf(Coroutine.class);
        assertThat(t(() -> waits.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C16")
    @Tag("T07")
    void theInnerSeesANewGeneratorExitAndTheOuterTheOneThatWasRaised() {
        GeneratorExit raised = new GeneratorExit("orig");
        List<Throwable> seen = new ArrayList<>();
        Generator<Object, Object, Object> sub = Generator.of(co -> {
            try {
                return co.yield(null);
            } catch (GeneratorExit e) {
                seen.add(e);
                return "r";
            }
        });
        Generator<Object, Object, Object> g = suspendedIn(sub);

        assertThat(catchThrowable(() -> g.raise(raised))).isSameAs(raised).hasNoSuppressedExceptions();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).isNotSameAs(raised).hasMessage(null);
        assertThat(sub.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("C16")
    void onlyTheOutermostBodyMayYieldInReplyToARaisedGeneratorExit() {
        Generator.Body<Object, Object, Object> answers = co -> {
            try {
                return co.yield(1);
            } catch (GeneratorExit e) {
                return co.yield("answer");
            }
        };
        Generator<Object, Object, Object> inner = Generator.of(answers);
        assertThat(t(() -> suspendedIn(inner).raise(new GeneratorExit("g"))))
                .isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(inner.state()).isEqualTo(GeneratorState.SUSPENDED);
        inner.close();

        Generator<Object, Object, Object> sub = Generator.of(co -> co.yield(1));
        Generator<Object, Object, Object> outer = Generator.of(co -> {
            try {
                return co.yieldFrom(sub);
            } catch (GeneratorExit e) {
                return co.yield("answer to " + e.getMessage());
            }
        });
        outer.next();
        assertThat(t(() -> outer.raise(new GeneratorExit("g")))).isEqualTo("-> 'answer to g'");
        assertThat(sub.state()).isEqualTo(GeneratorState.CLOSED);
        assertThat(t(() -> outer.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C16")
    void closingADeepChainGoesFromTheInnermostOutwards() {
        Awaitable<Object> chain = y();
        List<Throwable> exits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Awaitable<Object> inner = chain;
            int depth = i;
            chain = Coroutine.of(co -> {
                try {
                    return co.await(inner);
                } catch (GeneratorExit e) {
                    exits.add(e);
                    log.add("depth " + depth);
                    throw e;
                }
            });
        }
        Coroutine<?> outermost = (Coroutine<?>) chain;
        outermost.send(null);

        assertThat(t(outermost::closeAndReturn)).isEqualTo("-> None");
        assertThat(log).containsExactly("depth 0", "depth 1", "depth 2", "depth 3");
        assertThat(exits).doesNotHaveDuplicates();
    }

    @Test
    @Tag("C20")
    void theDelegatorIsRunningWhileItsIteratorIsClosed() {
        Own<Generator<Object, Object, Object>> own = new Own<>();
        Generator<Object, Object, Object> g = own.is(Generator.of(co -> co.yieldFrom(new Sub() {
            @Override
            public void close() {
                log.add(own.get().state().name());
                log.add(t(own.get()::next));
                log.add(t(own.get()::close));
                log.add(show(own.get().yieldingFrom()));
            }
        })));
        g.next();

        assertThat(t(g::close)).isEqualTo("-> None");
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
        assertThat(log)
                .containsExactly(
                        "RUNNING",
                        "ValueError: generator already executing",
                        "ValueError: generator already executing",
                        "None");
    }

    @Test
    @Tag("C20")
    void theWholeChainIsRunningWhileAnIteratorAtItsEndIsStepped() {
        Own<Coroutine<Object>> outers = new Own<>();
        Own<Coroutine<Object>> inners = new Own<>();
        AwaitIterator<Object> iterator = () -> {
            log.add(outers.get().state() + " " + t(() -> outers.get().send(null)));
            log.add(inners.get().state() + " " + t(inners.get()::close));
            return "yielded";
        };
        Coroutine<Object> inner = inners.is(Coroutine.of(co -> co.await(() -> iterator)));
        Coroutine<Object> outer = outers.is(Coroutine.of(co -> co.await(inner)));

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'yielded'");
        assertThat(log).hasSize(2).containsOnly("RUNNING ValueError: coroutine already executing");
        assertThat(outer.state()).isEqualTo(CoroutineState.SUSPENDED);
    }

    @Test
    @Tag("C21")
    void anAwaitedIteratorIsClosedByCloseAndByGeneratorExitButRaisedInOtherwise() {
        for (Throwable error : new Throwable[] {null, new GeneratorExit(), new IOException("v")}) {
            Coroutine<Object> c = Coroutine.of(co -> {
                try {
                    return co.await(() -> new Sub());
                } finally {
                    log.add("finally");
                }
            });
            c.send(null);
            log.add(error == null ? t(c::close) : t(() -> c.raise(error)));
        }
        assertThat(log)
                .containsExactly(
                        "sub.close",
                        "finally",
                        "-> None",
                        "sub.close",
                        "finally",
                        "GeneratorExit",
                        "sub.raise IOException: v",
                        "finally",
                        "IOException: v");
    }

    @Test
    @Tag("C22")
    @Tag("T05")
    void whatAnInnerBodyReturnsOnCloseIsDropped() {
        Generator<Object, Object, Object> passes = Generator.of(co -> {
            Object result = co.yieldFrom(replying("inner value"));
            log.add("not reached");
            return result;
        });
        passes.next();
        assertThat(t(passes::closeAndReturn)).isEqualTo("-> None");

        Generator<Object, Object, Object> replies = Generator.of(co -> {
            try {
                return co.yieldFrom(replying("inner value"));
            } catch (GeneratorExit e) {
                return "outer value";
            }
        });
        replies.next();
        assertThat(t(replies::closeAndReturn)).isEqualTo("-> 'outer value'");

        Coroutine<Object> inner = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (GeneratorExit e) {
                return "inner";
            }
        });
        Coroutine<Object> outer = Coroutine.of(co -> co.await(inner));
        outer.send(null);
        assertThat(t(outer::closeAndReturn)).isEqualTo("-> None");
        assertThat(log).isEmpty();
    }

    private static Generator<Object, Object, Object> replying(Object value) {
        return Generator.of(co -> {
            try {
                return co.yield(1);
            } catch (GeneratorExit e) {
                return value;
            }
        });
    }
}
