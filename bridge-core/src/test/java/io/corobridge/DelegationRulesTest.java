package io.corobridge;

import static io.corobridge.ProtocolSupport.show;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks how values and exceptions travel through await and yieldFrom: the send and raise rules of table C. */
class DelegationRulesTest {
    private final List<String> log = new ArrayList<>();

    /** Java's own protocol and nothing else. */
    private static class Numbers implements Iterator<Object> {
        private int last;

        @Override
        public boolean hasNext() {
            return last < 3;
        }

        @Override
        public Object next() {
            return ++last;
        }
    }

    /** An iterator that notes every call, and can do all that the protocol knows. */
    private class Full implements AwaitIterator<Object>, AwaitIterator.Sends, AwaitIterator.Raises, AutoCloseable {
        @Override
        public Object next() {
            log.add("next");
            return 1;
        }

        @Override
        public Object send(Object value) {
            log.add("send " + value);
            return 2;
        }

        @Override
        public Object raise(Throwable error) throws Exception {
            log.add("raise " + show(error));
            return "from raise";
        }

        @Override
        public void close() {
            log.add("close");
        }
    }

    /** Yields from {@code iterator}; what is raised there is yielded as text. */
    private static Generator<Object, Object, Object> from(AwaitIterator<?> iterator) {
        return Generator.of(co -> {
            try {
                return co.yieldFrom(iterator);
            } catch (Exception e) {
                return co.yield("inside " + show(e));
            }
        });
    }

