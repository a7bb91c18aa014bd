package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.stopValue;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.tried;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.GeneratorState;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import io.corobridge.cpython.Cases.Own;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The facts of the classes of test_generators. */
class GeneratorTest {
    @Test
    @Tag("test_generators.FinalizationTest.test_lambda_generator")
    void yieldMayBeTheResultDirectlyOrThroughDelegation() {
        Supplier<Generator<Object, Object, Object>> f = () -> generator(co -> co.yield(1));
        Supplier<Generator<Object, Object, Object>> delegating = () -> generator(co -> co.yieldFrom(f.get()));
        for (Supplier<Generator<Object, Object, Object>> each : List.of(f, delegating)) {
            Generator<Object, Object, Object> generator = each.get();
            assertThat(generator.next()).isEqualTo(1);
            assertThat(stopValue(() -> generator.send(2))).isEqualTo(2);
        }
    }

    /** Names cannot be changed here. */
    @Test
    @Tag("test_generators.GeneratorTest.test_name")
    void hasANameAndAQualifiedName() {
        Generator<Object, Object, Object> generator = Generator.of("func", co -> co.yield(1));
        assertThat(generator.name()).isEqualTo("func");
        assertThat(generator.qualifiedName()).isEqualTo("GeneratorTest.func");
    }

    @Test
    @Tag("test_generators.GeneratorTest.test_send_non_none_to_new_gen")
    void valueSentToANewOneIsATypeErrorAndItCanStillBeUsed() {
        Generator<Object, Object, Object> generator = generator(co -> co.yield(1));
        assertThat(t(() -> generator.send(0)))
                .isEqualTo("TypeError: can't send non-None value to a just-started generator");
        assertThat(generator.next()).isEqualTo(1);
    }

    @Test
    @Tag("test_generators.ExceptionTest.test_stopiteration_error")
    void stopIterationThatEscapesBecomesARuntimeError() {
        assertThat(t(() -> generator(co -> {
                            throw new StopIteration();
                        })
                        .next()))
                .isEqualTo("RuntimeError: generator raised StopIteration");
    }

    @Test
    @Tag("test_generators.ExceptionTest.test_tutorial_stopiteration")
    void stopIterationAfterAYieldBecomesARuntimeError() {
        Generator<Object, Object, Object> generator = generator(co -> {
            co.yield(1);
            throw new StopIteration();
        });
        assertThat(generator.next()).isEqualTo(1);
        assertThat(t(generator::next)).isEqualTo("RuntimeError: generator raised StopIteration");
    }

    private static void assertReturns(Object value) {
        Generator<Object, Object, Object> generator = generator(co -> co.yield(1));
        assertThat(generator.next()).isEqualTo(1);
        assertThat(stopValue(() -> generator.send(value))).isSameAs(value);
    }

    @Test
    @Tag("test_generators.ExceptionTest.test_return_tuple")
    void listIsAReturnValueLikeAnyOther() {
        assertReturns(List.of(2));
    }

    @Test
    @Tag("test_generators.ExceptionTest.test_return_stopiteration")
    void stopIterationIsAReturnValueLikeAnyOther() {
        assertReturns(new StopIteration(2));
    }

    /** Answers an exit by returning 0. */
    private static Generator<Object, Object, Object> returningZero() {
        return generator(co -> {
            try {
                return co.yield(null);
            } catch (GeneratorExit exit) {
                return 0;
            }
        });
    }

    @Test
    @Tag("test_generators.GeneratorCloseTest.test_close_no_return_value")
    void closeGivesNothingWhenTheExitEscapes() {
        Generator<Object, Object, Object> generator = generator(co -> co.yield(null));
        generator.send(null);
        assertThat(generator.closeAndReturn()).isNull();
    }

    @Test
    @Tag("test_generators.GeneratorCloseTest.test_close_return_value")
    void closeGivesWhatIsReturnedInReply() {
        Generator<Object, Object, Object> generator = returningZero();
        generator.send(null);
        assertThat(generator.closeAndReturn()).isEqualTo(0);
    }

    @Test
    @Tag("test_generators.GeneratorCloseTest.test_close_not_catching_exit")
    void returnThatIsNotReachedIsNotGiven() {
        Generator<Object, Object, Object> generator = generator(co -> {
            co.yield(null);
            return 0;
        });
        generator.send(null);
        assertThat(generator.closeAndReturn()).isNull();
    }

