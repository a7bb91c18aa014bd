package io.corobridge.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.GeneratorState;
import io.corobridge.OnThread;
import io.corobridge.StopIteration;
import io.corobridge.ValueError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Delegation where somebody else has a hand in the chain. */
class ChainTest {
    private final List<Generator<Object, Object, Object>> p = new ArrayList<>();

    @Test
    void delegatingToAnOuterBodyIsAnError() {
        for (int outer = 0; outer < 3; outer++) {
            int target = outer;
            p.clear();
            p.add(Generator.of(co -> co.yieldFrom(p.get(1))));
            p.add(Generator.of(co -> co.yieldFrom(p.get(2))));
            p.add(Generator.of(co -> {
                co.yield("first");
                return co.yieldFrom(p.get(target));
            }));

            assertThat(p.get(0).next()).isEqualTo("first");
            assertThatThrownBy(() -> p.get(0).next())
                    .isInstanceOf(ValueError.class)
                    .hasMessage("generator already executing");
            assertThat(p).extracting(Generator::state).containsOnly(GeneratorState.CLOSED);
        }
    }

    @Test
    void delegatorGoesOnAfterItsDelegateWasEndedFromOutside() {
        Generator<Object, Object, Object> inner = Generator.of(co -> co.yield("inner"));
        Generator<Object, Object, Object> outer = Generator.of(co -> {
            co.yieldFrom(inner);
            return co.yield("outer");
        });

        assertThat(outer.next()).isEqualTo("inner");
        assertThatThrownBy(inner::next).isInstanceOf(StopIteration.class);
        assertThat(outer.next()).isEqualTo("outer");
        outer.close();
    }

    @Test
    void delegatorIsClosedAfterItsDelegateWasEndedFromOutside() {
        Generator<Object, Object, Object> inner = Generator.of(co -> co.yield("inner"));
        Generator<Object, Object, Object> outer = Generator.of(co -> {
            try {
                return co.yieldFrom(inner);
            } catch (GeneratorExit e) {
                return "closed";
            }
        });

        outer.next();
        inner.close();
        assertThat(outer.closeAndReturn()).isEqualTo("closed");
    }

    @Test
    void partThatAnotherThreadStepsIsRefusedToWhoDelegatesToItNotInsideIt() {
        Generator<Object, Object, Object> inner = Generator.of(onThread(co -> co.yield("inner")));
        Generator<Object, Object, Object> middle = Generator.of(onThread(co -> co.yieldFrom(inner)));
        Generator<Object, Object, Object> outer = Generator.of(co -> {
            try {
                return co.yieldFrom(middle);
            } catch (ValueError e) {
                return co.yield("outer: " + e.getMessage());
            }
        });
        assertThat(outer.next()).isEqualTo("inner");

        // As a step on the middle one leaves it, just before the innermost body runs on.
        Machine busy = ((GeneratorObject<?, ?, ?>) inner).machine();
        Machine stepped = ((GeneratorObject<?, ?, ?>) middle).machine();
        assertThat(busy.claim(stepped)).isTrue();
        assertThat(outer.next()).isEqualTo("outer: generator already executing");
        busy.unclaim(stepped);
        assertThat(middle.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThatThrownBy(() -> middle.send("v")).isInstanceOf(StopIteration.class);
        outer.close();
    }

    private static Generator.Body<Object, Object, Object> onThread(Generator.Body<Object, Object, Object> body) {
        return OnThread.body(Generator.Body.class, body);
    }
}
