package io.corobridge;

import static io.corobridge.ProtocolSupport.returned;
import static io.corobridge.ProtocolSupport.show;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.ProtocolSupport.Own;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks what can be awaited, and what an await makes of each kind: rules A19 to A27, A33, F01 and F02. */
class AwaitableRulesTest {
    private static final String REUSED = "RuntimeError: cannot reuse already awaited coroutine";

    private final List<String> log = new ArrayList<>();

    private static <R> Coroutine<R> awaits(Awaitable<R> awaitable) {
        return Coroutine.of("awaits", co -> co.await(awaitable));
    }

    /** An awaitable that hands out {@code iterator}. */
    private static <R> Awaitable<R> giving(AwaitIterator<R> iterator) {
        return () -> iterator;
    }

    /** The least that can be awaited: yields 1, 2, and results in null; no send, no raise, no close. */
    private static final class Numbers implements AwaitIterator<Object> {
        private final Iterator<Integer> numbers = List.of(1, 2).iterator();

        @Override
        public Object next() {
            if (!numbers.hasNext()) {
                throw new StopIteration();
            }
            return numbers.next();
        }
    }

    @Test
    @Tag("A19")
    @Tag("T11")
    void awaitingASuspendedCoroutineIsARuntimeErrorAndLeavesItSuspended() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y("first")));
        inner.send(null);

        Throwable error = catchThrowable(() -> awaits(inner).send(null));
        assertThat(show(error)).isEqualTo("RuntimeError: coroutine is being awaited already");
        assertThat(error).hasNoCause();
        assertThat(inner.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(t(() -> inner.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("A19")
    void oneCoroutineCannotBeAwaitedByTwoAtOnce() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y("first")));
        Coroutine<Object> first = awaits(inner);
        first.send(null);
        Coroutine<Object> second = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (RuntimeError e) {
                return "at the await: " + e.getMessage();
            }
        });

        assertThat(t(() -> second.send(null)))
                .isEqualTo("StopIteration: at the await: coroutine is being awaited already");
        assertThat(t(() -> first.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("A20")
    void aCoroutineThatAwaitsItselfIsAlreadyExecuting() {
        Own<Coroutine<Object>> own = new Own<>();
        Coroutine<Object> c = own.is(Coroutine.of(co -> co.await(own.get())));

        assertThat(t(() -> c.send(null))).isEqualTo("ValueError: coroutine already executing");
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    @Tag("A20")
    void awaitingTheCoroutineThatAwaitsMeIsAlreadyExecuting() {
        Own<Coroutine<Object>> outers = new Own<>();
        Coroutine<Object> inner = Coroutine.of(co -> {
            try {
                return co.await(outers.get());
            } catch (ValueError e) {
                return "inner got " + e.getMessage();
            }
        });
        Coroutine<Object> outer = outers.is(Coroutine.of(co -> co.await(inner)));

        assertThat(t(() -> outer.send(null))).isEqualTo("StopIteration: inner got coroutine already executing");
    }

    @Test
    @Tag("A20")
    void awaitingMyselfThroughMyIteratorIsAlreadyExecuting() {
        Own<Coroutine<Object>> own = new Own<>();
        Coroutine<Object> c = own.is(Coroutine.of(co -> {
            try {
                return co.await(giving(own.get().awaitIterator()));
            } catch (ValueError e) {
                return co.await(y(e.getMessage()));
            }
        }));

        assertThat(t(() -> c.send(null))).isEqualTo("-> 'coroutine already executing'");
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("A21")
    @Tag("T12")
    void awaitingACoroutineThatHasEndedIsARuntimeErrorAtTheAwait() {
        Coroutine<Object> inner = Coroutine.of(co -> 1);
        t(() -> inner.send(null));
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (RuntimeError e) {
                return "at the await: " + e.getMessage();
            }
        });

        assertThat(t(() -> awaits(inner).send(null))).isEqualTo(REUSED);
        assertThat(t(() -> outer.send(null)))
                .isEqualTo("StopIteration: at the await: cannot reuse already awaited coroutine");
    }

    @Test
    @Tag("A22")
    @Tag("T11")
    void awaitingThroughAwaitIteratorResumesASuspendedCoroutine() throws Throwable {
        Coroutine<Object> inner = Coroutine.of(co -> Arrays.asList(co.await(y("one")), co.await(y("two"))));
        assertThat(t(() -> inner.send(null))).isEqualTo("-> 'one'");
        Coroutine<Object> outer = awaits(inner::awaitIterator);

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'two'");
        assertThat(returned(() -> outer.send("z"))).isEqualTo(Arrays.asList(null, "z"));
    }

    @Test
    @Tag("A25")
    void awaitingNullIsATypeErrorAtTheAwait() {
        Coroutine<Object> c = Coroutine.of(co -> {
            Awaitable<Object> none = null;
            try {
                return co.await(none);
            } catch (TypeError e) {
                return e.getMessage();
            }
        });

        assertThat(t(() -> c.send(null)))
                .isEqualTo("StopIteration: object NoneType can't be used in 'await' expression");
    }

    @Test
    @Tag("A26")
    void anAwaitIteratorThatIsNullIsATypeErrorAtTheAwait() {
        assertThat(t(() -> awaits(giving(null)).send(null)))
                .isEqualTo("TypeError: __await__() returned non-iterator of type 'NoneType'");
    }

    @Test
    @Tag("A26")
    void whatAwaitIteratorRaisesIsRaisedAtTheAwait() {
        IllegalStateException boom = new IllegalStateException("boom");
        Awaitable<Object> broken = () -> {
            throw boom;
        };
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(broken);
            } catch (IllegalStateException e) {
                assertThat(e).isSameAs(boom);
                return co.await(y("goes on"));
            }
        });

        assertThat(t(() -> c.send(null))).isEqualTo("-> 'goes on'");
        assertThat(t(() -> c.send(1))).isEqualTo("StopIteration: 1");
    }

    @Test
    @Tag("A27")
    void anyIteratorCanBeAwaitedAndItsStopIterationHasTheResult() {
        Coroutine<Object> numbers = awaits(giving(new Numbers()));
        assertThat(t(() -> numbers.send(null))).isEqualTo("-> 1");
        assertThat(t(() -> numbers.send(null))).isEqualTo("-> 2");
        assertThat(t(() -> numbers.send(null))).isEqualTo("StopIteration");

        Coroutine<Object> atOnce = awaits(giving(() -> {
            throw new StopIteration("result");
        }));
        assertThat(t(() -> atOnce.send(null))).isEqualTo("StopIteration: result");
    }

    @Test
    @Tag("A27")
    @Tag("C01")
    void sendingAValueToAnIteratorWithoutSendIsAnAttributeErrorAtTheAwait() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(giving(new Numbers()));
            } catch (AttributeError e) {
                return e.getMessage();
            }
        });

        c.send(null);
        assertThat(t(() -> c.send("x"))).isEqualTo("StopIteration: 'Numbers' object has no attribute 'send'");
    }

    @Test
    @Tag("A27")
    @Tag("C03")
    void raisingOnAnIteratorWithoutRaiseIsRaisedAtTheAwait() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(giving(new Numbers()));
            } catch (Exception e) {
                return "at await: " + show(e);
            }
        });

        c.send(null);
        assertThat(t(() -> c.raise(new IOException("v")))).isEqualTo("StopIteration: at await: IOException: v");
    }

    @Test
    @Tag("A27")
    void closingOnAnIteratorWithoutCloseGoesStraightToTheBody() {
        Coroutine<Object> c = awaits(giving(new Numbers()));

        c.send(null);
        assertThat(t(c::closeAndReturn)).isEqualTo("-> None");
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    @Tag("A33")
    void theAwaitIteratorOfACoroutineIsANewWrapperWithoutAStateOfItsOwn() {
        Coroutine<Object> c = Coroutine.of(co -> co.await(y(1)));
        AwaitIterator<Object> wrapper = c.awaitIterator();
        AwaitIterator.Sends sends = (AwaitIterator.Sends) wrapper;
        AwaitIterator.Raises raises = (AwaitIterator.Raises) wrapper;
        AutoCloseable closes = (AutoCloseable) wrapper;

        assertThat(c.awaitIterator()).isNotSameAs(wrapper);
        assertThat(wrapper).isNotInstanceOf(Awaitable.class);
        assertThat(t(() -> sends.send("x")))
                .isEqualTo("TypeError: can't send non-None value to a just-started coroutine");
        assertThat(t(wrapper::next)).isEqualTo("-> 1");
        assertThat(c.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(t(() -> sends.send(5))).isEqualTo("StopIteration: 5");
        assertThat(t(wrapper::next)).isEqualTo(REUSED);
        assertThat(t(() -> raises.raise(new IOException()))).isEqualTo(REUSED);
        assertThat(t(closes::close)).isEqualTo("-> None");
    }

    @Test
    @Tag("A33")
    void closingOrRaisingThroughAWrapperReachesTheCoroutine() throws Exception {
        Coroutine<Object> closed = Coroutine.of(co -> co.await(y()));
        closed.send(null);
        ((AutoCloseable) closed.awaitIterator()).close();
        assertThat(closed.state()).isEqualTo(CoroutineState.CLOSED);

        Coroutine<Object> raised = Coroutine.of(co -> {
            try {
                return co.await(y());
            } catch (Exception e) {
                return "caught " + e.getMessage();
            }
        });
        raised.send(null);
        AwaitIterator.Raises raises = (AwaitIterator.Raises) raised.awaitIterator();
        assertThat(t(() -> raises.raise(new IOException("v")))).isEqualTo("StopIteration: caught v");
    }

    @Test
    @Tag("F01")
    void aGeneratorCanBeAwaited() {
        Generator<Object, Object, Object> generator = Generator.of(co -> "got " + co.yield(1));
        Coroutine<Object> c = awaits(Awaitables.fromGenerator(generator));

        assertThat(t(() -> c.send(null))).isEqualTo("-> 1");
        assertThat(generator.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: got v");
        assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("F01")
    void awaitIteratorOfAGeneratorIsWhatAnAwaitableWrittenByHandReturns() {
        Awaitable<Object> ours =
                () -> AwaitIterator.of(Generator.<Object, Object, Object>of(co -> List.of(co.yield(1), co.yield(2))));

        for (int i = 0; i < 2; i++) {
            Coroutine<Object> c = awaits(ours);
            assertThat(t(() -> c.send(null))).isEqualTo("-> 1");
            assertThat(t(() -> c.send("a"))).isEqualTo("-> 2");
            assertThat(t(() -> c.send("b"))).isEqualTo("StopIteration: [a, b]");
        }
    }

    @Test
    @Tag("F01")
    void whatIsRaisedOrClosedReachesTheAwaitedGenerator() {
        Generator<Object, Object, Object> catches = Generator.of(co -> {
            try {
                return co.yield(1);
            } catch (Exception e) {
                return co.yield("caught " + e.getMessage());
            }
        });
        Coroutine<Object> c = awaits(Awaitables.fromGenerator(catches));
        c.send(null);
        assertThat(t(() -> c.raise(new IOException("v")))).isEqualTo("-> 'caught v'");
        assertThat(t(c::close)).isEqualTo("-> None");
        assertThat(catches.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("F01")
    void theGeneratorIsNeeded() {
        Generator<Object, Object, Object> none = null;
        assertThatNullPointerException().isThrownBy(() -> Awaitables.fromGenerator(none));
        assertThatNullPointerException().isThrownBy(() -> AwaitIterator.of(none));
    }

    @Test
    @Tag("F02")
    @Tag("T11")
    void aGeneratorThatYieldsFromACoroutinesIteratorSkipsTheBeingAwaitedCheck() {
        Coroutine<Object> fresh = Coroutine.of(co -> {
            co.await(y(1));
            return 2;
        });
        Generator<Object, Object, Object> whole = Generator.of(co -> co.yieldFrom(fresh.awaitIterator()));
        assertThat(t(whole::next)).isEqualTo("-> 1");
        assertThat(t(whole::next)).isEqualTo("StopIteration: 2");

        Coroutine<Object> suspended = Coroutine.of(co -> {
            co.await(y(1));
            return 2;
        });
        suspended.send(null);
        Generator<Object, Object, Object> rest = Generator.of(co -> co.yieldFrom(suspended.awaitIterator()));
        assertThat(t(rest::next)).isEqualTo("StopIteration: 2");
    }

    @Test
    @Tag("F02")
    void awaitingASuspendedGeneratorGoesOnWithIt() {
        Generator<Object, Object, Void> generator = Generator.ofVoid(co -> {
            co.yield(1);
            co.yield(2);
        });
        generator.next();

        assertThat(t(() -> awaits(Awaitables.fromGenerator(generator)).send(null)))
                .isEqualTo("-> 2");
    }

    @Test
    @Tag("F02")
    @Tag("T12")
    void awaitingAGeneratorThatHasEndedResultsInNull() {
        Generator<Object, Object, Object> generator = Generator.of(co -> "once");
        Awaitable<Object> awaitable = Awaitables.fromGenerator(generator);

        assertThat(t(() -> awaits(awaitable).send(null))).isEqualTo("StopIteration: once");
        assertThat(t(() -> awaits(awaitable).send(null))).isEqualTo("StopIteration");
    }

    @Test
    @Tag("F02")
    void awaitingTheGeneratorThatAwaitsMeIsAlreadyExecuting() {
        Own<Generator<Object, Object, Object>> own = new Own<>();
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(Awaitables.fromGenerator(own.get()));
            } catch (ValueError e) {
                log.add(e.getMessage());
                return "inner";
            }
        });
        Generator<Object, Object, Object> outer = own.is(Generator.of(co -> co.yieldFrom(c.awaitIterator())));

        assertThat(t(outer::next)).isEqualTo("StopIteration: inner");
        assertThat(log).containsExactly("generator already executing");
    }
}
