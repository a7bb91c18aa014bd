package io.corobridge;

import static io.corobridge.AsyncSupport.agen;
import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.flags;
import static io.corobridge.AsyncSupport.hand;
import static io.corobridge.AsyncSupport.outcome;
import static io.corobridge.AsyncSupport.show;
import static io.corobridge.AsyncSupport.y;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncSupport.KeyError;
import io.corobridge.AsyncSupport.Step;
import io.corobridge.AsyncSupport.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The step objects of an async generator (table D): used twice, two at once, sent to, raised in and dropped. */
class AsyncGeneratorStepRulesTest {
    private static final String ANEXT_USED = "RuntimeError: cannot reuse already awaited __anext__()/asend()";
    private static final String ATHROW_USED = "RuntimeError: cannot reuse already awaited aclose()/athrow()";
    private static final String ANEXT_BUSY = "RuntimeError: anext(): asynchronous generator is already running";
    private static final String ATHROW_BUSY = "RuntimeError: athrow(): asynchronous generator is already running";
    private static final String ACLOSE_BUSY = "RuntimeError: aclose(): asynchronous generator is already running";

    private final List<Object> log = new ArrayList<>();
    private AsyncGenerator<Object, Object> self;

    private AsyncGenerator<Object, Object> waiting() {
        return agen(co -> {
            try {
                co.await(y("io"));
                co.yield(1);
            } finally {
                log.add("finally");
            }
        });
    }

    private AsyncGenerator<Object, Object> atFirstYield(AsyncGenerator.Body<Object, Object> body) {
        AsyncGenerator<Object, Object> generator = agen(body);
        hand(generator.anext()).next();
        return generator;
    }

