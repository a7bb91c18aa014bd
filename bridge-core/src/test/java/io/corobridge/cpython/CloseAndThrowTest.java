package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.raised;
import static io.corobridge.cpython.Cases.t;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The facts of test_yield_from.TestInterestingEdgeCases: close, and throws of each kind, on a generator that delegates to one that
 * answers in some way. What they say of implicit contexts has no twin.
 */
class CloseAndThrowTest {
    private static final Object FIRST = new Object();
    private static final Object SECOND = new Object();
    private static final Object RETURNED = new Object();

    /** Of BaseException and Exception, and what is neither a stop nor an exit. */
    private static List<Throwable> others() {
        return List.of(new Throwable("base"), oops());
    }

    private static Generator<Object, Object, Object> outer(Generator.Body<Object, Object, Object> inner) {
        Generator<Object, Object, Object> outer = generator(co -> co.yieldFrom(generator(inner)));
        assertThat(outer.next()).isSameAs(FIRST);
        return outer;
    }

    private static void assertOver(Generator<Object, Object, Object> generator) {
        assertThat(t(generator::next)).isEqualTo("StopIteration");
        assertThat(t(generator::next)).isEqualTo("StopIteration");
    }

    /** The exception that comes out of a throw, after which it is over. */
    private static Throwable thrown(Generator<Object, Object, Object> generator, Throwable error) {
        Throwable raised = raised(() -> generator.raise(error));
        assertOver(generator);
        return raised;
    }

    private static void assertStopWasRaised(Throwable error, Throwable stop) {
        assertThat(error)
                .isInstanceOf(RuntimeError.class)
                .hasMessage("generator raised StopIteration")
                .hasCause(stop);
    }

    @Test
    @Tag("test_yield_from.TestInterestingEdgeCases.test_close_and_throw_work")
    void withAnInnerThatDoesNothing() {
        Supplier<Generator<Object, Object, Object>> made = () -> outer(co -> {
            co.yield(FIRST);
            co.yield(SECOND);
            return RETURNED;
        });
        Generator<Object, Object, Object> closed = made.get();
        closed.close();
        assertOver(closed);
        GeneratorExit exit = new GeneratorExit();
        assertThat(thrown(made.get(), exit)).isSameAs(exit);
        StopIteration stop = new StopIteration();
        assertStopWasRaised(thrown(made.get(), stop), stop);
        others().forEach(error -> assertThat(thrown(made.get(), error)).isSameAs(error));
    }

    @SuppressWarnings("finally")
    private static Generator<Object, Object, Object> raising(Throwable answer) {
        return outer(co -> {
            try {
                co.yield(FIRST);
                co.yield(SECOND);
                return RETURNED;
            } finally {
                throw Cases.<RuntimeException>sneaky(answer);
            }
        });
    }

    @Test
    @Tag("test_yield_from.TestInterestingEdgeCases.test_close_and_throw_raise_generator_exit")
    void withAnInnerThatRaisesAnExit() {
        GeneratorExit answer = new GeneratorExit("answer");
        Generator<Object, Object, Object> closed = raising(answer);
        closed.close();
        assertOver(closed);
        GeneratorExit exit = new GeneratorExit();
        assertThat(thrown(raising(answer), exit)).isSameAs(exit);
        assertThat(thrown(raising(answer), new StopIteration())).isSameAs(answer);
        others().forEach(error -> assertThat(thrown(raising(answer), error)).isSameAs(answer));
    }

    @Test
    @Tag("test_yield_from.TestInterestingEdgeCases.test_close_and_throw_raise_stop_iteration")
    void withAnInnerThatRaisesStopIteration() {
        StopIteration answer = new StopIteration("answer");
        Generator<Object, Object, Object> closed = raising(answer);
        assertStopWasRaised(raised(closed::close), answer);
        assertOver(closed);
        assertStopWasRaised(thrown(raising(answer), new GeneratorExit()), answer);
        assertStopWasRaised(thrown(raising(answer), new StopIteration()), answer);
        others().forEach(error -> assertStopWasRaised(thrown(raising(answer), error), answer));
    }

    private static void assertAnswerComesOut(Throwable answer) {
        Generator<Object, Object, Object> closed = raising(answer);
        assertThat(raised(closed::close)).isSameAs(answer);
        assertOver(closed);
        assertThat(thrown(raising(answer), new GeneratorExit())).isSameAs(answer);
        assertThat(thrown(raising(answer), new StopIteration())).isSameAs(answer);
        others().forEach(error -> assertThat(thrown(raising(answer), error)).isSameAs(answer));
    }

    @Test
    @Tag("test_yield_from.TestInterestingEdgeCases.test_close_and_throw_raise_base_exception")
    void withAnInnerThatRaisesWhatIsNoException() {
        assertAnswerComesOut(new Throwable("answer"));
    }

    @Test
    @Tag("test_yield_from.TestInterestingEdgeCases.test_close_and_throw_raise_exception")
    void withAnInnerThatRaisesAnException() {
        assertAnswerComesOut(oops());
    }

    @Test
    @Tag("test_yield_from.TestInterestingEdgeCases.test_close_and_throw_yield")
    void withAnInnerThatYields() {
        Supplier<Generator<Object, Object, Object>> made = () -> outer(co -> {
            try {
                co.yield(FIRST);
            } finally {
                co.yield(SECOND);
            }
            return RETURNED;
        });
        Generator<Object, Object, Object> closed = made.get();
        assertThat(raised(closed::close))
                .isInstanceOf(RuntimeError.class)
                .hasMessage("generator ignored GeneratorExit")
                .hasNoCause();
        assertOver(closed);
        assertThat(thrown(made.get(), new GeneratorExit())).hasMessage("generator ignored GeneratorExit");
        Generator<Object, Object, Object> stopped = made.get();
        StopIteration stop = new StopIteration();
        assertThat(stopped.raise(stop)).isSameAs(SECOND);
        assertStopWasRaised(raised(stopped::next), stop);
        assertOver(stopped);
        for (Throwable error : others()) {
            Generator<Object, Object, Object> generator = made.get();
            assertThat(generator.raise(error)).isSameAs(SECOND);
            assertThat(raised(generator::next)).isSameAs(error);
            assertOver(generator);
        }
    }

    @Test
    @Tag("test_yield_from.TestInterestingEdgeCases.test_close_and_throw_return")
    void withAnInnerThatReturns() {
        @SuppressWarnings("finally")
        Supplier<Generator<Object, Object, Object>> made = () -> outer(co -> {
            try {
                co.yield(FIRST);
                co.yield(SECOND);
            } finally {
                return RETURNED;
            }
        });
        Generator<Object, Object, Object> closed = made.get();
        closed.close();
        assertOver(closed);
        GeneratorExit exit = new GeneratorExit();
        assertThat(thrown(made.get(), exit)).isSameAs(exit);
        for (Throwable error : List.of(new StopIteration(), new Throwable("base"), oops())) {
            Generator<Object, Object, Object> generator = made.get();
            assertThat(Cases.stopValue(() -> generator.raise(error))).isSameAs(RETURNED);
            assertOver(generator);
        }
    }
}
