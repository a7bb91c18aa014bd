package io.corobridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncGenerator;
import io.corobridge.AsyncGeneratorCo;
import io.corobridge.AsyncGeneratorState;
import io.corobridge.AwaitIterator;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.RuntimeError;
import io.corobridge.StopAsyncIteration;
import io.corobridge.StopIteration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When there are no threads to be had. */
class HandoffThreadsTest {
    @Test
    void exhaustionIsAClearError() {
        AtomicInteger asked = new AtomicInteger();
        ThreadFactory exhausted = code -> {
            asked.incrementAndGet();
            throw new OutOfMemoryError("unable to create native thread");
        };

        assertThatThrownBy(() -> HandoffThreads.start(() -> {}, exhausted))
                .isInstanceOf(RuntimeError.class)
                .hasMessageStartingWith("can't start new thread")
                .hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(asked).hasValue(HandoffThreads.CHANCES + 1);
    }

    @Test
    void aThreadThatWasLetGoMeanwhileIsTaken() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean ran = new AtomicBoolean();
        ThreadFactory scarce = code -> {
            if (asked.incrementAndGet() < HandoffThreads.CHANCES) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(code);
        };

        HandoffThreads.start(() -> ran.set(true), scarce).join();
        assertThat(ran).isTrue();
    }

    @Test
    void theCoroutineCanBeStartedLater() {
        Coroutine<Object> coroutine = Coroutine.of(new LateBody(new AtomicBoolean()));

        assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOf(RuntimeError.class)
                .hasMessage("no thread");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CREATED);
        assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOfSatisfying(
                        StopIteration.class, e -> assertThat(e.value()).isEqualTo("ran"));
    }

    @Test
    void anAwaitedCoroutineCanBeStartedLater() {
        Coroutine<Object> inner = Coroutine.of(new LateBody(new AtomicBoolean()));
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (RuntimeError noThread) {
                return inner.state() + " " + co.await(inner);
            }
        });

        assertThatThrownBy(() -> outer.send(null))
                .isInstanceOfSatisfying(
                        StopIteration.class, e -> assertThat(e.value()).isEqualTo("CREATED ran"));
    }

    @Test
    void anAsyncGeneratorCanBeStartedLater() {
        AsyncGenerator<Object, Object> generator = AsyncGenerator.of(new LateBody(new AtomicBoolean()));

        AwaitIterator<Object> first = generator.anext().awaitIterator();
        assertThatThrownBy(first::next).isInstanceOf(RuntimeError.class).hasMessage("no thread");
        assertThat(generator.state()).isEqualTo(AsyncGeneratorState.CREATED);
        AwaitIterator<Object> second = generator.anext().awaitIterator();
        assertThatThrownBy(second::next).isInstanceOf(StopAsyncIteration.class);
    }

    /** A body whose frame gets what it needs at the second attempt only. */
    private record LateBody(AtomicBoolean asked)
            implements Coroutine.Body<Object>, AsyncGenerator.Body<Object, Object>, FrameBody {
        @Override
        public Object run(Co co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public void run(AsyncGeneratorCo<Object, Object> co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public Frame newFrame() {
            return new Frame() {
                @Override
                protected void start(Exchange exchange) {
                    if (!asked.getAndSet(true)) {
                        throw new RuntimeError("no thread");
                    }
                }

                @Override
                protected Object resume(Exchange exchange, Object value, Throwable error) {
                    return "ran";
                }
            };
        }
    }
}
