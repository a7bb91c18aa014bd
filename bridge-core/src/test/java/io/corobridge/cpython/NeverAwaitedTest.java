package io.corobridge.cpython;

import static io.corobridge.cpython.Cases.nop;
import static io.corobridge.cpython.Cases.oops;
import static io.corobridge.cpython.Cases.sent;
import static io.corobridge.cpython.Cases.t;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import io.corobridge.RuntimeWarning;
import io.corobridge.StopIteration;
import io.corobridge.Tracking;
import io.corobridge.ValueError;
import io.corobridge.cpython.Cases.Step;
import io.corobridge.drive.Runs;
import io.corobridge.testkit.Garbage;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The facts of the warnings for what was never awaited, and of origins: OriginTrackingTest and TestUnawaitedWarnings. */
@Timeout(300)
class NeverAwaitedTest {
    private static final String MARK = "coroutine 'mark' was never awaited";

    private final BlockingQueue<RuntimeWarning> warnings = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() {
        assertThat(Tracking.findsNeverAwaited())
                .as("assertions are enabled in tests")
                .isTrue();
        Tracking.onNeverAwaited(warnings::add);
    }

    @AfterEach
    void stop() {
        Tracking.setOriginDepth(0);
        Tracking.onNeverAwaited(null);
    }

    /** Collects garbage until a warning whose text has a part is there. */
    private RuntimeWarning warning(String part) throws InterruptedException {
        while (true) {
            System.gc();
            RuntimeWarning next = warnings.poll(50, TimeUnit.MILLISECONDS);
            if (next != null && next.getMessage().contains(part)) {
                return next;
            }
        }
    }

