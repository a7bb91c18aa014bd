package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.agen;
import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.run;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.yields;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncIterable;
import io.corobridge.AsyncIterables;
import io.corobridge.AsyncIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.StopAsyncIteration;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Step;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_asyncgen.AsyncGenAsyncioTest about aiter and anext. */
class AnextTest {
    /** With a default and without, one step after another. */
    private static void assertCountsToTwo(Supplier<AsyncIterator<Object>> iterators) {
        run(co -> {
            AsyncIterator<Object> it = iterators.get();
            assertThat(co.await(AsyncIterables.anext(it))).isEqualTo(1);
            assertThat(co.await(AsyncIterables.anext(it, "buckle"))).isEqualTo(2);
            assertThat(co.await(AsyncIterables.anext(it, "shoe"))).isEqualTo("shoe");
            assertThat(t(() -> co.await(AsyncIterables.anext(it)))).isEqualTo("StopAsyncIteration");
            return null;
        });
    }

    private static AsyncGenerator<Object, Object> two() {
        return agen(co -> {
            co.yield(1);
            co.yield(2);
        });
    }

    /** Each step is what a function makes of a body. */
    private static AsyncIterator<Object> counting(Function2 steps) {
        int[] yielded = {0};
        return () -> steps.of(() -> {
            if (yielded[0] >= 2) {
                throw new StopAsyncIteration();
            }
            return ++yielded[0];
        });
    }

    private interface Function2 {
        Awaitable<Object> of(Supplier<Object> body);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_generator_anext")
    void stepsOfAnAsyncGenerator() {
        assertCountsToTwo(AnextTest::two);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_python_async_iterator_anext")
    void stepsThatAreCoroutines() {
        assertCountsToTwo(() -> counting(body -> Coroutine.of(co -> body.get())));
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_python_async_iterator_types_coroutine_anext")
    void stepsThatAreAwaitedGenerators() {
        assertCountsToTwo(() -> counting(body -> Awaitables.fromGenerator(generator(co -> body.get()))));
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_aiter")
    void aiterOfAnAsyncGenerator() {
        AsyncIterator<Object> it = AsyncIterables.aiter(two());
        assertThat(run(AsyncIterables.toList(it)).result()).hasToString("[1, 2]");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_aiter_class")
    void aiterOfWhatGivesAnAsyncGenerator() {
        AsyncIterable<Object> iterable = AnextTest::two;
        AsyncIterator<Object> it = AsyncIterables.aiter(iterable);
        assertThat(run(AsyncIterables.toList(it)).result()).hasToString("[1, 2]");
    }

    private static void assertBothRaise(AsyncIterator<Object> source, String error) {
        run(co -> {
            assertThat(t(() -> co.await(AsyncIterables.anext(source, "default"))))
                    .startsWith(error);
            assertThat(t(() -> co.await(AsyncIterables.anext(source)))).startsWith(error);
            return null;
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_anext_bad_await")
    void stepWithoutAnIteratorIsATypeErrorAtTheAwait() {
        assertBothRaise(() -> () -> null, "TypeError: __await__() returned non-iterator");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_anext_return_iterator")
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_anext_return_generator")
    void whatIsNoAwaitableIsATypeErrorAtTheAwait() {
        assertBothRaise(() -> null, "TypeError: object NoneType can't be used in 'await' expression");
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_anext_await_raises")
    void exceptionOfAwaitIteratorIsRaisedAtTheAwait() {
        assertBothRaise(
                () -> () -> {
                    throw new ArithmeticException("/ by zero");
                },
                "ArithmeticException: / by zero");
    }

    /** Awaits once, and after Oops once more. */
    private static AsyncGenerator<Object, Object> awaiting() {
        return agen(co -> {
            try {
                co.await(yields(1), Oops.class);
            } catch (Oops e) {
                co.await(yields(2));
            }
        });
    }

    private static Step withDefault(AsyncGenerator<Object, Object> generator) {
        return Step.of(AsyncIterables.anext(generator, "default"));
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_anext_iter")
    void stepWithADefaultPassesEverySignal() throws Exception {
        Step ends = withDefault(awaiting());
        assertThat(ends.send(null)).isEqualTo(1);
        assertThat(ends.raise(oops())).isEqualTo(2);
        assertThat(t(() -> ends.send(null))).isEqualTo("StopIteration: default");

        Step fails = withDefault(awaiting());
        fails.send(null);
        fails.raise(oops());
        assertThat(t(() -> fails.raise(new Oops("val")))).isEqualTo("Oops: val");

        Step closed = withDefault(awaiting());
        closed.send(null);
        closed.close();
        assertThat(t(() -> closed.send(null))).contains("RuntimeError: cannot reuse");

        Step returns = withDefault(agen(co -> {
            try {
                co.await(yields(10, 11), Oops.class);
            } catch (Oops e) {
                return;
            }
            co.yield("aaa");
        }));
        assertThat(returns.send(null)).isEqualTo(10);
        assertThat(t(() -> returns.raise(oops()))).isEqualTo("StopIteration: default");

        Step unstarted = withDefault(awaiting());
        assertThat(t(() -> unstarted.raise(new Oops("early")))).isEqualTo("Oops: early");
    }
}
