package io.corobridge;

import static io.corobridge.ProtocolSupport.NET_SECONDS;
import static io.corobridge.ProtocolSupport.onAnotherThread;
import static io.corobridge.ProtocolSupport.started;
import static io.corobridge.ProtocolSupport.t;
import static io.corobridge.ProtocolSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.corobridge.ProtocolSupport.Own;
import io.corobridge.testkit.Garbage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks what can be seen of a coroutine from outside and inside, and how it meets threads and the garbage collector. */
@Timeout(300)
class CoroutineStateRulesTest {
    private final List<String> log = new ArrayList<>();

    private static String look(Coroutine<?> c) {
        Object awaiting = c.awaiting();
        String await = awaiting == null ? "None" : awaiting instanceof Coroutine<?> inner ? inner.name() : "iterator";
        return c.state() + " run=" + c.isRunning() + " susp=" + c.isSuspended() + " await=" + await;
    }

    @Test
    @Tag("A28")
    @Tag("T13")
    void everyCoroutineOfAChainIsRunningAndAwaitsNothingWhileTheInnermostRuns() {
        Own<Coroutine<Object>> outers = new Own<>();
        Own<Coroutine<Object>> inners = new Own<>();
        Awaitable<Object> leaf = Awaitables.fromGenerator(Generator.<Object, Object, Object>of(co -> {
            log.add("in leaf " + look(outers.get()) + ", " + look(inners.get()));
            co.yield(null);
            log.add("in leaf again " + look(outers.get()) + ", " + look(inners.get()));
            return null;
        }));
        Coroutine<Object> inner = inners.is(Coroutine.of("inner", co -> co.await(leaf)));
        Coroutine<Object> outer = outers.is(Coroutine.of("outer", co -> {
            log.add("inside " + look(outers.get()));
            Object value = co.await(inner);
            log.add("after " + look(outers.get()));
            return value;
        }));

        log.add("new " + look(outer));
        outer.send(null);
        log.add("susp " + look(outer) + ", " + look(inner));
        t(() -> outer.send(null));
        log.add("done " + look(outer) + ", " + look(inner));

        String running = "RUNNING run=true susp=false await=None";
        assertThat(log)
                .containsExactly(
                        "new CREATED run=false susp=false await=None",
                        "inside " + running,
                        "in leaf " + running + ", " + running,
                        "susp SUSPENDED run=false susp=true await=inner, SUSPENDED run=false susp=true await=iterator",
                        "in leaf again " + running + ", " + running,
                        "after " + running,
                        "done CLOSED run=false susp=false await=None, CLOSED run=false susp=false await=None");
    }

    @Test
    @Tag("A28")
    void awaitingACoroutineNamesThatVeryObject() {
        Coroutine<Object> inner = Coroutine.of(co -> co.await(y()));
        Coroutine<Object> outer = Coroutine.of(co -> co.await(inner));
        outer.send(null);

        assertThat(outer.awaiting()).isSameAs(inner);
    }

    @Test
    @Tag("A29")
    void awaitingAnyOtherAwaitableNamesTheIteratorItGave() {
        AwaitIterator<Object> iterator = () -> 1;
        Coroutine<Object> c = Coroutine.of(co -> co.await(() -> iterator));
        c.send(null);
        assertThat(c.awaiting()).isSameAs(iterator);

        Coroutine<Object> inner = Coroutine.of(co -> co.await(y()));
        AwaitIterator<Object> wrapper = inner.awaitIterator();
        Coroutine<Object> outer = Coroutine.of(co -> co.await(() -> wrapper));
        outer.send(null);
        assertThat(outer.awaiting()).isSameAs(wrapper).isNotSameAs(inner);
    }

    @Test
    @Tag("A40")
    void aCoroutineShowsItselfAsInPython() {
        assertThat(Coroutine.of("foo", co -> 1).toString()).matches("<coroutine object foo at 0x[0-9a-f]+>");
        assertThat(Coroutine.ofVoid("bar", co -> {}).toString()).matches("<coroutine object bar at 0x[0-9a-f]+>");
    }

    @Test
    @Tag("A30")
    void theNameIsTheOneItWasMadeWith() {
        assertThat(Coroutine.of("foo", co -> 1).name()).isEqualTo("foo");
        assertThat(Coroutine.ofVoid("bar", co -> {}).name()).isEqualTo("bar");
        assertThat(Coroutine.of(co -> 1).name()).isEqualTo("coroutine");
    }