    /** After these were collected there is no warning; another one that has to come tells when that is known. */
    private void assertQuiet(WeakReference<?> dropped, String part) throws InterruptedException {
        Garbage.collectUntil(() -> dropped.get() == null);
        Coroutine.of("mark", co -> 1);
        for (; ; ) {
            RuntimeWarning next = warning("was never awaited");
            assertThat(next.getMessage()).doesNotContain(part);
            if (next.getMessage().equals(MARK)) {
                return;
            }
        }
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_func_9")
    void coroutineThatIsDroppedUnawaitedIsReported() throws Exception {
        Coroutine.of("func_9", co -> 1);
        assertThat(warning("func_9")).hasMessage("coroutine 'func_9' was never awaited");
    }

    @Test
    @Tag("test_coroutines.CoroutineTest.test_fatal_coro_warning")
    void hookThatRaisesDoesNoHarm() throws Exception {
        Tracking.onNeverAwaited(warning -> {
            warnings.add(warning);
            throw warning;
        });
        Coroutine.of("fatal_1", co -> 1);
        warning("fatal_1");
        Coroutine.of("fatal_2", co -> 1);
        assertThat(warning("fatal_2")).hasMessageContaining("was never awaited");
    }

    @Test
    @Tag("test_coroutines.OriginTrackingTest.test_origin_tracking")
    void originHasAsManyCallsAsWereAskedFor() {
        try (Coroutine<Object> untracked = Coroutine.of(co -> 1)) {
            assertThat(Tracking.originDepth()).isZero();
            assertThat(untracked.origin()).isNull();
        }
        Tracking.setOriginDepth(1);
        try (Coroutine<Object> tracked = made()) {
            assertThat(tracked.origin())
                    .extracting(StackTraceElement::getMethodName)
                    .containsExactly("made");
            assertThat(tracked.origin().get(0).getFileName()).isEqualTo("NeverAwaitedTest.java");
            assertThat(tracked.origin().get(0).getLineNumber()).isPositive();
        }
        Tracking.setOriginDepth(2);
        try (Coroutine<Object> tracked = made()) {
            assertThat(tracked.origin())
                    .extracting(StackTraceElement::getMethodName)
                    .containsExactly("made", "originHasAsManyCallsAsWereAskedFor");
        }
        Tracking.setOriginDepth(1000);
        try (Coroutine<Object> tracked = made()) {
            assertThat(tracked.origin()).hasSizeBetween(3, 999);
        }
        assertThat(t(() -> {
                    Tracking.setOriginDepth(-1);
                    return null;
                }))
                .startsWith(ValueError.class.getSimpleName());
        assertThat(Tracking.originDepth()).isEqualTo(1000);
    }

    private static Coroutine<Object> made() {
        return Coroutine.of("made", co -> 1);
    }

    private static void madeDeeper() {
        made();
    }

    @Test
    @Tag("test_coroutines.OriginTrackingTest.test_origin_tracking_warning")
    void warningTellsTheOriginInnermostLast() throws Exception {
        madeDeeper();
        assertThat(warning("'made'")).hasMessage("coroutine 'made' was never awaited");
        Tracking.setOriginDepth(2);
        madeDeeper();
        String text = warning("'made'").getMessage();
        List<String> lines = text.lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo("Coroutine created at (most recent call last)");
        assertThat(lines.get(2)).contains("madeDeeper(NeverAwaitedTest.java:");
        assertThat(lines.get(3)).contains("made(NeverAwaitedTest.java:");
    }

    private static AsyncGenerator<Object, Object> named(String name) {
        return AsyncGenerator.of(name, co -> co.yield(1));
    }

    @Test
    @Tag("test_asyncgen.TestUnawaitedWarnings.test_asend")
    void stepOfAsendThatIsDroppedIsReported() throws Exception {
        assertThat(sent(named("asent").asend(null), null)).isEqualTo("StopIteration: 1");
        named("dropped").asend(null);
        assertThat(warning("dropped")).hasMessage("coroutine method 'asend' of 'dropped' was never awaited");
    }

    @Test
    @Tag("test_asyncgen.TestUnawaitedWarnings.test_athrow")
    void stepOfAthrowThatIsDroppedIsReported() throws Exception {
        named("thrown").athrow(oops());
        assertThat(warning("thrown")).hasMessage("coroutine method 'athrow' of 'thrown' was never awaited");
    }

    @Test
    @Tag("test_asyncgen.TestUnawaitedWarnings.test_aclose")
    void stepOfAcloseThatIsDroppedIsReported() throws Exception {
        named("unclosed").aclose();
        assertThat(warning("unclosed")).hasMessage("coroutine method 'aclose' of 'unclosed' was never awaited");
    }

    private static WeakReference<?> acloseThatWasThrownInto() {
        var step = named("quiet1").aclose();
        assertThat(t(() -> Step.of(step).raise(oops()))).isEqualTo("Oops");
        return new WeakReference<>(step);
    }

    @Test
    @Tag("test_asyncgen.TestUnawaitedWarnings.test_aclose_throw")
    void stepThatWasThrownIntoIsNotReported() throws Exception {
        assertQuiet(acloseThatWasThrownInto(), "quiet1");
    }

    /** Its name is not that of other tests' generators, which may be found now. */
    private static AsyncGenerator<Object, Object> inFlight() {
        AsyncGenerator<Object, Object> generator = AsyncGenerator.of("refusing", co -> {
            while (true) {
                co.await(nop());
            }
        });
        Step.of(generator.asend(null)).send(null);
        return generator;
    }

    private static WeakReference<?> refused(boolean throwing) {
        AsyncGenerator<Object, Object> generator = inFlight();
        var step = throwing ? generator.athrow(oops()) : generator.asend(null);
        assertThat(sent(step, null)).contains("asynchronous generator is already running");
        return new WeakReference<>(step);
    }

    @Test
    @Tag("test_asyncgen.TestUnawaitedWarnings.test_asend_send_already_running")
    void asendThatWasRefusedIsNotReported() throws Exception {
        assertQuiet(refused(false), "'refusing'");
    }

    @Test
    @Tag("test_asyncgen.TestUnawaitedWarnings.test_athrow_send_already_running")
    void athrowThatWasRefusedIsNotReported() throws Exception {
        assertQuiet(refused(true), "'refusing'");
    }

    /** The twin of CPython's is none: a run is made of a body that was handed over. */
    @Test
    void nothingIsReportedOfRunsThatWereAllEntered() throws Exception {
        assertQuiet(new WeakReference<>(entered("entered")), "entered");
    }

    private static Runs<Coroutine<Integer>> entered(String name) {
        Runs<Coroutine<Integer>> runs = Runs.of(Coroutine.of(name, co -> 1));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> runs.get().send(null)).isInstanceOf(StopIteration.class);
        }
        return runs;
    }
}
