package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.nop;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.run;
import static io.corobridge.cpython.Cases.runAwaited;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static io.corobridge.cpython.Cases.yields;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Own;
import io.corobridge.cpython.Cases.Run;
import io.corobridge.cpython.Cases.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_coroutines.CoroutineTest about coroutine objects and await. */
class CoroutineTest {
    private static final String REUSED = "RuntimeError: cannot reuse already awaited coroutine";

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_1")
    void returnsItsResultHoweverItIsDriven() {
        assertThat(run(Coroutine.of(co -> 10))).isEqualTo(new Run(List.of(), 10));
        assertThat(runAwaited(Coroutine.of(co -> 10))).isEqualTo(new Run(List.of(), 10));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_2")
    void stopIterationThatEscapesBecomesARuntimeError() {
        assertThat(t(() -> run(co -> {
                    throw new StopIteration();
                })))
                .isEqualTo("RuntimeError: coroutine raised StopIteration");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_3")
    void showsItselfAsACoroutineObject() {
        try (Coroutine<Object> coroutine = Coroutine.of("foo", co -> 1)) {
            assertThat(coroutine.toString()).matches("<coroutine object foo at 0x[0-9a-f]+>");
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_4")
    void isNotIterable() {
        try (Coroutine<Object> coroutine = Coroutine.of(co -> 1)) {
            assertThat(coroutine).isNotInstanceOf(Iterable.class);
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_5")
    void generatorThatCanBeAwaitedIsIterableAllTheSame() {
        Generator<Object, Object, Object> bar = generator(co -> co.yield(1));
        assertThat(bar).containsExactly(1);
        assertThat(run(co -> co.await(Awaitables.fromGenerator(generator(g -> g.yield(1))))))
                .isEqualTo(new Run(List.of(1), null));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_6")
    void yieldsOfWhatIsAwaitedReachTheDriver() {
        Coroutine<Object> coroutine = Coroutine.of(co -> co.await(yields(1, 2)));
        assertThat(coroutine.send(null)).isEqualTo(1);
        assertThat(coroutine.send(null)).isEqualTo(2);
        assertThat(t(() -> coroutine.send(null))).isEqualTo("StopIteration");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_7")
    void noOverloadYieldsFromACoroutine() {
        assertThat(io.corobridge.GeneratorCo.class.getMethods())
                .filteredOn(method -> method.getName().equals("yieldFrom"))
                .isNotEmpty()
                .noneMatch(method -> method.getParameterTypes()[0].isAssignableFrom(Coroutine.class));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_8")
    void generatorThatIsAwaitedMayYieldFromACoroutine() {
        Coroutine<Object> coroutine = Coroutine.of(co -> "spam");
        Awaitable<Object> bar = Awaitables.fromGenerator(generator(co -> co.yieldFrom(coroutine.awaitIterator())));
        assertThat(runAwaited(bar)).isEqualTo(new Run(List.of(), "spam"));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_10")
    void iteratorOfACoroutinePassesEverySignalToTheInnermostBody() throws Exception {
        AtomicInteger n = new AtomicInteger();
        Coroutine.Body<Object> foo = co -> co.await(Awaitables.fromGenerator(generator(g -> {
            try {
                Integer a = (Integer) g.yield(null);
                return g.yield(a * a);
            } catch (Throwable error) {
                if (error instanceof Oops) {
                    n.addAndGet(100);
                }
                throw error;
            } finally {
                n.addAndGet(1);
            }
        })));
        Step closed = Step.of(Coroutine.of(foo));
        closed.send(null);
        assertThat(closed.send(10)).isEqualTo(100);
        assertThat(n).hasValue(0);
        closed.close();
        assertThat(n).hasValue(1);
        Step thrown = Step.of(Coroutine.of(foo));
        thrown.send(null);
        assertThat(raised(() -> thrown.raise(oops()))).isInstanceOf(Oops.class);
        assertThat(n).hasValue(102);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_11")
    void iteratorOfACoroutineShowsItselfAsAWrapper() {
        try (Coroutine<Object> coroutine = Coroutine.of(co -> 1)) {
            assertThat(coroutine.awaitIterator().toString()).contains("coroutine_wrapper");
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_12")
    void bodyThatSendsToItselfIsAlreadyExecuting() {
        Own<Coroutine<Object>> me = new Own<>();
        me.is(Coroutine.of(co -> me.get().send(null)));
        assertThat(t(() -> me.get().send(null))).isEqualTo("ValueError: coroutine already executing");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_13")
    void valueSentToANewOneIsATypeError() {
        try (Coroutine<Object> coroutine = Coroutine.of(co -> 1)) {
            assertThat(t(() -> coroutine.send("spam")))
                    .isEqualTo("TypeError: can't send non-None value to a just-started coroutine");
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_14")
    void awaitInReplyToCloseIsARuntimeError() {
        Coroutine<Object> coroutine = Coroutine.of(co -> {
            try {
                return co.await(nop());
            } catch (GeneratorExit exit) {
                return co.await(nop());
            }
        });
        coroutine.send(null);
        assertThat(tried(coroutine::close)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_15")
    void oneThatWasAwaitedCannotBeAwaitedAgain() {
        Coroutine<Object> spammer = Coroutine.of(co -> "spam");
        assertThat(t(() -> Coroutine.of(co -> co.await(spammer)).send(null))).isEqualTo("StopIteration: spam");
        assertThat(t(() -> Coroutine.of(co -> co.await(spammer)).send(null))).isEqualTo(REUSED);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_16")
    void readerOfOneThatEndedByAnExceptionFindsItUsedUp() {
        Coroutine<Object> spammer = Coroutine.of(co -> {
            co.await(nop());
            return "spam";
        });
        Coroutine.Body<Object> read = co -> {
            co.await(nop());
            return co.await(spammer);
        };
        Coroutine<Object> first = Coroutine.of(read);
        first.send(null);
        first.send(null);
        assertThat(t(() -> first.raise(new Oops("ham")))).isEqualTo("Oops: ham");
        Coroutine<Object> second = Coroutine.of(read);
        second.send(null);
        assertThat(t(() -> second.send(null))).isEqualTo(REUSED);
        assertThat(t(() -> second.raise(new Oops("wat")))).isEqualTo(REUSED);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_17")
    void oneThatHasEndedRefusesEveryStepButClose() {
        Coroutine<Object> coroutine = Coroutine.of(co -> "spam");
        assertThat(t(() -> coroutine.send(null))).isEqualTo("StopIteration: spam");
        assertThat(t(() -> coroutine.send(null))).isEqualTo(REUSED);
        assertThat(t(() -> coroutine.raise(new Oops("wat")))).isEqualTo(REUSED);
        coroutine.close();
        coroutine.close();
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_18")
    void iteratorOfOneThatHasEndedRefusesEveryStepButClose() throws Exception {
        Step it = Step.of(Coroutine.of(co -> "spam"));
        assertThat(t(() -> it.send(null))).isEqualTo("StopIteration: spam");
        assertThat(t(() -> it.send(null))).isEqualTo(REUSED);
        assertThat(t(() -> it.iterator().next())).isEqualTo(REUSED);
        assertThat(t(() -> it.raise(new Oops("wat")))).isEqualTo(REUSED);
        assertThat(t(() -> it.raise(new Oops("wat")))).isEqualTo(REUSED);
        it.close();
        it.close();
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_19")
    void closeReachesTheInnermostBodyOnce() {
        AtomicInteger seen = new AtomicInteger();
        Coroutine<Object> coroutine = Coroutine.of(co -> co.await(Awaitables.fromGenerator(generator(g -> {
            g.yield(null);
            try {
                return g.yield(null);
            } catch (GeneratorExit exit) {
                return seen.incrementAndGet();
            }
        }))));
        coroutine.send(null);
        coroutine.send(null);
        assertThat(seen).hasValue(0);
        for (int i = 0; i < 4; i++) {
            coroutine.close();
            assertThat(seen).hasValue(1);
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_coro_wrapper_send_tuple")
    void listIsAResultLikeAnyOther() {
        assertThat(runAwaited(Coroutine.of(co -> List.of(10)))).isEqualTo(new Run(List.of(), List.of(10)));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_coro_wrapper_send_stop_iterator")
    void stopIterationIsAResultLikeAnyOther() {
        Object result = runAwaited(Coroutine.of(co -> new StopIteration(10))).result();
        assertThat(result).isInstanceOf(StopIteration.class);
        assertThat(((StopIteration) result).value()).isEqualTo(10);
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_cr_await")
    void awaitingIsKnownWhileSuspendedOnly() {
        Own<Coroutine<Object>> b = new Own<>();
        Generator<Object, Object, Object> a = Generator.of("a", co -> {
            assertThat(b.get().state()).isEqualTo(CoroutineState.RUNNING);
            assertThat(b.get().awaiting()).isNull();
            co.yield(null);
            assertThat(b.get().state()).isEqualTo(CoroutineState.RUNNING);
            assertThat(b.get().awaiting()).isNull();
            return null;
        });
        Coroutine<Object> c = Coroutine.of(co -> co.await(Awaitables.fromGenerator(a)));
        b.is(Coroutine.of(co -> {
            assertThat(b.get().awaiting()).isNull();
            co.await(c);
            assertThat(b.get().awaiting()).isNull();
            return null;
        }));
        assertThat(b.get().state()).isEqualTo(CoroutineState.CREATED);
        assertThat(b.get().awaiting()).isNull();
        b.get().send(null);
        assertThat(b.get().state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(b.get().awaiting()).isSameAs(c);
        assertThat(c.awaiting()).hasToString(a.toString());
        assertThat(t(() -> b.get().send(null))).isEqualTo("StopIteration");
        assertThat(b.get().state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(b.get().awaiting()).isNull();
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_1")
    @Tag("test_coroutines.CoroutineTest.test_await_2")
    @Tag("test_coroutines.CoroutineTest.test_await_8")
    void whatIsNoAwaitableIsATypeErrorAtTheAwait() {
        assertThat(t(() -> run(co -> co.await((Awaitable<Object>) null))))
                .isEqualTo("TypeError: object NoneType can't be used in 'await' expression");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_3")
    void awaitableYieldsToTheDriverHoweverItIsDriven() {
        Coroutine.Body<Object> body = co -> co.await(yields(1, 2, 3));
        assertThat(run(body)).isEqualTo(new Run(List.of(1, 2, 3), null));
        assertThat(runAwaited(Coroutine.of(body))).isEqualTo(new Run(List.of(1, 2, 3), null));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_4")
    void awaitGivesTheResultOfACoroutine() {
        assertThat(run(co -> co.await(Coroutine.of(inner -> 42)))).isEqualTo(new Run(List.of(), 42));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_5")
    @Tag("test_coroutines.CoroutineTest.test_await_13")
    void awaitableWithoutAnIteratorIsATypeError() {
        assertThat(t(() -> run(co -> co.await(() -> null))))
                .isEqualTo("TypeError: __await__() returned non-iterator of type 'NoneType'");
    }

    /** An iterator with next() alone, over one value. */
    private static AwaitIterator<Object> over(Object value) {
        return new AwaitIterator<>() {
            private boolean over;

            @Override
            public Object next() {
                if (over) {
                    throw new StopIteration();
                }
                over = true;
                return value;
            }
        };
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_6")
    void anyIteratorServesAndResultsInNothing() {
        assertThat(run(co -> co.await(() -> over(52)))).isEqualTo(new Run(List.of(52), null));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_7")
    void generatorServesAsIteratorAndItsReturnIsTheResult() {
        Awaitable<Object> awaitable = () -> AwaitIterator.of(generator(co -> {
            co.yield(42);
            return 100;
        }));
        assertThat(run(co -> co.await(awaitable))).isEqualTo(new Run(List.of(42), 100));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_10")
    void resultOfAnAwaitMayBeAwaited() {
        Coroutine<Coroutine<Object>> bar = Coroutine.of(co -> Coroutine.of(inner -> 42));
        assertThat(run(co -> co.await(co.await(bar)))).isEqualTo(new Run(List.of(), 42));
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_12")
    void coroutineIsNoAwaitIterator() {
        try (Coroutine<Object> coroutine = Coroutine.of(co -> "spam")) {
            assertThat(coroutine).isNotInstanceOf(AwaitIterator.class);
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_14")
    void valuesAndExceptionsReachACoroutineThroughItsIterator() {
        Coroutine.Body<Object> coro1 = co -> {
            try {
                return co.await(nop(), Oops.class);
            } catch (Oops e) {
                throw new IllegalStateException("marker");
            }
        };
        Coroutine.Body<Object> coro2 = co -> co.await(() -> Coroutine.of(coro1).awaitIterator());
        Coroutine<Object> sent = Coroutine.of(coro2);
        sent.send(null);
        assertThat(t(() -> sent.send("spam"))).isEqualTo("StopIteration: spam");
        Coroutine<Object> thrown = Coroutine.of(coro2);
        thrown.send(null);
        assertThat(t(() -> thrown.raise(oops()))).isEqualTo("IllegalStateException: marker");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_15")
    void suspendedOneIsBeingAwaitedAlready() {
        Coroutine<Object> coroutine = Coroutine.of(co -> co.await(nop()));
        coroutine.send(null);
        assertThat(t(() -> Coroutine.of(co -> co.await(coroutine)).send(null)))
                .isEqualTo("RuntimeError: coroutine is being awaited already");
        coroutine.close();
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_await_16")
    void exceptionThatIsAResultIsLinkedToNothing() {
        Run run = run(co -> {
            try {
                throw oops();
            } catch (Oops e) {
                return co.await(Coroutine.of(inner -> new RuntimeError("result")));
            }
        });
        assertThat((Throwable) run.result()).hasNoCause().hasNoSuppressedExceptions();
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_cr_frame_after_close")
    void frameIsGoneAfterClose() {
        Coroutine<Object> coroutine = Coroutine.of(co -> 1);
        assertThat(coroutine.frame()).isNotNull();
        coroutine.close();
        assertThat(coroutine.frame()).isNull();
    }
}
