package io.corobridge.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.RuntimeError;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two subscribers at once: a look at the object's state is where the one meets the other. */
class RunsTest {
    private final Set<Object> started = new HashSet<>();
    private Runnable meanwhile = () -> {};
    private int copies;

    private final Runs<String> runs = new Runs<>(
            "object",
            run -> {
                Runnable other = meanwhile;
                meanwhile = () -> {};
                other.run();
                return !started.contains(run);
            },
            () -> "copy " + ++copies,
            "refused");

    private String start() {
        String run = runs.get();
        assertThat(started.add(run)).isTrue();
        return run;
    }

    @Test
    void oneOfTwoSubscribersRunsTheObjectAndTheOtherACopy() {
        String[] other = new String[1];
        meanwhile = () -> other[0] = start();
        assertThat(Set.of(start(), other[0])).containsExactlyInAnyOrder("object", "copy 1");
    }

    @Test
    void objectThatSomebodyElseHasSteppedIsRefusedToBothOfTwoSubscribers() {
        started.add("object");
        meanwhile = this::isRefused;
        isRefused();
        isRefused();
    }

    private void isRefused() {
        assertThatThrownBy(runs::get).isExactlyInstanceOf(RuntimeError.class).hasMessage("refused");
    }
}
