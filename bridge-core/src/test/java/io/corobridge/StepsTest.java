package io.corobridge;

import static io.corobridge.ProtocolSupport.NET_SECONDS;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.asyncio.Asyncio;
import io.corobridge.testing.Steps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stepping a coroutine in a unit test: what is checked, and what a failed check says. */
@Timeout(NET_SECONDS)
class StepsTest {
    private final CompletableFuture<String> row = new CompletableFuture<>();
    private final CompletableFuture<String> cache = new CompletableFuture<>();
    private final List<String> log = new ArrayList<>();

    private Coroutine<String> load() {
        return Coroutine.of("load", co -> {
            String found = co.await(row);
            try {
                return co.await(cache, IOException.class);
            } catch (IOException e) {
                return found + " after " + e.getMessage();
            } finally {
                log.add("clean-up");
            }
        });
    }

    @Test
    void conversationIsCheckedStepByStep() {
        Steps.of(load())
                .awaits(row)
                .resume("row")
                .awaits(cache)
                .resume("cached")
                .returns("cached");
        Steps.of(load())
                .awaits(row)
                .resume("row")
                .awaits(cache)
                .raise(new IOException("down"))
                .returns("row after down");
        IllegalStateException error = new IllegalStateException("bad");
        Steps.of(load()).awaitsA(CompletableFuture.class).raise(error).raises(error);
        assertThat(Steps.of(load()).awaits(row).raise(error).raises(IllegalStateException.class))
                .isSameAs(error);
        assertThat(row).isNotDone();
    }

    @Test
    void closingRunsTheCleanUp() {
        Steps.of(load()).awaits(row).resume("row").awaits(cache).closes();
        assertThat(log).containsExactly("clean-up");
    }

    @Test
    void generatorsAndBareYieldsAndSleepsAreConversationsToo() {
        Generator<Integer, String, String> generator = Generator.of(co -> co.yield(1) + co.yield(2));
        Steps.of(generator).yields(1).resume("a").yields(2).resume("b").returns("ab");
        Steps.of(Asyncio.sleep(0)).givesWay().resume(null).returns(null);
        Steps.of(Asyncio.sleep(5, "slept")).awaits("sleep(5.0)").resume(null).returns("slept");
    }

    @Test
    void failureShowsTheWholeConversation() {
        Steps steps = Steps.of(load()).awaits(row).resume("row");
        assertThatThrownBy(() -> steps.awaits(row))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected that it awaits " + row + ". The conversation:\n")
                .hasMessageContaining("    <coroutine object load at 0x")
                .hasMessageEndingWith("  awaits " + row + "\n    resumed with \"row\"\n  awaits " + cache + "\n");
    }

    @Test
    void failureHasWhatTheCoroutineRaisedForItsCause() {
        IllegalStateException error = new IllegalStateException("bad");
        Steps steps = Steps.of(load()).awaits(row).raise(error);
        assertThatThrownBy(() -> steps.returns("x"))
                .hasMessageStartingWith("expected that it returns \"x\". ")
                .hasMessageContaining("    raised there: " + error + "\n  raises " + error)
                .hasCause(error);
    }

    @Test
    void everyKindOfCheckCanFail() {
        assertThatThrownBy(() -> Steps.of(load()).returns("x"))
                .hasMessageStartingWith("expected that it returns \"x\"");
        assertThatThrownBy(() -> Steps.of(load()).raises(IOException.class))
                .hasMessageStartingWith("expected that it raises java.io.IOException");
        assertThatThrownBy(() -> Steps.of(load()).raises(new IOException("x")))
                .hasMessageStartingWith("expected that it raises java.io.IOException: x");
        assertThatThrownBy(() -> Steps.of(load()).awaitsA(String.class))
                .hasMessageStartingWith("expected that it awaits a java.lang.String");
        assertThatThrownBy(() -> Steps.of(load()).givesWay()).hasMessageStartingWith("expected that it yields null");
        assertThatThrownBy(() -> Steps.of(load()).resume("x"))
                .hasMessageStartingWith("expected that it is checked before it is resumed with \"x\"");
        assertThatThrownBy(() ->
                        Steps.of(load()).awaits(row).raise(new IOException("x")).resume(1))
                .hasMessageStartingWith("expected that it is suspended, to be resumed with 1");
        Coroutine<Object> stubborn = Coroutine.of(co -> {
            try {
                return co.await(y(1));
            } finally {
                co.await(y(2));
            }
        });
        Steps steps = Steps.of(stubborn).yields(1);
        assertThatThrownBy(steps::closes)
                .hasMessageStartingWith("expected that it closes")
                .hasMessageContaining("raises io.corobridge.RuntimeError: coroutine ignored GeneratorExit");
    }
}
