package io.corobridge;

import static io.corobridge.ProtocolSupport.show;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.ProtocolSupport.Own;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks chains that are stepped from within, or of which an inner part is stepped or ended behind the outer's back. */
class DelegationReentryRulesTest {
    private static final String REUSED = "RuntimeError: cannot reuse already awaited coroutine";

    private final List<String> log = new ArrayList<>();

    /** A coroutine that awaits {@code inner}; an exception at that await is its result, as text. */
    private static Coroutine<Object> watching(Awaitable<Object> inner) {
        return Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (Exception e) {
                return show(e);
            }
        });
    }

    private static Generator<Object, Object, Object> counting() {
        return Generator.of(co -> {
            co.yield(1);
            co.yield(2);
            co.yield(3);
            return "done";
        });
    }

    private static Generator<Object, Object, Object> from(Generator<Object, Object, Object> sub) {
        return Generator.of(co -> co.yieldFrom(sub));
    }

    @Test
    @Tag("C11")
    void everyGeneratorOfAChainIsRunningWhileTheInnermostRunsAndNoneCanBeStepped() {
        Own<Generator<Object, Object, Object>> outers = new Own<>();
        Own<Generator<Object, Object, Object>> middles = new Own<>();
        Generator<Object, Object, Object> leaf = Generator.of("leaf", co -> {
            for (Generator<Object, Object, Object> g : List.of(outers.get(), middles.get())) {
                log.add(g.state() + " " + show(g.yieldingFrom()) + " " + t(g::next));
                log.add(t(g::close));
                log.add(t(() -> g.raise(new IOException())));
            }
            return co.yield(1);
        });
        Generator<Object, Object, Object> middle = middles.is(from(leaf));
        Generator<Object, Object, Object> outer = outers.is(from(middle));

        assertThat(t(outer::next)).isEqualTo("-> 1");
        String executing = "ValueError: generator already executing";
        assertThat(log)
                .containsExactly(
                        "RUNNING None " + executing,
                        executing,
                        executing,
                        "RUNNING None " + executing,
                        executing,
                        executing);
        assertThat(outer.yieldingFrom()).isSameAs(middle);
        assertThat(middle.yieldingFrom()).isSameAs(leaf);
        assertThat(t(() -> outer.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("C11")
    void theInnermostBodyMayTryToStepItsOutersAtLaterStepsToo() {
        Own<Coroutine<Object>> outers = new Own<>();
        Coroutine<Object> inner = Coroutine.of(co -> {
            co.await(y(1));
            log.add(t(() -> outers.get().send(null)));
            co.await(y(2));
            log.add(t(outers.get()::close));
            return "end";
        });
        Coroutine<Object> outer = outers.is(Coroutine.of(co -> co.await(inner)));

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 1");
        assertThat(t(() -> outer.send(null))).isEqualTo("-> 2");
        assertThat(t(() -> outer.send(null))).isEqualTo("StopIteration: end");
        assertThat(log).hasSize(2).containsOnly("ValueError: coroutine already executing");
    }

    @Test
    @Tag("C11")
    void whileAMiddlePartIsSteppedFromOutsideItIsRunningAndTheOuterOnlySuspended() {
        Own<Generator<Object, Object, Object>> outers = new Own<>();
        Own<Generator<Object, Object, Object>> middles = new Own<>();
        Generator<Object, Object, Object> leaf = Generator.of(co -> {
            co.yield(1);
            log.add("outer " + outers.get().state() + ", middle "
                    + middles.get().state());
            log.add(t(outers.get()::next));
            return co.yield(2);
        });
        Generator<Object, Object, Object> middle = middles.is(from(leaf));
        Generator<Object, Object, Object> outer = outers.is(Generator.of(co -> {
            try {
                return co.yieldFrom(middle);
            } catch (ValueError e) {
                return co.yield("outer got " + e.getMessage());
            }
        }));
        outer.next();

        assertThat(t(middle::next)).isEqualTo("-> 2");
        assertThat(log)
                .containsExactly("outer SUSPENDED, middle RUNNING", "-> 'outer got generator already executing'");
        assertThat(outer.state()).isEqualTo(GeneratorState.SUSPENDED);
        assertThat(t(() -> outer.send("o"))).isEqualTo("StopIteration: o");
        assertThat(t(() -> middle.send("m"))).isEqualTo("StopIteration: m");
    }

    @Test
    @Tag("C11")
    void aBodyMayDriveAnotherCoroutineByHand() {
        Coroutine<Object> other = Coroutine.of(co -> List.of(co.await(y("other")), "done"));
        Coroutine<Object> c = Coroutine.of(co -> {
            Object yielded = other.send(null);
            Object answer = co.await(y(yielded));
            return t(() -> other.send(answer));
        });

        assertThat(t(() -> c.send(null))).isEqualTo("-> 'other'");
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: StopIteration: [v, done]");
    }

    @Test
    @Tag("C12")
    void anInnerSteppedBySomebodyElseHasAdvancedForTheOuterToo() {
        Generator<Object, Object, Object> sub = counting();
        Generator<Object, Object, Object> outer = from(sub);

        assertThat(t(outer::next)).isEqualTo("-> 1");
        assertThat(t(sub::next)).isEqualTo("-> 2");
        assertThat(t(outer::next)).isEqualTo("-> 3");
        assertThat(t(outer::next)).isEqualTo("StopIteration: done");
    }

    @Test
    @Tag("C12")
    void anInnerThatWentDeeperBehindTheOutersBackIsSteppedAtItsNewInnermost() {
        Coroutine<Object> deeper = Coroutine.of(co -> "deep " + co.await(y("deep")));
        Coroutine<Object> inner = Coroutine.of(co -> {
            co.await(y("first"));
            return co.await(deeper);
        });
        Coroutine<Object> outer = watching(inner);

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'first'");
        assertThat(t(() -> inner.send(null))).isEqualTo("-> 'deep'");
        assertThat(inner.awaiting()).isSameAs(deeper);
        assertThat(t(() -> outer.send("v"))).isEqualTo("StopIteration: deep v");
        assertThat(inner.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    @Tag("C12")
    void anInnerThatCameUpBehindTheOutersBackIsSteppedItself() {
        Coroutine<Object> deeper = Coroutine.of(co -> co.await(y("deep")));
        Coroutine<Object> inner = Coroutine.of(co -> List.of(co.await(deeper), co.await(y("up"))));
        Coroutine<Object> outer = watching(inner);

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'deep'");
        assertThat(t(() -> inner.send("d"))).isEqualTo("-> 'up'");
        assertThat(t(() -> outer.send("u"))).isEqualTo("StopIteration: [d, u]");
    }

    @Test
    @Tag("C12")
    void theInnermostSteppedDirectlyKeepsTheChainTogether() {
        Coroutine<Object> leaf = Coroutine.of(co -> List.of(co.await(y(1)), co.await(y(2)), co.await(y(3))));
        Coroutine<Object> middle = Coroutine.of(co -> co.await(leaf));
        Coroutine<Object> outer = Coroutine.of(co -> co.await(middle));

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 1");
        assertThat(t(() -> leaf.send("leaf"))).isEqualTo("-> 2");
        assertThat(t(() -> middle.send("middle"))).isEqualTo("-> 3");
        assertThat(t(() -> outer.send("outer"))).isEqualTo("StopIteration: [leaf, middle, outer]");
    }

    @Test
    @Tag("C12")
    void awaitingACoroutineThatWasStartedByHandThroughItsIteratorJoinsItsWholeChain() {
        Coroutine<Object> leaf = Coroutine.of(co -> List.of(co.await(y(1)), co.await(y(2))));
        Coroutine<Object> inner = Coroutine.of(co -> co.await(leaf));
        inner.send(null);
        Coroutine<Object> outer = watching(inner::awaitIterator);

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 2");
        assertThat(t(outer::closeAndReturn)).isEqualTo("-> None");
        assertThat(List.of(leaf.state(), inner.state(), outer.state())).containsOnly(CoroutineState.CLOSED);
    }

    @Test
    @Tag("C13")
    void aGeneratorClosedBehindTheOutersBackEndsTheDelegationWithNull() {
        Generator<Object, Object, Object> sub = counting();
        Generator<Object, Object, Object> outer = Generator.of(co -> co.yield("result " + co.yieldFrom(sub)));
        outer.next();
        sub.close();

        assertThat(t(outer::next)).isEqualTo("-> 'result null'");
    }

    @Test
    @Tag("C13")
    void yieldingFromAGeneratorThatHasEndedResultsInNull() {
        Generator<Object, Object, Object> sub = Generator.of(co -> "once");
        t(sub::next);

        assertThat(t(from(sub)::next)).isEqualTo("StopIteration");
    }

    @Test
    @Tag("C13")
    void yieldingFromAGeneratorThatHasStartedGoesOnWithIt() {
        Generator<Object, Object, Object> sub = counting();
        sub.next();

        assertThat(from(sub)).containsExactly(2, 3);
    }

    @Test
    @Tag("C14")
    void aCoroutineClosedBehindTheOutersBackIsARuntimeErrorAtTheAwait() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y(1)));
        Coroutine<Object> outer = watching(inner);
        outer.send(null);
        inner.close();

        assertThat(outer.awaiting()).isSameAs(inner);
        assertThat(t(() -> outer.send(null))).isEqualTo("StopIteration: " + REUSED);
    }

    @Test
    @Tag("C14")
    void aCoroutineThatReturnedBehindTheOutersBackIsARuntimeErrorAtTheAwait() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y(1)));
        Coroutine<Object> middle = watching(inner);
        Coroutine<Object> outer = Coroutine.of(co -> "outer: " + co.await(middle));
        outer.send(null);
        assertThat(t(() -> inner.send("taken"))).isEqualTo("StopIteration: taken");

        assertThat(t(() -> outer.send("lost"))).isEqualTo("StopIteration: outer: " + REUSED);
    }

    @Test
    @Tag("C23")
    void raisingOnAnInnerThatEndedBehindTheOutersBackReachesTheOuterOfAGeneratorAndIsLostOnACoroutine() {
        IOException v = new IOException("v");
        Generator<Object, Object, Object> sub = counting();
        Generator<Object, Object, Object> outer = from(sub);
        outer.next();
        sub.close();
        assertThat(catchThrowable(() -> outer.raise(v))).isSameAs(v);

        Coroutine<Object> inner = Coroutine.of(co -> co.await(y()));
        Coroutine<Object> awaiting = watching(inner);
        awaiting.send(null);
        inner.close();
        assertThat(t(() -> awaiting.raise(v))).isEqualTo("StopIteration: " + REUSED);
        assertThat(v).hasNoSuppressedExceptions();
    }

    @Test
    @Tag("C05")
    @Tag("C23")
    void aStopIterationRaisedOnAGeneratorThatEndedBehindTheOutersBackEndsTheDelegationWithItsValue() {
        Generator<Object, Object, Object> sub = counting();
        Generator<Object, Object, Object> outer = Generator.of(co -> "r " + co.yieldFrom(sub));
        outer.next();
        sub.close();

        assertThat(t(() -> outer.raise(new StopIteration("v")))).isEqualTo("StopIteration: r v");
    }

    @Test
    @Tag("C24")
    void closingAnOuterWhoseInnerEndedBehindItsBackJustClosesTheOuter() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y()));
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (Throwable e) {
                log.add(show(e));
                throw e;
            }
        });
        outer.send(null);
        inner.close();

        assertThat(t(outer::closeAndReturn)).isEqualTo("-> None");
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(log).containsExactly("GeneratorExit");
    }

    @Test
    @Tag("C24")
    void aGeneratorExitRaisedOnAnOuterWhoseInnerEndedBehindItsBackIsTheVeryOne() {
        GeneratorExit exit = new GeneratorExit("mine");
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y()));
        Coroutine<Object> outer = Coroutine.of(co -> co.await(inner));
        outer.send(null);
        inner.close();

        assertThat(catchThrowable(() -> outer.raise(exit))).isSameAs(exit);
    }

    @Test
    @Tag("C24")
    void closingAnOuterFromAnInnerThatIsSteppedDirectlyIsRefusedByTheInner() {
        Own<Coroutine<Object>> outers = new Own<>();
        Coroutine<Object> inner = Coroutine.of(co -> {
            co.await(y(1));
            log.add(t(outers.get()::closeAndReturn));
            return co.await(y(2));
        });
        Coroutine<Object> outer = outers.is(watching(inner));
        outer.send(null);

        assertThat(t(() -> inner.send(null))).isEqualTo("-> 2");
        assertThat(log).containsExactly("-> 'ValueError: coroutine already executing'");
        assertThat(outer.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(t(() -> inner.send("v"))).isEqualTo("StopIteration: v");
    }
}
