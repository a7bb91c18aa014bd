package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.t;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.StopIteration;
import io.corobridge.cpython.Cases.Oops;
import io.corobridge.cpython.Cases.Step;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_types.CoroutineTests, about what types.coroutine makes of generators and of what behaves like them. */
class AwaitedGeneratorTest {
    private static Generator<Object, Object, Object> two() {
        return generator(co -> {
            co.yield(1);
            return co.yield(2);
        });
    }

    @Test
    @Tag("test_types.CoroutineTests.test_gen")
    @Tag("test_types.CoroutineTests.test_genfunc")
    void generatorThatIsAwaitedTakesEveryStep() {
        Step wrapper = Step.of(Awaitables.fromGenerator(two()));
        assertThat(wrapper.iterator().next()).isEqualTo(1);
        assertThat(wrapper.send(null)).isEqualTo(2);
        assertThat(t(() -> wrapper.send("spam"))).isEqualTo("StopIteration: spam");
        Step another = Step.of(Awaitables.fromGenerator(two()));
        another.send(null);
        assertThat(t(() -> another.raise(new Oops("ham")))).isEqualTo("Oops: ham");
    }

    /** Yields what it was made with, and ends with twice what is sent. */
    private static final class Doubling implements AwaitIterator<Integer>, AwaitIterator.Sends {
        private boolean begun;

        @Override
        public Object next() {
            return send(null);
        }

        @Override
        public Object send(Object value) {
            if (!begun) {
                begun = true;
                return "spam";
            }
            throw new StopIteration((Integer) value * 2);
        }
    }

    @Test
    @Tag("test_types.CoroutineTests.test_duck_functional_gen")
    @Tag("test_types.CoroutineTests.test_duck_gen")
    void whatBehavesLikeAGeneratorCanBeAwaited() {
        Coroutine<Integer> coroutine = Coroutine.of(co -> co.<Integer>await(Doubling::new) + 100);
        assertThat(coroutine.send(null)).isEqualTo("spam");
        assertThat(t(() -> coroutine.send(20))).isEqualTo("StopIteration: 140");
    }

    @Test
    @Tag("test_types.CoroutineTests.test_duck_coro")
    @Tag("test_types.CoroutineTests.test_duck_corogen")
    @Tag("test_types.CoroutineTests.test_returning_itercoro")
    void whatIsItsOwnIteratorIsAwaitedAsItIs() {
        class Own implements Awaitable<Object>, AwaitIterator<Object> {
            @Override
            public AwaitIterator<Object> awaitIterator() {
                return this;
            }

            @Override
            public Object next() {
                return this;
            }
        }
        Own own = new Own();
        Coroutine<Object> coroutine = Coroutine.of(co -> co.await(own));
        assertThat(coroutine.send(null)).isSameAs(own);
        assertThat(coroutine.awaiting()).isSameAs(own);
    }

    @Test
    @Tag("test_types.CoroutineTests.test_wrapper_object")
    void iteratorOfAGeneratorShowsItselfAsTheGenerator() {
        Generator<Object, Object, Object> generator = two();
        assertThat(Awaitables.fromGenerator(generator).awaitIterator()).hasToString(generator.toString());
    }
}
