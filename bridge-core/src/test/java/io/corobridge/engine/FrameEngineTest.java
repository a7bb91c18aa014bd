package io.corobridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.GeneratorExit;
import io.corobridge.RuntimeError;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Frames of both kinds in one body. */
class FrameEngineTest {
    private final List<Object> log = new ArrayList<>();

    @Test
    void helpersAreResumedInnermostFirst() {
        int depth = 1_000;
        Coroutine<Object> coroutine = coroutine(new Helper(depth, depth / 2));

        assertThat(coroutine.send(null)).isEqualTo("bottom");
        assertThat(log).isEmpty();
        assertThat(coroutine.send("first")).isEqualTo("again");
        assertThat(log).hasSize(depth / 2 + 1).first().isEqualTo("0 first");
        assertThatThrownBy(() -> coroutine.send("second"))
                .isInstanceOfSatisfying(
                        StopIteration.class, e -> assertThat(e.value()).isEqualTo("second"));
        assertThat(log).hasSize(depth + 2).last().isEqualTo(depth + " second");
    }

    @Test
    void anExceptionPassesHelpersInnermostFirst() {
        int depth = 1_000;
        Coroutine<Object> coroutine = coroutine(new Helper(depth, -1));
        coroutine.send(null);

        ValueError error = new ValueError("thrown");
        assertThat(catchThrowable(() -> coroutine.raise(error))).isSameAs(error);
        assertThat(log).hasSize(depth + 1).startsWith("0 " + error, "1 " + error);
    }

