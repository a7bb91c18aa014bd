package io.corobridge.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncGenerator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Coroutine;
import io.corobridge.OnThread;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that meets another thread which has ended the one before, but has not yet let go of the body. */
class AsyncGeneratorStepTest {
    private final AsyncGenerator<Object, Object> generator =
            AsyncGenerator.of(OnThread.<AsyncGenerator.Body<Object, Object>>body(AsyncGenerator.Body.class, co -> {
                for (int i = 0; ; i++) {
                    co.yield(i);
                }
            }));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isRefusedAndTheNextGoesOn(boolean awaited) {
        assertYields(0, awaited);
        Machine body = ((AsyncGeneratorObject<?, ?>) generator).machine;
        Machine elsewhere = ((CoroutineObject<?>) Coroutine.of(co -> null)).machine();
        assertThat(body.claim(elsewhere)).isTrue();
        Awaitable<Object> refused = generator.anext();
        assertThatThrownBy(iterator(refused, awaited)::next)
                .isExactlyInstanceOf(RuntimeError.class)
                .hasMessage("anext(): asynchronous generator is already running");
        body.unclaim(elsewhere);

        assertThat(generator.isRunning()).isFalse();
        assertThatThrownBy(iterator(refused, awaited)::next)
                .isExactlyInstanceOf(RuntimeError.class)
                .hasMessage("cannot reuse already awaited __anext__()/asend()");
        assertYields(1, awaited);
    }

    @Test
    void ofTwoThatFindNoneInFlightOneBegins() {
        AsyncGeneratorObject<Object, Object> object = (AsyncGeneratorObject<Object, Object>) generator;
        assertThat(object.isStepInFlight()).isFalse();
        assertThat(object.beginStep()).isTrue();
        assertThat(object.beginStep()).isFalse();
        object.endStep();
        assertThat(object.beginStep()).isTrue();
    }

    private void assertYields(int expected, boolean awaited) {
        assertThatThrownBy(iterator(generator.anext(), awaited)::next)
                .isInstanceOfSatisfying(
                        StopIteration.class, e -> assertThat(e.value()).isEqualTo(expected));
    }

    private static AwaitIterator<Object> iterator(Awaitable<Object> step, boolean awaited) {
        return awaited ? Coroutine.of(co -> co.await(step)).awaitIterator() : step.awaitIterator();
    }
}