    @Test
    void aCoroutineNeedsABodyAndAName() {
        Coroutine.Body<Object> none = null;
        assertThatNullPointerException().isThrownBy(() -> Coroutine.of(none)).withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> Coroutine.ofVoid(null))
                .withMessage("body");
        assertThatNullPointerException()
                .isThrownBy(() -> Coroutine.of(null, co -> 1))
                .withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> Coroutine.ofVoid(null, co -> {}))
                .withMessage("name");
    }

    @Test
    @Tag("A42")
    void aStepFromAnotherThreadWhileTheBodyRunsIsAValueError() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Coroutine<Object> c = Coroutine.of(co -> {
            entered.countDown();
            assertThat(go.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();
            return co.await(y("unharmed"));
        });
        FutureTask<String> step = started(() -> c.send(null));
        assertThat(entered.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();

        String executing = "ValueError: coroutine already executing";
        assertThat(t(() -> c.send(null))).isEqualTo(executing);
        assertThat(t(() -> c.send("x"))).isEqualTo(executing);
        assertThat(t(() -> c.raise(new IOException()))).isEqualTo(executing);
        assertThat(t(c::close)).isEqualTo(executing);
        assertThat(c.state()).isEqualTo(CoroutineState.RUNNING);
        go.countDown();
        assertThat(step.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("-> 'unharmed'");
        assertThat(t(() -> c.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("A42")
    @Tag("C11")
    void aStepOnAnOuterFromAnotherThreadWhileTheInnerRunsIsAValueError() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Coroutine<Object> inner = Coroutine.of(co -> {
            entered.countDown();
            assertThat(go.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();
            return co.await(y("unharmed"));
        });
        Coroutine<Object> outer = Coroutine.of(co -> co.await(inner));
        FutureTask<String> step = started(() -> outer.send(null));
        assertThat(entered.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();

        String executing = "ValueError: coroutine already executing";
        assertThat(t(() -> inner.send(null))).isEqualTo(executing);
        assertThat(t(() -> outer.send(null))).isEqualTo(executing);
        assertThat(t(inner::close)).isEqualTo(executing);
        assertThat(t(outer::close)).isEqualTo(executing);
        go.countDown();
        assertThat(step.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("-> 'unharmed'");
        assertThat(t(() -> outer.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    @Tag("A42")
    void anInnerThatAnotherThreadStepsIsAValueErrorAtTheOutersAwait() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Coroutine<Object> inner = Coroutine.of(co -> {
            co.await(y("first"));
            entered.countDown();
            assertThat(go.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();
            return co.await(y("unharmed"));
        });
        Coroutine<Object> outer = Coroutine.of(co -> {
            try {
                return co.await(inner);
            } catch (ValueError e) {
                return "at the await: " + e.getMessage();
            }
        });
        outer.send(null);
        FutureTask<String> step = started(() -> inner.send(null));
        assertThat(entered.await(NET_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(t(() -> outer.send(null))).isEqualTo("StopIteration: at the await: coroutine already executing");
        go.countDown();
        assertThat(step.get(NET_SECONDS, TimeUnit.SECONDS)).isEqualTo("-> 'unharmed'");
        assertThat(t(() -> inner.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    void eachStepMayComeFromAnotherThread() throws Exception {
        Coroutine<Object> c = Coroutine.of(co -> List.of(co.await(y(1)), co.await(y(2)), co.await(y(3))));

        assertThat(onAnotherThread(() -> c.send(null))).isEqualTo("-> 1");
        assertThat(t(() -> c.send("a"))).isEqualTo("-> 2");
        assertThat(onAnotherThread(() -> c.send("b"))).isEqualTo("-> 3");
        assertThat(onAnotherThread(() -> c.send("c"))).isEqualTo("StopIteration: [a, b, c]");
    }

    @Test
    @Tag("A38")
    void aCoroutineDroppedWhileSuspendedIsClosedAfterGarbageCollection() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        drop(seen, closed);

        Garbage.collectUntil(closed);
        assertThat(seen).containsExactly("GeneratorExit");
    }

    private static void drop(List<String> seen, CountDownLatch closed) {
        Coroutine.of(co -> {
                    try {
                        return co.await(y());
                    } catch (Throwable e) {
                        seen.add(ProtocolSupport.show(e));
                        throw e;
                    } finally {
                        closed.countDown();
                    }
                })
                .send(null);
    }

    @Test
    @Tag("A38")
    void aDroppedCoroutineThatIgnoresItsCloseIsToldAgainAndReportedOnce() throws Exception {
        CountDownLatch gaveIn = new CountDownLatch(1);
        List<String> reports = Collections.synchronizedList(new ArrayList<>());
        Logger logger = Logger.getLogger("io.corobridge");
        logger.setFilter(entry -> {
            boolean ours = entry.getMessage().contains("'stubborn'");
            if (ours) {
                reports.add(ProtocolSupport.show(entry.getThrown()));
            }
            return !ours;
        });
        try {
            dropStubborn(gaveIn);
            Garbage.collectUntil(gaveIn);
        } finally {
            logger.setFilter(null);
        }
        assertThat(reports).containsExactly("RuntimeError: coroutine ignored GeneratorExit");
    }

    private static void dropStubborn(CountDownLatch gaveIn) {
        Coroutine.of("stubborn", co -> {
                    for (int ignored = 0; ignored < 3; ignored++) {
                        try {
                            co.await(y());
                        } catch (GeneratorExit e) {
                            continue;
                        }
                    }
                    gaveIn.countDown();
                    return null;
                })
                .send(null);
    }

    /** Asks for garbage collections until the latch is down. */
}
