package io.corobridge;

import static io.corobridge.AsyncSupport.agen;
import static io.corobridge.AsyncSupport.hand;
import static io.corobridge.ProtocolSupport.t;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hooks of async generators, and what objects tell of where their bodies stand. */
@Timeout(300)
class AsyncGeneratorHooksTest {
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void noHooks() {
        AsyncGeneratorHooks.set(null);
    }

    @Test
    @Tag("D24")
    @Tag("T19")
    void firstiterIsCalledOnceWhenTheFirstStepIsAskedFor() {
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(1));
        AsyncGeneratorHooks.set(new AsyncGeneratorHooks(begun -> log.add("first " + (begun == generator)), null));
        assertThat(generator.aiter()).isSameAs(generator);
        assertThat(log).isEmpty();
        Awaitable<Object> step = generator.asend(null);
        assertThat(log).containsExactly("first true");
        assertThat(hand(step).close()).isEqualTo("-> None");
        assertThat(hand(generator.aclose()).close()).isEqualTo("-> None");
        assertThat(log).hasSize(1);
    }

    @Test
    @Tag("D24")
    void exceptionOfFirstiterIsRaisedToWhoAsksForTheStep() {
        AsyncGeneratorHooks.set(new AsyncGeneratorHooks(
                begun -> {
                    throw new ValueError("hook");
                },
                null));
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(1));
        assertThat(t(generator::anext)).isEqualTo("ValueError: hook");
        assertThat(hand(generator.anext()).next()).isEqualTo("StopIteration: 1");
    }

    @Test
    @Tag("D24")
    void hooksOfTheSteppingThreadAreSeenInBodies() {
        AsyncGeneratorHooks hooks = new AsyncGeneratorHooks(begun -> log.add("first"), null);
        AsyncGeneratorHooks.set(hooks);
        Coroutine<Object> coroutine = Coroutine.of(co -> {
            AsyncGenerator<Object, Object> inner = agen(g -> g.yield(AsyncGeneratorHooks.get() == hooks));
            return co.await(inner.anext());
        });
        assertThat(t(() -> coroutine.send(null))).isEqualTo("StopIteration: true");
        assertThat(log).containsExactly("first");
    }

    private static void begin(BlockingQueue<String> seen) {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(1);
            } finally {
                seen.add("closed");
            }
        });
        assertThat(hand(generator.anext()).next()).isEqualTo("StopIteration: 1");
    }

    @Test
    @Tag("D25")
    void finalizerGetsADroppedGeneratorToClose() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        AsyncGeneratorHooks.set(new AsyncGeneratorHooks(null, dropped -> {
            seen.add("dropped " + dropped.state());
            hand(dropped.aclose()).next();
        }));
        begin(seen);
        AsyncGeneratorHooks.set(null);
        String first = null;
        while (first == null) {
            System.gc();
            first = seen.poll(50, TimeUnit.MILLISECONDS);
        }
        assertThat(first).isEqualTo("dropped SUSPENDED");
        assertThat(seen.poll(ProtocolSupport.NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    @Tag("A28")
    @Tag("A30")
    void framesNamesAndCodesTellWhatABodyIs() {
        Coroutine.Body<Object> body = co -> co.await(ProtocolSupport.y(1));
        Coroutine<Object> coroutine = Coroutine.of("fetch", body);
        assertThat(coroutine.qualifiedName()).isEqualTo("AsyncGeneratorHooksTest.fetch");
        assertThat(coroutine.code()).isSameAs(body.getClass());
        assertThat(coroutine.frame().getClassName()).startsWith(AsyncGeneratorHooksTest.class.getName());
        coroutine.send(null);
        assertThat(coroutine.frame().getClassName()).startsWith(AsyncGeneratorHooksTest.class.getName());
        coroutine.close();
        assertThat(coroutine.frame()).isNull();
        assertThat(coroutine.code()).isSameAs(body.getClass());
    }
}
