package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.agen;
import static io.corobridge.cpython.Cases.asyncio;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.t;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorHooks;
import io.corobridge.Coroutine;
import io.corobridge.asyncio.Asyncio;
import io.corobridge.asyncio.EventLoop;
import io.corobridge.asyncio.ExceptionContext;
import io.corobridge.asyncio.Task;
import io.corobridge.cpython.Cases.Oops;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The facts of test_asyncgen.AsyncGenAsyncioTest about a loop that closes async generators that were left. */
class LoopShutdownTest {
    private final List<ExceptionContext> messages = new ArrayList<>();

    private void listen() {
        Asyncio.getRunningLoop().setExceptionHandler((loop, context) -> messages.add(context));
    }

    @SuppressWarnings("finally")
    private static AsyncGenerator<Object, Object> raisingAtItsEnd() {
        return agen(co -> {
            try {
                co.yield(1);
                co.yield(2);
            } finally {
                throw oops();
            }
        });
    }

    /** Takes the first element only. */
    private static void first(io.corobridge.Co co, AsyncGenerator<Object, Object> generator) {
        for (Object element : co.each(generator)) {
            assertThat(element).isEqualTo(1);
            break;
        }
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_01")
    void cancelledTasksFinishTheirAsyncGenerators() {
        AtomicInteger finalized = new AtomicInteger();
        asyncio(co -> {
            List<Task<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                AsyncGenerator<Object, Object> waiter = agen(g -> {
                    try {
                        g.await(Asyncio.sleep(1));
                        g.yield(1);
                    } finally {
                        g.await(Asyncio.sleep(0));
                        finalized.incrementAndGet();
                    }
                });
                tasks.add(Asyncio.createTask(Coroutine.of(task -> {
                    first(task, waiter);
                    return null;
                })));
            }
            co.await(Asyncio.sleep(0.1));
            tasks.forEach(Task::cancel);
            for (Task<Object> task : tasks) {
                assertThat(t(() -> co.await(task))).isEqualTo("CancelledError");
            }
            return co.await(Asyncio.getRunningLoop().shutdownAsyncgens());
        });
        assertThat(finalized).hasValue(2);
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_02")
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_asyncgen_nonstarted_hooks_are_cancellable")
    void oneThatWasLeftEarlyIsClosedQuietlyAtTheEndOfTheLoop() {
        List<String> seen = new ArrayList<>();
        AsyncGenerator<Object, Object> it = agen(co -> {
            try {
                co.yield(1);
                co.yield(2);
            } finally {
                co.await(Asyncio.sleep(0.01));
                seen.add("closed");
            }
        });
        asyncio(co -> {
            listen();
            first(co, it);
            return null;
        });
        assertThat(seen).containsExactly("closed");
        assertThat(messages).isEmpty();
        assertThat(AsyncGeneratorHooks.get().firstiter()).isNull();
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_exception_01")
    void exceptionOfOneThatIsClosedAtTheEndOfTheLoopIsTold() {
        AsyncGenerator<Object, Object> it = raisingAtItsEnd();
        asyncio(co -> {
            listen();
            first(co, it);
            return null;
        });
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).message()).contains("an error occurred during closing of asynchronous generator");
        assertThat(messages.get(0).exception()).isInstanceOf(Oops.class);
        assertThat(messages.get(0).source()).isSameAs(it);
    }

    /** Runs garbage collection until something holds, letting the loop run in between. */
    private static void collectUntil(io.corobridge.Co co, java.util.function.BooleanSupplier done) {
        for (int i = 0; i < 10_000 && !done.getAsBoolean(); i++) {
            System.gc();
            Thread.onSpinWait();
            co.await(Asyncio.sleep(0));
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_gc_aclose_09")
    void oneThatIsDroppedIsClosedByTheLoop() {
        AtomicInteger done = new AtomicInteger();
        List<EventLoop> loops = new ArrayList<>();
        asyncio(co -> {
            first(co, agen(g -> {
                try {
                    g.yield(1);
                } finally {
                    g.await(Asyncio.sleep(0));
                    loops.add(Asyncio.getRunningLoop());
                    done.set(1);
                }
            }));
            collectUntil(co, () -> done.get() == 1);
            assertThat(loops).containsExactly(Asyncio.getRunningLoop());
            return null;
        });
    }

    @Test
    @Tag("test_asyncgen.AsyncGenAsyncioTest.test_async_gen_asyncio_shutdown_exception_02")
    void exceptionOfOneThatWasDroppedIsTold() {
        asyncio(co -> {
            listen();
            first(co, raisingAtItsEnd());
            collectUntil(co, () -> Asyncio.allTasks().size() > 1 || !messages.isEmpty());
            co.await(Asyncio.sleep(0.01));
            collectUntil(co, () -> !messages.isEmpty());
            return null;
        });
        assertThat(messages.get(0).exception()).isInstanceOf(Oops.class);
    }
}
