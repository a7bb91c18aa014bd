package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.agen;
import static io.corobridge.cpython.Cases.generator;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.run;
import static io.corobridge.cpython.Cases.t;
import static io.corobridge.cpython.Cases.yields;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.Generator;
import io.corobridge.GeneratorState;
import io.corobridge.cpython.Cases.Own;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_inspect about states. */
class StateTest {
    private final Generator<Object, Object, Object> generator = generator(co -> {
        for (int i = 0; i < 5; i++) {
            co.yield(i);
        }
        return null;
    });
    private final Coroutine<Object> coroutine = Coroutine.of(co -> co.await(yields(0, 1, 2, 3, 4)));
    private final AsyncGenerator<Object, Object> asyncGenerator = agen(co -> {
        for (int i = 0; i < 5; i++) {
            co.yield(i);
        }
    });

    @Test
    @Tag("test_inspect.TestGetGeneratorState.test_created")
    @Tag("test_inspect.TestGetGeneratorState.test_suspended")
    void generatorIsCreatedThenSuspended() {
        assertThat(generator.state()).isEqualTo(GeneratorState.CREATED);
        generator.next();
        assertThat(generator.state()).isEqualTo(GeneratorState.SUSPENDED);
    }

    @Test
    @Tag("test_inspect.TestGetGeneratorState.test_closed_after_exhaustion")
    void generatorIsClosedAfterItsEnd() {
        assertThat(generator).hasSize(5);
        assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetGeneratorState.test_closed_after_immediate_exception")
    void generatorIsClosedAfterAnExceptionBeforeItsStart() {
        assertThat(t(() -> generator.raise(oops()))).isEqualTo("Oops");
        assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetGeneratorState.test_closed_after_close")
    void generatorIsClosedAfterClose() {
        generator.close();
        assertThat(generator.state()).isEqualTo(GeneratorState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetGeneratorState.test_running")
    void generatorIsRunningInItsBody() {
        Own<Generator<Object, Object, Object>> own = new Own<>();
        own.is(generator(co -> {
            co.yield(own.get().state());
            return own.get().state();
        }));
        assertThat(own.get().next()).isEqualTo(GeneratorState.RUNNING);
        assertThat(t(own.get()::next)).isEqualTo("StopIteration: RUNNING");
    }

    @Test
    @Tag("test_inspect.TestGetCoroutineState.test_created")
    @Tag("test_inspect.TestGetCoroutineState.test_suspended")
    void coroutineIsCreatedThenSuspended() {
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CREATED);
        coroutine.send(null);
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
    }

    @Test
    @Tag("test_inspect.TestGetCoroutineState.test_closed_after_exhaustion")
    void coroutineIsClosedAfterItsEnd() {
        assertThat(run(coroutine).yielded()).hasSize(5);
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetCoroutineState.test_closed_after_immediate_exception")
    void coroutineIsClosedAfterAnExceptionBeforeItsStart() {
        assertThat(t(() -> coroutine.raise(oops()))).isEqualTo("Oops");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetCoroutineState.test_closed_after_close")
    void coroutineIsClosedAfterClose() {
        coroutine.close();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetAsyncGenState.test_created")
    @Tag("test_inspect.TestGetAsyncGenState.test_suspended")
    void asyncGeneratorIsCreatedThenSuspended() {
        assertThat(asyncGenerator.state()).isEqualTo(AsyncGeneratorState.CREATED);
        assertThat(run(co -> co.await(asyncGenerator.anext())).result()).isEqualTo(0);
        assertThat(asyncGenerator.state()).isEqualTo(AsyncGeneratorState.SUSPENDED);
    }

    @Test
    @Tag("test_inspect.TestGetAsyncGenState.test_closed_after_exhaustion")
    void asyncGeneratorIsClosedAfterItsEnd() {
        for (int i = 0; i < 5; i++) {
            run(co -> co.await(asyncGenerator.anext()));
        }
        assertThat(t(() -> run(co -> co.await(asyncGenerator.anext())))).isEqualTo("StopAsyncIteration");
        assertThat(asyncGenerator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetAsyncGenState.test_closed_after_immediate_exception")
    void asyncGeneratorIsClosedAfterAnExceptionBeforeItsStart() {
        assertThat(t(() -> run(co -> co.await(asyncGenerator.athrow(oops()))))).isEqualTo("Oops");
        assertThat(asyncGenerator.state()).isEqualTo(AsyncGeneratorState.CLOSED);
    }

    @Test
    @Tag("test_inspect.TestGetAsyncGenState.test_running")
    void asyncGeneratorIsRunningInItsBody() {
        Own<AsyncGenerator<Object, Object>> own = new Own<>();
        own.is(agen(co -> {
            co.yield(own.get().state());
            co.yield(own.get().state());
        }));
        for (int i = 0; i < 2; i++) {
            assertThat(run(co -> co.await(own.get().anext())).result()).isEqualTo(AsyncGeneratorState.RUNNING);
            assertThat(own.get().state()).isEqualTo(AsyncGeneratorState.SUSPENDED);
        }
    }
}
