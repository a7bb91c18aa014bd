package io.corobridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.asyncio.Asyncio;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code frame()} tells the very line that a body is suspended at, in the body itself and in helpers, on every engine. */
@Tag("A30")
class FrameTest {
    @Test
    void standsAtTheLineOfTheYield() {
        Generator<Integer, Object, Void> generator = Generator.ofVoid(co -> {
            co.yield(lineOfCaller());
            for (int i = 0; i < 2; i++) {
                co.yield(lineOfCaller());
            }
        });
        for (int line : generator) {
            StackTraceElement frame = generator.frame();
            assertThat(frame.getLineNumber()).isEqualTo(line);
            assertThat(frame.getFileName()).isEqualTo("FrameTest.java");
            assertThat(frame.getClassName()).isEqualTo(FrameTest.class.getName());
            assertThat(frame.getMethodName()).startsWith("lambda$standsAtTheLineOfTheYield$");
        }
        assertThat(generator.frame()).isNull();
    }

    @Test
    void standsInTheHelperThatSuspended() {
        Generator<Integer, Object, Void> generator = Generator.ofVoid(co -> helper(co, 3));
        int line = generator.next();
        assertThat(generator.frame().getMethodName()).isEqualTo("helper");
        assertThat(generator.frame().getLineNumber()).isEqualTo(line);
        line = generator.next();
        assertThat(generator.frame().getLineNumber()).isEqualTo(line);
    }

    @Test
    void standsAtTheAwaitWhileWhatIsAwaitedStandsAtItsOwn() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(ProtocolSupport.y(lineOfCaller())));
        Coroutine<Object> outer = Coroutine.of(co -> {
            int line = lineOfCaller();
            return co.await(inner) + " " + line;
        });
        int innermost = (Integer) outer.send(null);
        assertThat(inner.frame().getLineNumber()).isEqualTo(innermost);
        assertThat(outer.frame().getLineNumber()).isEqualTo(innermost + 3);
    }

    @Test
    void isTheBodysClassBeforeTheStart() {
        Coroutine<Object> coroutine = Coroutine.of("fetch", co -> 1);
        assertThat(coroutine.frame().getClassName()).isEqualTo(FrameTest.class.getName());
        assertThat(coroutine.frame().getMethodName()).isEqualTo("fetch");
    }

    private static void helper(GeneratorCo<Integer, Object> co, int depth) {
        if (depth == 0) {
            co.yield(lineOfCaller());
            co.yield(lineOfCaller());
        } else {
            helper(co, depth - 1);
        }
    }

    private static int lineOfCaller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }

    @Test
    void coroutineOfTheLibraryIsKnownByItsNameAlone() {
        try (Coroutine<?> sleep = Asyncio.sleep(1)) {
            assertThat(sleep.qualifiedName()).isEqualTo("sleep");
        }
    }
}