    @Test
    @Tag("D03")
    @Tag("T17")
    void valueGivenToTheFirstSendWinsOverTheArgumentOfAsend() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            while (true) {
                log.add(show(co.yield(null)));
            }
        });
        hand(generator.asend(null)).next();
        hand(generator.asend("A")).next();
        hand(generator.asend("A")).send("B");
        hand(generator.anext()).send("C");
        Way.AWAITED.go(generator.asend("D"));
        Way.AWAITED_DEEPER.go(generator.anext());

        assertThat(log).containsExactly("A", "B", "C", "D", "None");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D04")
    void stepThatHasEndedCannotBeAwaitedAgainAndItsCloseDoesNothing(Way way) {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.yield(1);
            co.yield(2);
        });
        Awaitable<Object> step = generator.asend(null);
        assertThat(way.go(step)).isEqualTo("StopIteration: 1");
        assertThat(way.go(step)).isEqualTo(ANEXT_USED);
        assertThat(hand(step).send("v")).isEqualTo(ANEXT_USED);
        assertThat(hand(step).raise(new KeyError("k"))).isEqualTo(ANEXT_USED);
        assertThat(hand(step).close()).isEqualTo("-> None");
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");

        Awaitable<?> close = generator.aclose();
        assertThat(way.go(close)).isEqualTo("StopIteration");
        assertThat(way.go(close)).isEqualTo(ATHROW_USED);
        assertThat(hand(close).raise(new KeyError("k"))).isEqualTo(ATHROW_USED);
        assertThat(hand(close).close()).isEqualTo("-> None");

        Awaitable<Object> raise = atFirstYield(co -> co.yield(1)).athrow(new KeyError("k"));
        assertThat(way.go(raise)).isEqualTo("KeyError: k");
        assertThat(way.go(raise)).isEqualTo(ATHROW_USED);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D04")
    void athrowStepThatAwaitedAndEndedIsClosedAsAnyOther(Way way) {
        AsyncGenerator<Object, Object> generator = atFirstYield(co -> {
            try {
                co.yield(1);
            } catch (KeyError e) {
                co.yield(co.await(y("io")));
                co.yield("more");
            }
        });
        Awaitable<Object> step = generator.athrow(new KeyError("k"));
        Step driven = way.of(step);
        assertThat(driven.next()).isEqualTo("-> io");
        assertThat(driven.send("v")).isEqualTo("StopIteration: v");

        assertThat(hand(step).next()).isEqualTo(ATHROW_USED);
        assertThat(hand(step).raise(new KeyError("k"))).isEqualTo(ATHROW_USED);
        assertThat(hand(step).close()).isEqualTo("-> None");
        assertThat(way.go(generator.anext())).isEqualTo("StopIteration: more");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D07")
    void secondStepIsRefusedWhileTheFirstIsSuspendedAtAnAwaitAndIsUsedUpByThat(Way way) {
        AsyncGenerator<Object, Object> generator = waiting();
        Step first = way.of(generator.asend(null));
        assertThat(first.next()).isEqualTo("-> io");
        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");

        Awaitable<?> asend = generator.asend(null);
        assertThat(way.go(asend)).isEqualTo(ANEXT_BUSY);
        assertThat(way.go(asend)).isEqualTo(ANEXT_USED);
        Awaitable<?> anext = generator.anext();
        assertThat(way.go(anext)).isEqualTo(ANEXT_BUSY);
        assertThat(way.go(anext)).isEqualTo(ANEXT_USED);
        Awaitable<?> athrow = generator.athrow(new KeyError("k"));
        assertThat(way.go(athrow)).isEqualTo(ATHROW_BUSY);
        assertThat(way.go(athrow)).isEqualTo(ATHROW_USED);
        Awaitable<?> aclose = generator.aclose();
        assertThat(way.go(aclose)).isEqualTo(ACLOSE_BUSY);
        assertThat(way.go(aclose)).isEqualTo(ATHROW_USED);

        assertThat(hand(generator.asend(null)).raise(new KeyError("k"))).isEqualTo(ANEXT_BUSY);
        assertThat(hand(generator.athrow(new KeyError("t"))).raise(new KeyError("k")))
                .isEqualTo(ATHROW_BUSY);
        assertThat(hand(generator.aclose()).raise(new KeyError("k"))).isEqualTo(ACLOSE_BUSY);

        assertThat(first.next()).isEqualTo("StopIteration: 1");
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D08")
    void bodyThatStepsItsOwnGeneratorIsRefused(Way way) {
        self = agen(co -> {
            for (Awaitable<?> step : List.of(self.asend(null), self.athrow(new KeyError("k")), self.aclose())) {
                try {
                    co.await(step);
                } catch (RuntimeError e) {
                    log.add(show(e));
                }
                log.add(hand(self.anext()).next());
            }
            log.add(flags(self));
            co.yield(1);
        });

        assertThat(way.go(self.anext())).isEqualTo("StopIteration: 1");
        assertThat(log)
                .containsExactly(
                        ANEXT_BUSY, ANEXT_BUSY, ATHROW_BUSY, ANEXT_BUSY, ACLOSE_BUSY, ANEXT_BUSY, "RUNNING running");
    }

    @Test
    @Tag("D08")
    void bodyThatStepsTheStepItIsInIsRefusedAndTheStepGoesOn() {
        List<Step> own = new ArrayList<>();
        self = agen(co -> {
            log.add(own.get(0).next());
            log.add(flags(self));
            co.yield(1);
        });
        own.add(hand(self.anext()));

        assertThat(own.get(0).next()).isEqualTo("StopIteration: 1");
        assertThat(log).containsExactly("ValueError: async generator already executing", "RUNNING running");
    }

    @Test
    @Tag("D17")
    void valueGivenToTheFirstSendOfAthrowOrAcloseIsARuntimeErrorAndTheStepCanStillBeUsed() {
        String refused = "RuntimeError: can't send non-None value to a just-started coroutine";

        Step close = hand(atFirstYield(co -> co.yield(1)).aclose());
        assertThat(close.send(1)).isEqualTo(refused);
        assertThat(close.next()).isEqualTo("StopIteration");

        AsyncGenerator<Object, Object> generator = atFirstYield(co -> co.yield(1));
        Step raise = hand(generator.athrow(new KeyError("v")));
        assertThat(raise.send(1)).isEqualTo(refused);
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
        assertThat(raise.next()).isEqualTo("KeyError: v");
    }

    @Test
    @Tag("D18")
    void exceptionRaisedInAnUnstartedStepIsRaisedInTheGeneratorAndTheArgumentIsDropped() {
        AsyncGenerator.Body<Object, Object> body = co -> {
            try {
                log.add(show(co.yield(1)));
            } catch (ValueError e) {
                log.add(show(e));
                co.yield("caught");
            }
        };
        AsyncGenerator<Object, Object> caught = atFirstYield(body);
        assertThat(hand(caught.asend("dropped")).raise(new ValueError("v"))).isEqualTo("StopIteration: caught");

        AsyncGenerator<Object, Object> escapes = atFirstYield(body);
        assertThat(hand(escapes.asend(null)).raise(new KeyError("k"))).isEqualTo("KeyError: k");
        assertThat(flags(escapes)).isEqualTo("CLOSED");

        AsyncGenerator<Object, Object> thrown = atFirstYield(body);
        assertThat(hand(thrown.athrow(new KeyError("dropped"))).raise(new ValueError("w")))
                .isEqualTo("StopIteration: caught");

        AsyncGenerator<Object, Object> closing = atFirstYield(body);
        assertThat(hand(closing.aclose()).raise(new ValueError("x")))
                .isEqualTo("RuntimeError: async generator ignored GeneratorExit");
        assertThat(log).containsExactly("ValueError: v", "ValueError: w", "ValueError: x");
    }

    @Test
    @Tag("D18")
    void exceptionRaisedInTheUnstartedStepOfAnUnstartedGeneratorClosesItUnentered() {
        AsyncGenerator<Object, Object> generator = waiting();

        assertThat(hand(generator.anext()).raise(new KeyError("k"))).isEqualTo("KeyError: k");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D29")
    void exceptionRaisedWhileTheBodyAwaitsArrivesAtTheAwaitAndMayBeAnsweredWithAYield(Way way) {
        CancelledError cancelled = new CancelledError("c");
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(co.await(y("io")));
            } catch (CancelledError e) {
                log.add(e == cancelled);
                co.yield("saved");
            }
        });
        Step step = way.of(generator.anext());
        assertThat(step.next()).isEqualTo("-> io");
        assertThat(step.raise(cancelled)).isEqualTo("StopIteration: saved");
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
        assertThat(log).containsExactly(true);
    }

    @Test
    @Tag("D30")
    @Tag("T15")
    void stepThatIsDroppedInFlightLeavesTheGeneratorRunning() {
        AsyncGenerator<Object, Object> generator = waiting();
        hand(generator.anext()).next();

        assertThat(flags(generator)).isEqualTo("RUNNING running suspended");
        assertThat(hand(generator.anext()).next()).isEqualTo(ANEXT_BUSY);
        assertThat(hand(generator.aclose()).next()).isEqualTo(ACLOSE_BUSY);
        assertThat(generator.isRunning()).isTrue();
        assertThat(log).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D34")
    void exceptionThatNobodyCatchesAtTheAwaitFinishesTheGenerator(Way way) {
        AsyncGenerator<Object, Object> generator = waiting();
        KeyError error = new KeyError("cancel");
        Step step = way.of(generator.anext());
        step.next();

        assertThat(step.raise(error)).isEqualTo("KeyError: cancel");
        assertThat(flags(generator)).isEqualTo("CLOSED");
        assertThat(way.go(generator.anext())).isEqualTo("StopAsyncIteration");
        assertThat(log).containsExactly("finally");
    }

    @Test
    void stepThatWasBegunByHandCanBeAwaitedToItsEnd() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            Object first = co.await(y("one"));
            co.yield(show(first) + "+" + co.await(y("two")));
        });
        Awaitable<Object> step = generator.anext();
        assertThat(hand(step).next()).isEqualTo("-> one");

        Coroutine<Object> awaits = coroutine(co -> co.await(step));
        assertThat(outcome(() -> awaits.send(null))).isEqualTo("-> two");
        assertThat(awaits.awaiting()).isSameAs(step);
        assertThat(awaits.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(outcome(() -> awaits.send("b"))).isEqualTo("StopIteration: None+b");
    }

    @Test
    void stepThatIsFinishedByHandBehindItsAwaiterIsAnErrorForTheAwaiter() {
        AsyncGenerator<Object, Object> generator = waiting();
        Awaitable<Object> step = generator.anext();
        Coroutine<Object> awaits = coroutine(co -> co.await(step));
        assertThat(outcome(() -> awaits.send(null))).isEqualTo("-> io");
        assertThat(hand(step).next()).isEqualTo("StopIteration: 1");

        assertThat(outcome(() -> awaits.send(null))).isEqualTo(ANEXT_USED);
        assertThat(awaits.state()).isEqualTo(CoroutineState.CLOSED);
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");
    }

    @Test
    void twoCoroutinesCannotWaitForStepsOfOneGeneratorAtOnce() {
        AsyncGenerator<Object, Object> generator = waiting();
        Coroutine<Object> first = coroutine(co -> co.await(generator.anext()));
        Coroutine<Object> second = coroutine(co -> co.await(generator.anext()));

        assertThat(outcome(() -> first.send(null))).isEqualTo("-> io");
        assertThat(outcome(() -> second.send(null))).isEqualTo(ANEXT_BUSY);
        assertThat(outcome(() -> first.send(null))).isEqualTo("StopIteration: 1");
    }

    @ParameterizedTest
    @EnumSource
    void generatorThatIsHeldStaysSuspendedThoughItsStepsAreCollected(Way way) throws InterruptedException {
        AsyncGenerator<Object, Object> held = waiting();
        takeFirstStep(way, held);
        CountDownLatch collected = new CountDownLatch(1);
        stepAndDrop(collected);
        while (!collected.await(1, TimeUnit.MILLISECONDS)) {
            System.gc();
        }

        assertThat(flags(held)).isEqualTo("SUSPENDED suspended");
        assertThat(log).isEmpty();
        assertThat(way.go(held.anext())).isEqualTo("StopAsyncIteration");
    }

    private static void takeFirstStep(Way way, AsyncGenerator<Object, Object> generator) {
        Step step = way.of(generator.anext());
        step.next();
        assertThat(step.next()).isEqualTo("StopIteration: 1");
    }

    private static void stepAndDrop(CountDownLatch collected) {
        AsyncGenerator<Object, Object> dropped = agen(co -> {
            try {
                co.yield(1);
            } finally {
                collected.countDown();
            }
        });
        hand(dropped.anext()).next();
    }

    @Test
    void errorThatTheBodyHandsToItsDriverIsNoRefusal() {
        ValueError handed = new ValueError("handed to the driver");
        AsyncGenerator<Object, Object> generator = agen(co -> co.yield(co.await(y(handed))));
        Step step = hand(generator.anext());
        assertThat(step.next()).isEqualTo("-> ValueError: handed to the driver");
        assertThat(step.send("v")).isEqualTo("StopIteration: v");
    }
}