    @Test
    @Tag("test_generators.GeneratorCloseTest.test_close_not_started")
    void closeOfANewOneGivesNothing() {
        assertThat(returningZero().closeAndReturn()).isNull();
    }

    @Test
    @Tag("test_generators.GeneratorCloseTest.test_close_exhausted")
    void closeOfAnExhaustedOneGivesNothing() {
        Generator<Object, Object, Object> generator = returningZero();
        generator.next();
        assertThat(t(generator::next)).isEqualTo("StopIteration");
        assertThat(generator.closeAndReturn()).isNull();
    }

    @Test
    @Tag("test_generators.GeneratorCloseTest.test_close_closed")
    void secondCloseGivesNothing() {
        Generator<Object, Object, Object> generator = returningZero();
        generator.send(null);
        assertThat(generator.closeAndReturn()).isEqualTo(0);
        assertThat(generator.closeAndReturn()).isNull();
    }

    @Test
    @Tag("test_generators.GeneratorCloseTest.test_close_raises")
    void closeRaisesWhatIsRaisedInReply() {
        Generator<Object, Object, Object> generator = generator(co -> {
            try {
                co.yield(null);
            } catch (GeneratorExit exit) {
                // And on.
            }
            throw new RuntimeError("raised");
        });
        generator.send(null);
        assertThat(tried(generator::close)).isEqualTo("RuntimeError: raised");
    }

    /** What the body held; only the body refers to it once this method has returned. */
    private static WeakReference<Object> closed(
            Own<Generator<Object, Object, Object>> kept, ReferenceQueue<Object> collected) {
        Object local = new Object();
        Generator<Object, Object, Object> generator = kept.is(generator(co -> {
            co.yield(local.hashCode());
            return local;
        }));
        generator.next();
        generator.close();
        return new WeakReference<>(local, collected);
    }

    @Test
    @Timeout(60)
    @Tag("test_generators.GeneratorCloseTest.test_close_releases_frame_locals")
    void closeLetsGoOfWhatTheBodyHeld() throws InterruptedException {
        Own<Generator<Object, Object, Object>> kept = new Own<>();
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> local = closed(kept, collected);
        // A body with a thread lets go of it only when that has ended.
        do {
            System.gc();
        } while (collected.remove(50) == null);
        assertThat(local.get()).isNull();
        assertThat(kept.get().state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("test_generators.GeneratorThrowTest.test_throw_after_none_exc_type")
    void exceptionAfterAHandledOneIsHandledToo() {
        Generator<Object, Object, Object> generator = generator(co -> {
            try {
                throw new IllegalArgumentException("handled");
            } catch (IllegalArgumentException e) {
                // Handled.
            }
            try {
                return co.yield(null);
            } catch (Exception e) {
                throw new RuntimeError("in reply");
            }
        });
        generator.send(null);
        assertThat(t(() -> generator.raise(new ValueError("v")))).isEqualTo("RuntimeError: in reply");
    }

    @Test
    @Tag("test_generators.YieldFromTests.test_generator_gi_yieldfrom")
    void yieldingFromIsKnownWhileSuspendedThereOnly() {
        Own<Generator<Object, Object, Object>> b = new Own<>();
        Generator<Object, Object, Object> a = Generator.of("a", co -> {
            assertThat(b.get().state()).isEqualTo(GeneratorState.RUNNING);
            assertThat(b.get().yieldingFrom()).isNull();
            co.yield(null);
            assertThat(b.get().state()).isEqualTo(GeneratorState.RUNNING);
            assertThat(b.get().yieldingFrom()).isNull();
            return null;
        });
        b.is(generator(co -> {
            assertThat(b.get().yieldingFrom()).isNull();
            co.yieldFrom(a);
            assertThat(b.get().yieldingFrom()).isNull();
            co.yield(null);
            assertThat(b.get().yieldingFrom()).isNull();
            return null;
        }));
        Generator<Object, Object, Object> generator = b.get();
        assertThat(generator.state()).isEqualTo(GeneratorState.CREATED);
        assertThat(generator.yieldingFrom()).isNull();
        generator.send(null);
        assertThat(generator.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(generator.yieldingFrom()).isSameAs(a);
        generator.send(null);
        assertThat(generator.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(generator.yieldingFrom()).isNull();
        assertThat(t(generator::next)).isEqualTo("StopIteration");
        assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
        assertThat(generator.yieldingFrom()).isNull();
    }
}
