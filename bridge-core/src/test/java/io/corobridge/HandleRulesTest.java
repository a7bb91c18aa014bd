package io.corobridge;

import static io.corobridge.ProtocolSupport.NET_SECONDS;
import static io.corobridge.ProtocolSupport.onAnotherThread;
import static io.corobridge.ProtocolSupport.started;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.ProtocolSupport.Own;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that a handle works inside its own running body only, and how interrupts pass between a body and who steps it. */
class HandleRulesTest {
    private static final String BELONGS =
            "RuntimeError: 'await' and 'yield' belong inside the running body that the handle was given to: this is ";
    private static final String USE = "; use the handle of the body you are in";
    private static final String ELSEWHERE = BELONGS + "another body or thread" + USE;

    private final List<String> log = new ArrayList<>();

    private static String notInside(String what) {
        return BELONGS + "not inside " + what + USE;
    }

    /** No test may leave the flag to the next. */
    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void aCoroutinesHandleUsedWhileItIsSuspendedIsARuntimeErrorAndHarmsNothing() {
        Own<Co> handle = new Own<>();
        Coroutine<Object> c = Coroutine.of("c", co -> handle.is(co).await(y("waits")));
        c.send(null);
        Co co = handle.get();

        assertThat(t(() -> co.await(y()))).isEqualTo(notInside("coroutine 'c'"));
        assertThat(t(() -> co.await(Awaitables.ready(1)))).isEqualTo(notInside("coroutine 'c'"));
        assertThat(t(co::checkCancelled)).isEqualTo(notInside("coroutine 'c'"));
        assertThat(t(() -> co.each((AsyncIterable<Object>) () -> null))).isEqualTo(notInside("coroutine 'c'"));
        assertThat(t(() -> co.with(null, value -> value))).isEqualTo(notInside("coroutine 'c'"));
        assertThat(c.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    void aHandleUsedAfterItsBodyHasEndedIsARuntimeError() {
        Own<Co> handle = new Own<>();
        Coroutine<Object> c = Coroutine.of("c", handle::is);
        t(() -> c.send(null));
        assertThat(t(() -> handle.get().await(y()))).isEqualTo(notInside("coroutine 'c'"));
        assertThat(c.state()).isEqualTo(CoroutineState.CLOSED);

        Own<GeneratorCo<Object, Object>> generatorHandle = new Own<>();
        Generator<Object, Object, Object> g = Generator.of("g", generatorHandle::is);
        t(g::next);
        assertThat(t(() -> generatorHandle.get().yield(1))).isEqualTo(notInside("generator 'g'"));
    }

    @Test
    void aGeneratorsHandleUsedWhileItIsSuspendedIsARuntimeErrorAndHarmsNothing() {
        Own<GeneratorCo<Object, Object>> handle = new Own<>();
        Generator<Object, Object, Object> g =
                Generator.of("g", co -> handle.is(co).yield(1));
        g.next();
        GeneratorCo<Object, Object> co = handle.get();

        assertThat(t(() -> co.yield(2))).isEqualTo(notInside("generator 'g'"));
        assertThat(t(() -> co.yieldFrom(List.of()))).isEqualTo(notInside("generator 'g'"));
        assertThat(t(() -> co.yieldFrom((Generator<Object, Object, Object>) null)))
                .isEqualTo(notInside("generator 'g'"));
        assertThat(t(() -> g.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    void aHandleUsedOnAnotherThreadWhileItsBodyRunsIsARuntimeErrorThere() {
        Coroutine<Object> c = Coroutine.of(co -> {
            log.add(onAnotherThread(() -> co.await(y("stolen"))));
            return co.await(y("own"));
        });
        assertThat(t(() -> c.send(null))).isEqualTo("-> 'own'");
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: v");

        Generator<Object, Object, Object> g = Generator.of(co -> {
            log.add(onAnotherThread(() -> co.yield("stolen")));
            return co.yield("own");
        });
        assertThat(t(g::next)).isEqualTo("-> 'own'");
        assertThat(t(() -> g.send("v"))).isEqualTo("StopIteration: v");
        assertThat(log).containsExactly(ELSEWHERE, ELSEWHERE);
    }

    @Test
    void anOuterBodysHandleInsideAnInnerBodyThatItAwaitsIsARuntimeErrorInTheInner() {
        Coroutine<Object> outer = Coroutine.of(
                "outer",
                co -> co.await(Coroutine.of("inner", own -> {
                    log.add(t(() -> co.await(y("wrong handle"))));
                    return own.await(y("right handle"));
                })));

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'right handle'");
        assertThat(log).containsExactly(notInside("coroutine 'outer'"));
        assertThat(t(() -> outer.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    void anOuterBodysHandleInsideABodyThatItStepsByHandIsARuntimeErrorInTheInner() {
        Coroutine<Object> outer = Coroutine.of("outer", co -> {
            Generator<Object, Object, Object> inner = Generator.of("inner", own -> {
                log.add(t(() -> co.await(y("wrong handle"))));
                return own.yield("right handle");
            });
            return co.await(y(inner.next()));
        });

        assertThat(t(() -> outer.send(null))).isEqualTo("-> 'right handle'");
        assertThat(log).containsExactly(ELSEWHERE);
        assertThat(t(() -> outer.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    void aSuspendedInnerBodysHandleInsideTheOuterBodyIsARuntimeErrorInTheOuter() {
        Own<GeneratorCo<Object, Object>> handle = new Own<>();
        Generator<Object, Object, Object> inner =
                Generator.of("inner", co -> handle.is(co).yield(1));
        Generator<Object, Object, Object> outer = Generator.of("outer", co -> {
            inner.next();
            log.add(t(() -> handle.get().yield("wrong handle")));
            return co.yield("right handle");
        });

        assertThat(t(outer::next)).isEqualTo("-> 'right handle'");
        assertThat(log).containsExactly(notInside("generator 'inner'"));
        assertThat(t(() -> inner.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    void anInterruptOfTheSteppingThreadReachesTheBodyThatBlocks() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Coroutine<Object> c = Coroutine.of(co -> {
            entered.countDown();
            try {
                return never.await(NET_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return "interrupted, flag " + Thread.currentThread().isInterrupted();
            }
        });
        Own<Thread> stepper = new Own<>();
        FutureTask<String> step = started(() -> {
            stepper.is(Thread.currentThread());
            String outcome = t(() -> c.send(null));
            return outcome + "; afterwards " + Thread.currentThread().isInterrupted();
        });
        assertThat(entered.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();
        stepper.get().interrupt();

        assertThat(step.get(NET_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("-> 'StopIteration: interrupted, flag false; afterwards false'");
    }

    @Test
    void anInterruptReachesTheInnermostBodyOfAChain() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Coroutine<Object> inner = Coroutine.of(co -> {
            co.await(y());
            entered.countDown();
            return never.await(NET_SECONDS, TimeUnit.SECONDS);
        });
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner, InterruptedException.class);
            } catch (InterruptedException e) {
                return "outer caught it";
            }
        });
        outer.send(null);
        Own<Thread> stepper = new Own<>();
        FutureTask<String> step = started(() -> {
            stepper.is(Thread.currentThread());
            return outer.send(null);
        });
        assertThat(entered.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();
        stepper.get().interrupt();

        assertThat(step.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("StopIteration: outer caught it");
        assertThat(inner.state()).isEqualTo(CoroutineState.CLOSED);
    }

    @Test
    void anInterruptThatIsPendingBeforeTheStepIsSeenByTheBody() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            co.yield(Thread.currentThread().isInterrupted());
            return Thread.interrupted();
        });
        Thread.currentThread().interrupt();

        assertThat(t(g::next)).isEqualTo("-> true");
        assertThat(t(g::next)).isEqualTo("StopIteration: true");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptThatTheBodyLeavesIsSeenByTheSteppingThread() {
        Generator<Object, Object, Object> g = Generator.of(co -> {
            Thread.currentThread().interrupt();
            co.yield("yields");
            log.add("resumed " + Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            return "returns";
        });

        assertThat(t(g::next)).isEqualTo("-> 'yields'");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(t(g::next)).isEqualTo("StopIteration: returns");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log).containsExactly("resumed false");
    }

    @Test
    void anInterruptThatTheBodyLeavesWhenItRaisesIsSeenByTheSteppingThread() {
        Coroutine<Object> c = Coroutine.of(co -> {
            Thread.currentThread().interrupt();
            throw new InterruptedException("e");
        });

        assertThat(t(() -> c.send(null))).isEqualTo("InterruptedException: e");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedThreadCanCloseABodyAndStaysInterrupted() {
        Coroutine<Object> c = Coroutine.of(co -> {
            try {
                return co.await(y());
            } finally {
                log.add("finally, interrupted " + Thread.currentThread().isInterrupted());
            }
        });
        c.send(null);
        Thread.currentThread().interrupt();

        assertThat(t(c::close)).isEqualTo("-> None");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log).containsExactly("finally, interrupted true");
    }
}
