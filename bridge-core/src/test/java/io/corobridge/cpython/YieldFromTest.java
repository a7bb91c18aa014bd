package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.show;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AwaitIterator;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Own;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_yield_from.TestPEP380Operation. */
class YieldFromTest {
    private final List<String> trace = new ArrayList<>();

    private void say(String what) {
        trace.add(what);
    }

    private String traced() {
        return String.join(", ", trace);
    }

    /** Says where it begins and ends, however it ends. */
    private Generator.Body<Object, Object, Object> told(String name, Generator.Body<Object, Object, Object> body) {
        return co -> {
            say("begin " + name);
            try {
                return body.run(co);
            } finally {
                say("end " + name);
            }
        };
    }

    private Generator<Object, Object, Object> yielding(String name, Object... values) {
        return generator(told(name, co -> {
            for (Object value : values) {
                say(name + " got " + co.yield(value));
            }
            return null;
        }));
    }

    private void loop(Generator<Object, ?, ?> generator) {
        for (Object value : generator) {
            say("yielded " + value);
        }
    }

    /** Yields once, then from another, then once more. */
    private Generator<Object, Object, Object> around(Generator<Object, Object, ?> inner) {
        return generator(told("g1", co -> {
            say("g1 got " + co.yield("ham"));
            co.yieldFrom(inner);
            say("g1 got " + co.yield("eggs"));
            return null;
        }));
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegation_of_initial_next_to_subgenerator")
    void firstNextReachesTheInner() {
        loop(generator(told("g1", co -> co.yieldFrom(yielding("g2", 42)))));
        assertThat(traced()).isEqualTo("begin g1, begin g2, yielded 42, g2 got null, end g2, end g1");
    }

    private static Generator.Body<Object, Object, Object> raising(String message) {
        return co -> {
            throw new ValueError(message);
        };
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_raising_exception_in_initial_next_call")
    void exceptionAtTheFirstNextPassesTheOuter() {
        assertThat(tried(() -> loop(generator(told(
                        "g1", co -> co.yieldFrom(generator(told("g2", raising("spanish inquisition")))))))))
                .isEqualTo("ValueError: spanish inquisition");
        assertThat(traced()).isEqualTo("begin g1, begin g2, end g2, end g1");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegation_of_next_call_to_subgenerator")
    void nextReachesTheInnerInTheMiddle() {
        loop(around(yielding("g2", "spam", "more spam")));
        assertThat(traced())
                .isEqualTo("begin g1, yielded ham, g1 got null, begin g2, yielded spam, g2 got null, yielded more spam,"
                        + " g2 got null, end g2, yielded eggs, g1 got null, end g1");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_raising_exception_in_delegated_next_call")
    void exceptionAtANextPassesTheOuter() {
        assertThat(tried(() -> loop(around(generator(told("g2", co -> {
                    co.yield("spam");
                    throw new ValueError("hovercraft");
                }))))))
                .isEqualTo("ValueError: hovercraft");
        assertThat(traced()).isEqualTo("begin g1, yielded ham, g1 got null, begin g2, yielded spam, end g2, end g1");
    }

    /** Sends 1, 2, 3 and so on until it ends. */
    private void sendUpwards(Generator<Object, Object, ?> generator) {
        generator.next();
        try {
            for (int i = 1; ; i++) {
                say("yielded " + generator.send(i));
            }
        } catch (StopIteration end) {
            say("stopped");
        }
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegation_of_send")
    void sendReachesTheInner() {
        sendUpwards(around(yielding("g2", "spam", "more spam")));
        assertThat(traced())
                .isEqualTo("begin g1, g1 got 1, begin g2, yielded spam, g2 got 2, yielded more spam, g2 got 3, end g2,"
                        + " yielded eggs, g1 got 4, end g1, stopped");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_handling_exception_while_delegating_send")
    void exceptionInReplyToASendComesOut() {
        assertThat(tried(() -> sendUpwards(around(generator(told("g2", co -> {
                    say("g2 got " + co.yield("spam"));
                    throw new ValueError("hovercraft");
                }))))))
                .isEqualTo("ValueError: hovercraft");
        assertThat(traced()).isEqualTo("begin g1, g1 got 1, begin g2, yielded spam, g2 got 2, end g2, end g1");
    }

    private static <Y> Generator<Y, Object, ?> advanced(Generator<Y, Object, ?> generator, int steps) {
        for (int i = 0; i < steps; i++) {
            generator.next();
        }
        return generator;
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegating_close")
    void closeReachesTheInnerFirst() {
        advanced(around(yielding("g2", "spam", "more spam")), 2).close();
        assertThat(traced()).isEqualTo("begin g1, g1 got null, begin g2, end g2, end g1");
    }

    @Test
    @SuppressWarnings("finally")
    @Tag("test_yield_from.TestPEP380Operation.test_handing_exception_while_delegating_close")
    void exceptionInReplyToACloseComesOut() {
        Generator<Object, Object, ?> generator = advanced(
                around(generator(told("g2", co -> {
                    try {
                        return co.yield("spam");
                    } finally {
                        throw new ValueError("nybbles");
                    }
                }))),
                2);
        assertThat(tried(generator::close)).isEqualTo("ValueError: nybbles");
        assertThat(traced()).isEqualTo("begin g1, g1 got null, begin g2, end g2, end g1");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegating_throw")
    void throwReachesTheInnerFirst() {
        Generator<Object, Object, ?> generator = advanced(around(yielding("g2", "spam", "more spam")), 2);
        assertThat(t(() -> generator.raise(new ValueError("tomato")))).isEqualTo("ValueError: tomato");
        assertThat(traced()).isEqualTo("begin g1, g1 got null, begin g2, end g2, end g1");
    }

    /** Its value cannot be changed here. */
    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_value_attribute_of_StopIteration_exception")
    void stopIterationCarriesItsValue() {
        assertThat(show(new StopIteration())).isEqualTo("StopIteration");
        assertThat(new StopIteration().value()).isNull();
        assertThat(show(new StopIteration("spam"))).isEqualTo("StopIteration: spam");
        assertThat(new StopIteration("spam").value()).isEqualTo("spam");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_generator_return_value")
    void returnOfTheInnerIsTheValueOfTheDelegation() {
        StopIteration stop = new StopIteration(3);
        loop(generator(co -> {
            for (Object value : new Object[] {null, 1, List.of(2), stop}) {
                say("returned "
                        + show(co.yieldFrom(generator(inner -> {
                            inner.yield("spam");
                            return value;
                        }))));
            }
            return null;
        }));
        assertThat(traced())
                .isEqualTo("yielded spam, returned None, yielded spam, returned 1, yielded spam, returned [2],"
                        + " yielded spam, returned StopIteration: 3");
    }

    private Generator<Object, Object, Object> range(int end) {
        return generator(told("g", co -> {
            co.yieldFrom(IntStream.range(0, end).boxed().toList());
            say("came to the end");
            return null;
        }));
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegation_of_next_to_non_generator")
    void nextReachesAnyIterable() {
        loop(range(3));
        assertThat(traced()).isEqualTo("begin g, yielded 0, yielded 1, yielded 2, came to the end, end g");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_conversion_of_sendNone_to_next")
    void sendOfNothingIsNext() {
        Generator<Object, Object, Object> generator = range(3);
        for (int i = 0; i < 3; i++) {
            assertThat(generator.send(null)).isEqualTo(i);
        }
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegation_of_close_to_non_generator")
    void closeOverAnIterableJustClosesTheOuter() {
        advanced(range(3), 1).close();
        assertThat(traced()).isEqualTo("begin g, end g");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegating_throw_to_non_generator")
    void throwOverAnIterableIsRaisedInTheOuter() {
        Generator<Object, Object, ?> generator = advanced(range(10), 5);
        assertThat(t(() -> generator.raise(new ValueError("tomato")))).isEqualTo("ValueError: tomato");
        assertThat(traced()).isEqualTo("begin g, end g");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_attempting_to_send_to_non_generator")
    void valueSentOverAnIterableIsAnAttributeErrorInTheOuter() {
        Generator<Object, Object, ?> generator = advanced(range(3), 1);
        assertThat(t(() -> generator.send(42))).startsWith("AttributeError").contains("send");
        assertThat(traced()).isEqualTo("begin g, end g");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_exception_in_initial_next_call")
    void exceptionOfANewInnerEndsTheOuter() {
        assertThat(tried(() -> loop(generator(co -> {
                    say("about to");
                    co.yieldFrom(generator(raising("zero")));
                    say("not here");
                    return null;
                }))))
                .isEqualTo("ValueError: zero");
        assertThat(traced()).isEqualTo("about to");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_attempted_yield_from_loop")
    void delegationInACircleIsAlreadyExecuting() {
        Own<Generator<Object, Object, Object>> own = new Own<>();
        Generator<Object, Object, Object> g2 = generator(co -> {
            co.yield("y2");
            say("g2 from g1");
            return co.yieldFrom(own.get());
        });
        own.is(generator(co -> {
            co.yield("y1");
            say("g1 from g2");
            return co.yieldFrom(g2);
        }));
        assertThat(tried(() -> loop(own.get()))).isEqualTo("ValueError: generator already executing");
        assertThat(traced()).isEqualTo("yielded y1, g1 from g2, yielded y2, g2 from g1");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_returning_value_from_delegated_throw")
    void innerThatCatchesAThrowGoesOn() {
        Generator<Object, Object, Object> generator = around(generator(told("g2", co -> {
            try {
                return co.yield("spam");
            } catch (Throwable lunch) {
                assertThat(lunch).isInstanceOf(Oops.class);
                co.yield("lunch saved");
                return co.yield("yet more spam");
            }
        })));
        advanced(generator, 2);
        assertThat(t(() -> generator.raise(oops()))).isEqualTo("-> lunch saved");
        loop(generator);
        assertThat(traced())
                .isEqualTo("begin g1, g1 got null, begin g2, yielded yet more spam, end g2, yielded eggs,"
                        + " g1 got null, end g1");
    }

    private static Generator<Object, Object, Object> returning(Object value) {
        return generator(co -> {
            co.yield(null);
            return value;
        });
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_next_and_return_with_value")
    void nextThatReachesTheReturnRaisesItsValue() {
        StopIteration stop = new StopIteration(3);
        for (Object value : new Object[] {null, 1, List.of(2), stop}) {
            Generator<Object, Object, ?> generator = advanced(returning(value), 1);
            assertThat(Cases.stopValue(generator::next)).isSameAs(value);
        }
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_send_and_return_with_value")
    void sendThatReachesTheReturnRaisesItsValue() {
        StopIteration stop = new StopIteration(3);
        for (Object value : new Object[] {null, 1, List.of(2), stop}) {
            Generator<Object, Object, ?> generator = advanced(returning(value), 1);
            assertThat(Cases.stopValue(() -> generator.send("spam"))).isSameAs(value);
        }
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_catching_exception_from_subgen_and_returning")
    void innerThatCatchesAThrowAndReturnsEndsTheDelegation() {
        for (Object value : new Object[] {2, List.of(2), new StopIteration(2)}) {
            Generator<Object, Object, Object> generator = generator(co -> co.yield(co.yieldFrom(generator(inner -> {
                try {
                    inner.yield(1);
                } catch (ValueError caught) {
                    say("caught");
                }
                return value;
            }))));
            generator.next();
            assertThat(generator.raise(new ValueError("v"))).isSameAs(value);
        }
        assertThat(trace).containsExactly("caught", "caught", "caught");
    }

    /** A generator that delegates to one that answers an exit so. */
    private Generator<Object, Object, Object> answering(Generator.Body<Object, Object, Object> answer) {
        Generator<Object, Object, Object> outer = generator(co -> {
            co.yieldFrom(generator(inner -> {
                try {
                    return inner.yield(null);
                } catch (GeneratorExit exit) {
                    return answer.run(inner);
                }
            }));
            say("not here");
            return null;
        });
        outer.next();
        return outer;
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_throwing_GeneratorExit_into_subgen_that_returns")
    void exitThrownIntoAnInnerThatReturnsIsRaisedInTheOuter() {
        GeneratorExit exit = new GeneratorExit();
        assertThat(Cases.raised(() -> answering(co -> null).raise(exit))).isSameAs(exit);
        assertThat(trace).isEmpty();
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_throwing_GeneratorExit_into_subgenerator_that_yields")
    void exitThrownIntoAnInnerThatYieldsIsARuntimeErrorInTheOuter() {
        assertThat(t(() -> answering(co -> co.yield(null)).raise(new GeneratorExit())))
                .isEqualTo("RuntimeError: generator ignored GeneratorExit");
        assertThat(trace).isEmpty();
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_throwing_GeneratorExit_into_subgen_that_raises")
    void exitThrownIntoAnInnerThatRaisesBringsThatException() {
        assertThat(t(() -> answering(raising("Vorpal bunny")).raise(new GeneratorExit())))
                .isEqualTo("ValueError: Vorpal bunny");
        assertThat(trace).isEmpty();
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_yield_from_empty")
    void delegationToNothingEndsAtOnce() {
        assertThat(t(() -> range(0).next())).isEqualTo("StopIteration");
    }

    /** Yields 0, then from a generator that yields from this one again, then 3; whatever step is taken. */
    private static Generator<Object, Object, Object> circle(boolean catches) {
        Own<Generator<Object, Object, Object>> own = new Own<>();
        Generator<Object, Object, Object> two = generator(co -> {
            yieldCatching(co, 1, catches);
            try {
                co.yieldFrom(own.get());
            } catch (ValueError alreadyExecuting) {
                assertThat(alreadyExecuting).hasMessage("generator already executing");
            }
            yieldCatching(co, 2, catches);
            return null;
        });
        return own.is(generator(co -> {
            yieldCatching(co, 0, catches);
            co.yieldFrom(two);
            yieldCatching(co, 3, catches);
            return null;
        }));
    }

    private static void yieldCatching(io.corobridge.GeneratorCo<Object, Object> co, int value, boolean catches) {
        try {
            co.yield(value);
        } catch (Throwable e) {
            if (!catches || !(e instanceof Oops)) {
                throw e;
            }
        }
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_delegating_generators_claim_to_be_running")
    void generatorThatDelegatesIsRunningForTheInner() {
        assertThat(circle(false)).containsExactly(0, 1, 2, 3);
        List<Object> sent = new ArrayList<>();
        Generator<Object, Object, Object> sending = circle(false);
        sent.add(sending.next());
        assertThat(tried(() -> {
                    while (true) {
                        sent.add(sending.send(42));
                    }
                }))
                .isEqualTo("StopIteration");
        assertThat(sent).containsExactly(0, 1, 2, 3);
        List<Object> thrown = new ArrayList<>();
        Generator<Object, Object, Object> raising = circle(true);
        thrown.add(raising.next());
        assertThat(tried(() -> {
                    while (true) {
                        thrown.add(raising.raise(oops()));
                    }
                }))
                .isEqualTo("StopIteration");
        assertThat(thrown).containsExactly(0, 1, 2, 3);
        Own<Generator<Object, Object, Object>> own = new Own<>();
        AtomicReference<String> seen = new AtomicReference<>();
        class Endless implements Iterator<Object>, AutoCloseable {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                return 42;
            }

            @Override
            public void close() {
                seen.set(own.get().isRunning() + " " + t(() -> own.get().next()));
            }
        }
        own.is(generator(co -> {
            co.yieldFrom(new Endless());
            return null;
        }));
        own.get().next();
        own.get().close();
        assertThat(seen).hasValue("true ValueError: generator already executing");
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_custom_iterator_return")
    void valueOfAnIteratorsStopIterationIsTheValueOfTheDelegation() {
        AwaitIterator<Object> stopping = () -> {
            throw new StopIteration(42);
        };
        assertThat(t(() -> generator(co -> co.yieldFrom(stopping)).next())).isEqualTo("StopIteration: 42");
    }

    private static final class Receiving implements AwaitIterator<Object>, AwaitIterator.Sends {
        private Object received;

        @Override
        public Object next() {
            return 42;
        }

        @Override
        public Object send(Object value) {
            received = value;
            return null;
        }
    }

    @Test
    @Tag("test_yield_from.TestPEP380Operation.test_send_tuple_with_custom_generator")
    void listSentReachesAnIteratorWithSendAsItIs() {
        Receiving receiving = new Receiving();
        Generator<Object, Object, Object> outer = generator(co -> co.yieldFrom(receiving));
        outer.next();
        outer.send(List.of(1, 2, 3, 4));
        assertThat(receiving.received).isEqualTo(List.of(1, 2, 3, 4));
    }
}