    @Test
    void closingAFrameRaisesAtItsSuspension() {
        Coroutine<Object> coroutine = coroutine(new Helper(3, -1));
        coroutine.send(null);
        coroutine.close();

        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).hasSize(4).allMatch(entry -> entry.toString().endsWith(GeneratorExit.class.getName()));
    }

    @Test
    void aFrameThatSuspendsWhileItIsClosedIsAnError() {
        Coroutine<Object> coroutine = coroutine(new Frame() {
            private int step;

            @Override
            protected Object resume(Exchange exchange, Object value, Throwable error) {
                if (step++ < 2) {
                    Frames.yields(exchange, step);
                    return null;
                }
                return "end";
            }
        });

        coroutine.send(null);
        assertThatThrownBy(coroutine::close)
                .isInstanceOf(RuntimeError.class)
                .hasMessage("coroutine ignored GeneratorExit");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(coroutine.closeAndReturn()).isEqualTo("end");
    }

    @Test
    void plainCodeBetweenFramesAwaits() {
        Coroutine<Object> coroutine =
                coroutine(new Calls(co -> "wrapped " + co.await(once("a")) + co.await(once("b"))));

        assertThat(coroutine.send(null)).isEqualTo("a");
        assertThat(coroutine.send(1)).isEqualTo("b");
        assertThatThrownBy(() -> coroutine.send(2))
                .isInstanceOfSatisfying(
                        StopIteration.class, e -> assertThat(e.value()).isEqualTo("wrapped 12"));
        assertThat(log).containsExactly("resumed with wrapped 12");
    }

    @Test
    void plainCodeThatNeverAwaitsReturnsAtOnce() {
        Coroutine<Object> coroutine = coroutine(new Calls(co -> "at once"));

        assertThatThrownBy(() -> coroutine.send(null))
                .isInstanceOfSatisfying(
                        StopIteration.class, e -> assertThat(e.value()).isEqualTo("at once"));
    }

    @Test
    void forEachAwaits() {
        Coroutine<Object> coroutine = coroutine(new Calls(co -> {
            List.of("a", "b", "c").forEach(each -> log.add(co.await(once(each))));
            return "end";
        }));

        assertThat(coroutine.send(null)).isEqualTo("a");
        assertThat(coroutine.send(1)).isEqualTo("b");
        assertThat(coroutine.send(2)).isEqualTo("c");
        assertThatThrownBy(() -> coroutine.send(3)).isInstanceOf(StopIteration.class);
        assertThat(log).containsExactly(1, 2, 3, "resumed with end");
    }

    @Test
    void anExceptionCrossesPlainCodeAndItsFinallyAwaits() {
        Coroutine<Object> coroutine = coroutine(new Calls(co -> {
            try {
                return co.await(once("body"));
            } finally {
                log.add(co.await(once("finally")));
            }
        }));

        ValueError error = new ValueError("thrown");
        assertThat(coroutine.send(null)).isEqualTo("body");
        assertThat(coroutine.raise(error)).isEqualTo("finally");
        assertThat(catchThrowable(() -> coroutine.send("cleaned"))).isSameAs(error);
        assertThat(log).containsExactly("cleaned", "resumed with " + error);
    }

    @Test
    void plainCodeIsClosedAcrossTheBoundary() {
        Coroutine<Object> coroutine = coroutine(new Calls(co -> {
            try {
                return co.await(once("body"));
            } finally {
                log.add("finally");
            }
        }));

        coroutine.send(null);
        coroutine.close();
        assertThat(coroutine.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("finally", "resumed with " + GeneratorExit.class.getName());
    }

    /** Yields a value once; what is sent is the result. */
    private static Awaitable<Object> once(Object value) {
        return () -> new Once(value);
    }

    private static final class Once implements AwaitIterator<Object>, AwaitIterator.Sends {
        private Object value;

        Once(Object value) {
            this.value = value;
        }

        @Override
        public Object next() {
            if (value == null) {
                throw new StopIteration();
            }
            Object yielded = value;
            value = null;
            return yielded;
        }

        @Override
        public Object send(Object sent) {
            throw new StopIteration(sent);
        }
    }

    private static Coroutine<Object> coroutine(Frame frame) {
        return Coroutine.of(new Framed(frame));
    }

    private record Framed(Frame frame) implements Coroutine.Body<Object>, FrameBody {
        @Override
        public Object run(Co co) {
            throw new AssertionError("runs as a frame");
        }

        @Override
        public Frame newFrame() {
            return frame;
        }
    }

    /** A helper that calls another one, and at the bottom yields; at one depth it yields once more when it is resumed. */
    private final class Helper extends Frame {
        private final int depth;
        private final int yieldsAgainAt;
        private boolean begun;
        private boolean again;

        Helper(int depth, int yieldsAgainAt) {
            this.depth = depth;
            this.yieldsAgainAt = yieldsAgainAt;
            this.again = depth == yieldsAgainAt;
        }

        @Override
        protected Object resume(Exchange exchange, Object value, Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                if (depth == 0) {
                    Frames.yields(exchange, "bottom");
                } else {
                    new Helper(depth - 1, yieldsAgainAt).resume(exchange, null, null);
                }
                assertThat(Frames.isSuspending(exchange)).isTrue();
                Frames.save(exchange, this);
                return null;
            }
            log.add(depth + " " + (error != null ? error : value));
            if (error != null) {
                throw error;
            }
            if (again) {
                again = false;
                Frames.yields(exchange, "again");
                Frames.save(exchange, this);
                return null;
            }
            return value;
        }
    }

    /** {@code return code(co)}, where the code has no frames of its own. */
    private final class Calls extends Frame {
        private final Function<Co, Object> code;
        private boolean begun;

        Calls(Function<Co, Object> code) {
            this.code = code;
        }

        @Override
        protected Object resume(Exchange exchange, Object value, Throwable error) throws Throwable {
            if (!begun) {
                begun = true;
                Callable<Object> call = () -> code.apply((Co) exchange);
                Object result = Frames.callHandoff(exchange, call);
                if (Frames.isSuspending(exchange)) {
                    Frames.save(exchange, this);
                }
                return result;
            }
            log.add("resumed with " + (error != null ? error : value));
            if (error != null) {
                throw error;
            }
            return value;
        }
    }
}