    @Test
    @Tag("C01")
    @Tag("T10")
    void aValueSentToAnIteratorWithoutSendIsAnAttributeErrorInsideTheDelegator() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                co.yieldFrom(new Numbers());
                return null;
            } catch (AttributeError e) {
                return co.yield("inside " + show(e));
            }
        });

        assertThat(t(g::next)).isEqualTo("-> 1");
        assertThat(t(() -> g.send(null))).isEqualTo("-> 2");
        assertThat(t(() -> g.send("x")))
                .isEqualTo("-> 'inside AttributeError: 'Numbers' object has no attribute 'send''");
        assertThat(g.yieldingFrom()).isNull();
    }

    @Test
    @Tag("C01")
    void aValueSentReachesTheInnermostGenerator() {
        Generator<Object, Object, Object> leaf = Generator.of(co -> "leaf got " + co.yield("leaf waits"));
        Generator<Object, Object, Object> middle = Generator.of(co -> co.yield(co.yieldFrom(leaf)));
        Generator<Object, Object, Object> outer = Generator.of(co -> co.yieldFrom(middle));

        assertThat(t(outer::next)).isEqualTo("-> 'leaf waits'");
        assertThat(t(() -> outer.send("a"))).isEqualTo("-> 'leaf got a'");
        assertThat(t(() -> outer.send("b"))).isEqualTo("StopIteration: b");
    }

    @Test
    @Tag("C02")
    @Tag("T10")
    void sendingNullThroughADelegationIsNext() {
        Generator<Object, Object, Object> g = from(new Full());

        assertThat(t(g::next)).isEqualTo("-> 1");
        assertThat(t(() -> g.send(null))).isEqualTo("-> 1");
        assertThat(t(() -> g.send(5))).isEqualTo("-> 2");
        assertThat(log).containsExactly("next", "next", "send 5");
    }

    @Test
    @Tag("C02")
    void aJavaIteratorMayTakeValuesAndExceptionsToo() {
        class Talkative extends Numbers implements AwaitIterator.Sends, AwaitIterator.Raises {
            @Override
            public Object send(Object value) {
                if (value.equals("stop")) {
                    throw new StopIteration("stopped");
                }
                return "sent " + value;
            }

            @Override
            public Object raise(Throwable error) {
                return "raised " + show(error);
            }
        }
        Generator<Object, Object, Object> g = Generator.of(co -> {
            co.yieldFrom(new Talkative());
            return "over";
        });

        assertThat(t(g::next)).isEqualTo("-> 1");
        assertThat(t(() -> g.send("v"))).isEqualTo("-> 'sent v'");
        assertThat(t(() -> g.raise(new IOException("e")))).isEqualTo("-> 'raised IOException: e'");
        assertThat(t(g::next)).isEqualTo("-> 2");
        assertThat(t(() -> g.send("stop"))).isEqualTo("StopIteration: over");
    }

    @Test
    @Tag("C03")
    @Tag("T09")
    void raisingOnAnIteratorWithoutRaiseIsRaisedAtTheDelegationAndDoesNotCloseIt() {
        class Closing extends Numbers implements AutoCloseable {
            @Override
            public void close() {
                log.add("closed");
            }
        }
        IOException v = new IOException("v");
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                co.yieldFrom(new Closing());
                return null;
            } catch (Exception e) {
                assertThat(e).isSameAs(v);
                return co.yield("inside");
            }
        });
        g.next();

        assertThat(t(() -> g.raise(v))).isEqualTo("-> 'inside'");
        assertThat(log).isEmpty();
    }

    @Test
    @Tag("C04")
    void anIteratorWithRaiseGetsTheSameInstanceAndItsAnswerIsYielded() {
        List<Throwable> got = new ArrayList<>();
        Generator<Object, Object, Object> g = from(new Full() {
            @Override
            public Object raise(Throwable error) {
                got.add(error);
                return "from raise";
            }
        });
        IOException v = new IOException("v");
        StopIteration stop = new StopIteration("s");
        g.next();

        assertThat(t(() -> g.raise(v))).isEqualTo("-> 'from raise'");
        assertThat(t(() -> g.raise(stop))).isEqualTo("-> 'from raise'");
        assertThat(got).containsExactly(v, stop);
        assertThat(t(g::next)).isEqualTo("-> 1");
    }

    @Test
    @Tag("C04")
    void whatRaiseItselfRaisesIsRaisedAtTheDelegation() {
        IOException checked = new IOException("checked");
        Generator<Object, Object, Object> g = from(new Full() {
            @Override
            public Object raise(Throwable error) throws IOException {
                throw checked;
            }
        });
        g.next();

        assertThat(t(() -> g.raise(new IllegalStateException("v")))).isEqualTo("-> 'inside IOException: checked'");
        assertThat(g.yieldingFrom()).isNull();
    }

    @Test
    @Tag("C05")
    void aStopIterationFromRaiseEndsTheDelegationWithItsValue() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            Object result = co.yieldFrom(new Full() {
                @Override
                public Object raise(Throwable error) {
                    throw new StopIteration("sv");
                }
            });
            return co.yield("result " + result);
        });
        g.next();

        assertThat(t(() -> g.raise(new IOException()))).isEqualTo("-> 'result sv'");
    }

    @Test
    @Tag("C03")
    @Tag("C05")
    void aStopIterationRaisedOnAnIteratorWithoutRaiseEndsTheDelegationWithItsValue() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            co.yieldFrom(new Numbers());
            return "went on";
        });
        g.next();
        assertThat(t(() -> g.raise(new StopIteration("v")))).isEqualTo("StopIteration: went on");

        Generator<Object, Object, Object> middle = Generator.of(co -> "middle " + co.yieldFrom(() -> 1));
        Generator<Object, Object, Object> outer = Generator.of(co -> "outer " + co.yieldFrom(middle));
        outer.next();
        assertThat(t(() -> outer.raise(new StopIteration("v")))).isEqualTo("StopIteration: outer middle v");

        Coroutine<Object> c = Coroutine.of(co -> "r " + co.await(() -> () -> 1));
        c.send(null);
        assertThat(t(() -> c.raise(new StopIteration("v")))).isEqualTo("StopIteration: r v");
    }

    @Test
    @Tag("C05")
    void aStopIterationRaisedInANewAsyncGeneratorEndsTheAwaitWithItsValue() {
        AsyncGenerator<Object, Object> fresh = AsyncGenerator.of(co -> co.yield(1));
        Coroutine<Object> c = Coroutine.of(co -> "r " + co.await(fresh.athrow(new StopIteration("v"))));
        assertThat(t(() -> c.send(null))).isEqualTo("StopIteration: r v");

        AsyncGenerator<Object, Object> started = AsyncGenerator.of(co -> co.yield(1));
        Coroutine<Object> d = Coroutine.of(co -> {
            co.await(started.anext());
            return co.await(started.athrow(new StopIteration("v")));
        });
        assertThat(t(() -> d.send(null))).isEqualTo("RuntimeError: async generator raised StopIteration");
    }

    @Test
    @Tag("C05")
    void aStopIterationFromSendEndsTheDelegationWithItsValue() {
        Generator<Object, Object, Object> g = from(new Full() {
            @Override
            public Object send(Object value) {
                throw new StopIteration("got " + value);
            }
        });
        g.next();

        assertThat(t(() -> g.send("v"))).isEqualTo("StopIteration: got v");
    }

    @Test
    @Tag("C10")
    void theResultOfTheDelegationIsTheValueOfTheStopIteration() {
        for (Object value : new Object[] {null, 1, List.of(1, 2)}) {
            AwaitIterator<Object> stops = () -> {
                throw new StopIteration(value);
            };
            assertThat(t(from(stops)::next)).isEqualTo(show(new StopIteration(value)));

            Generator<Object, Object, Object> sub = Generator.of(co -> value);
            Generator<Object, Object, Object> g = Generator.of(co -> co.yieldFrom(sub));
            assertThat(t(g::next)).isEqualTo(show(new StopIteration(value)));
        }
    }

    @Test
    @Tag("C10")
    void anythingElseThatAnIteratorRaisesIsRaisedAtTheDelegation() {
        Generator<Object, Object, Object> g = from(() -> {
            throw new IllegalStateException("broken");
        });

        assertThat(t(g::next)).isEqualTo("-> 'inside IllegalStateException: broken'");
    }

    @Test
    @Tag("C10")
    void aNullThatAnIteratorGivesIsAnElement() {
        Generator<Object, Object, Object> g = from(() -> null);

        assertThat(t(g::next)).isEqualTo("-> None");
        assertThat(g.state()).isEqualTo(GeneratorState.SUSPENDED);
    }

    @Test
    @Tag("C10")
    void anIterableIsYieldedFromByANewIterator() {
        List<Integer> numbers = List.of(1, 2);
        Generator<Integer, Object, String> g = Generator.of(co -> {
            co.yieldFrom(numbers);
            co.yieldFrom(List.<Integer>of());
            co.yieldFrom(numbers);
            return "r";
        });

        assertThat(g).containsExactly(1, 2, 1, 2);
    }

    @Test
    @Tag("C17")
    void yieldingFromNullIsATypeError() {
        Generator<Object, Object, Object> none = null;
        Generator<Object, Object, Object> g = Generator.of(co -> {
            Iterable<Object> noIterable = null;
            Iterator<Object> noIterator = null;
            AwaitIterator<Object> noAwaitIterator = null;
            log.add(t(() -> co.yieldFrom(noIterable)));
            log.add(t(() -> co.yieldFrom(noIterator)));
            log.add(t(() -> co.yieldFrom(noAwaitIterator)));
            return co.yieldFrom(none);
        });

        assertThat(t(g::next)).isEqualTo("TypeError: 'NoneType' object is not iterable");
        assertThat(log).hasSize(3).containsOnly("TypeError: 'NoneType' object is not iterable");
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("C17")
    void anIterableWithoutAnIteratorIsATypeError() {
        Iterable<Object> broken = () -> null;
        Generator<Object, Object, Void> g = Generator.ofVoid(co -> co.yieldFrom(broken));

        assertThat(t(g::next)).isEqualTo("TypeError: iter() returned non-iterator of type 'NoneType'");
    }

    @Test
    @Tag("C18")
    void raisingNullNeverReachesTheBodyHoweverItDelegates() {
        Generator<Object, Object, Object> sub = Generator.of(co -> co.yield(1));
        Generator<Object, Object, Object> g = Generator.of(co -> co.yieldFrom(sub));
        g.next();

        assertThat(t(() -> g.raise(null)))
                .isEqualTo(
                        "TypeError: exceptions must be classes or instances deriving from BaseException, not NoneType");
        assertThat(g.yieldingFrom()).isSameAs(sub);
        assertThat(t(() -> g.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C15")
    void aStopIterationRaisedThroughTheChainIsConvertedByTheInnermostBody() {
        StopIteration stop = new StopIteration("t");
        Generator<Object, Object, Object> sub = Generator.of(co -> co.yield(null));
        Generator<Object, Object, Object> g = Generator.of(co -> {
            try {
                return co.yieldFrom(sub);
            } catch (RuntimeError e) {
                assertThat(e.getCause()).isSameAs(stop);
                return e.getMessage();
            }
        });
        g.next();

        assertThat(t(() -> g.raise(stop))).isEqualTo("StopIteration: generator raised StopIteration");

        Coroutine<Object> inner = Coroutine.of(co -> co.await(y()));
        Coroutine<Object> outer = Coroutine.of(co -> co.await(inner));
        outer.send(null);
        Throwable error = catchThrowable(() -> outer.raise(stop));
        assertThat(show(error)).isEqualTo("RuntimeError: generator raised StopIteration");
        assertThat(error.getCause()).isSameAs(stop);
    }

    @Test
    @Tag("C19")
    void whatIsRaisedReachesTheInnermostBodyFirstAndEachOuterOnItsWayOut() {
        IOException v = new IOException("v");
        Generator<Object, Object, Object> g = tracing("outer", tracing("middle", tracing("inner", null)));
        g.next();

        assertThat(catchThrowable(() -> g.raise(v))).isSameAs(v).hasNoCause();
        assertThat(ProtocolSupport.suppressedIn(v)).isEmpty();
        assertThat(log).containsExactly("inner IOException: v", "middle IOException: v", "outer IOException: v");
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    }

    private Generator<Object, Object, Object> tracing(String name, Generator<Object, Object, Object> sub) {
        return Generator.of(name, co -> {
            try {
                return sub == null ? co.yield(1) : co.yieldFrom(sub);
            } catch (Throwable e) {
                log.add(name + " " + show(e));
                throw e;
            }
        });
    }

    @Test
    @Tag("C19")
    void aBodyInTheMiddleMayCatchAndDelegateToSomethingElse() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y("inner")));
        Coroutine<Object> middle = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (Exception e) {
                return co.await(Coroutine.of(again -> again.await(y("instead"))));
            }
        });
        Coroutine<Object> outer = Coroutine.of(co -> "outer " + co.await(middle));

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'inner'");
        assertThat(t(() -> outer.raise(new IOException()))).isEqualTo("-> 'instead'");
        assertThat(inner.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(t(() -> outer.send("v"))).isEqualTo("StopIteration: outer v");
    }

    @Test
    void aBodyDelegatesManyTimesOneAfterTheOther() {
        Coroutine<Object> c = Coroutine.of(co -> {
            int sum = 0;
            for (int i = 0; i < 5; i++) {
                int term = i;
                sum += co.await(Coroutine.of(inner -> (Integer) inner.await(y(term)) + term));
            }
            return sum;
        });

        assertThat(t(() -> c.send(null))).isEqualTo("-> 0");
        for (int i = 1; i < 5; i++) {
            assertThat(t(() -> c.send(10))).isEqualTo("-> " + i);
        }
        assertThat(t(() -> c.send(10))).isEqualTo("StopIteration: 60");
    }

    @Test
    void aDeepChainPassesEverythingToTheInnermostAndBack() {
        Awaitable<Object> chain = y("deep");
        for (int i = 0; i < 50; i++) {
            Awaitable<Object> inner = chain;
            chain = Coroutine.of(co -> co.await(inner));
        }
        Coroutine<?> outermost = (Coroutine<?>) chain;

        assertThat(t(() -> outermost.send(null))).isEqualTo("-> 'deep'");
        assertThat(t(() -> outermost.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C01")
    void aGeneratorThatIsYieldedFromAsAnIterableGetsWhatIsSentAndRaised() {
        Generator<Object, Object, Object> inner = Generator.of(co -> {
            log.add("sent " + co.yield(1));
            try {
                return co.yield(2);
            } catch (TypeError e) {
                log.add("raised " + show(e));
                return co.yield(3);
            } finally {
                log.add("finally");
            }
        });
        Iterable<Object> iterable = inner;
        Generator<Object, Object, Object> outer = Generator.of(co -> {
            co.yieldFrom(iterable);
            return null;
        });

        assertThat(t(outer::next)).isEqualTo("-> 1");
        assertThat(outer.yieldingFrom()).isSameAs(inner);
        assertThat(t(() -> outer.send("v"))).isEqualTo("-> 2");
        assertThat(t(() -> outer.raise(new TypeError("mine")))).isEqualTo("-> 3");
        outer.close();
        assertThat(log).containsExactly("sent v", "raised TypeError: mine", "finally");
        assertThat(inner.state()).isEqualTo(GeneratorState.CLOSED);
    }
}
