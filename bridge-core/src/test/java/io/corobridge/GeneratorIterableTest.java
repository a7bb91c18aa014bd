package io.corobridge;

import static io.corobridge.ProtocolSupport.t;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks a generator as a Java Iterable, the twin of looping over one in Python. */
class GeneratorIterableTest {
    private final List<Object> log = new ArrayList<>();

    private Generator<Integer, Object, String> counting() {
        return Generator.of(co -> {
            for (int i = 1; i <= 3; i++) {
                log.add("before " + i);
                co.yield(i);
            }
            return "ignored";
        });
    }

    @Test
    @Tag("B17")
    void aLoopTakesWhatIsYieldedOneStepAtATimeAndIgnoresTheResult() {
        Generator<Integer, Object, String> g = counting();
        for (int value : g) {
            log.add(value);
        }

        assertThat(log).containsExactly("before 1", 1, "before 2", 2, "before 3", 3);
        assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
        assertThat(g).isEmpty();
    }

    @Test
    void leavingTheLoopEarlyDoesNotCloseTheGenerator() {
        try (Generator<Integer, Object, String> g = counting()) {
            for (int value : g) {
                log.add(value);
                break;
            }

            assertThat(log).containsExactly("before 1", 1);
            assertThat(g.state()).isEqualTo(GeneratorState.SUSPENDED);
            assertThat(t(g::next)).isEqualTo("-> 2");
            assertThat(g).containsExactly(3);
        }
    }

    @Test
    void hasNextStepsOnceHoweverOftenItIsAsked() {
        Iterator<Integer> iterator = counting().iterator();
        assertThat(log).isEmpty();

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(log).containsExactly("before 1");
        assertThat(iterator.next()).isEqualTo(1);
        assertThat(iterator.next()).isEqualTo(2);
        assertThat(iterator.next()).isEqualTo(3);
        assertThat(t(iterator::next)).isEqualTo("NoSuchElementException");
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void twoIteratorsShareTheOneGenerator() {
        Generator<Integer, Object, String> g = counting();
        Iterator<Integer> first = g.iterator();
        Iterator<Integer> second = g.iterator();

        assertThat(first.next()).isEqualTo(1);
        assertThat(second.next()).isEqualTo(2);
        assertThat(first.next()).isEqualTo(3);
        assertThat(second.hasNext()).isFalse();
        assertThat(first.hasNext()).isFalse();
    }

    @Test
    void aNullThatIsYieldedIsAnElement() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            co.yield(null);
            return co.yield("x");
        });

        assertThat(g).containsExactly(null, "x");
    }

    @Test
    void whatTheBodyRaisesComesOutOfTheLoop() {
        IOException error = new IOException("e");
        Generator<Integer, Object, Object> g = Generator.of(co -> {
            co.yield(1);
            throw error;
        });
        Iterator<Integer> iterator = g.iterator();

        assertThat(iterator.next()).isEqualTo(1);
        assertThat(catchThrowable(iterator::hasNext)).isSameAs(error);
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    @Tag("B09")
    void aStopIterationRaisedByTheBodyDoesNotEndTheLoopQuietly() {
        Generator<Integer, Object, Object> g = Generator.of(co -> {
            throw new StopIteration("s");
        });

        assertThat(t(() -> g.iterator().hasNext())).isEqualTo("RuntimeError: generator raised StopIteration");
    }
}
