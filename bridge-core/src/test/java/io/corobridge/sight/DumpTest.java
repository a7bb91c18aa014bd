package io.corobridge.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import com.example.Orders;
import io.corobridge.AsyncGenerator;
import io.corobridge.AwaitIterator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Coroutine;
import io.corobridge.CoroutineState;
import io.corobridge.DocumentSection;
import io.corobridge.Generator;
import io.corobridge.Pending;
import io.corobridge.StopIteration;
import io.corobridge.asyncio.Runner;
import io.corobridge.asyncio.TaskGroup;
import io.corobridge.machine.StandsForBodies;
import io.corobridge.testing.VirtualClock;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code Coroutines.dump()} shows what is suspended, where, and what it waits for, and keeps nothing alive. */
@Timeout(300)
class DumpTest {
    private static final Pattern OWN = Pattern.compile("(DumpTest|Orders|TaskGroup)\\.");

    @BeforeEach
    void track() {
        Coroutines.track(true);
    }

    @AfterEach
    void forget() {
        Coroutines.track(false);
    }

    /** Of what is made here: what other tests have dropped is closed at any time, and its clean-up makes bodies then. */
    private static CoroutineDump dump() {
        CoroutineDump all = Coroutines.dump();
        List<LiveCoroutine> own = all.coroutines().stream()
                .filter(each -> OWN.matcher(each.name()).lookingAt())
                .toList();
        return new CoroutineDump(own, all.tracked());
    }

    /** With ages, addresses and numbers that are the same in each run. */
    static String plain(CoroutineDump dump) {
        List<Long> ids =
                dump.coroutines().stream().map(LiveCoroutine::id).sorted().toList();
        return Pattern.compile("#(\\d+)")
                .matcher(dump.toString())
                .replaceAll(number -> "#" + (ids.indexOf(Long.valueOf(number.group(1))) + 1))
                .replaceAll("\\d+ ms", "12 ms")
                .replaceAll("Task-\\d+", "Task-1")
                .replaceAll("@[0-9a-f]+", "@1");
    }

    private static LiveCoroutine named(String name) {
        return dump().coroutines().stream()
                .filter(each -> each.name().endsWith("." + name))
                .findFirst()
                .orElseThrow();
    }

    private static Coroutine<Object> waits(String name, CompletableFuture<Object> source) {
        return Coroutine.of(name, co -> co.await(source));
    }

    @Test
    void tasksAreShownUnderWhoAwaitsThemWithLines() throws IOException {
        AtomicReference<String> seen = new AtomicReference<>();
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.getLoop().callLater(1, () -> {
                seen.set(plain(dump()));
                answer.complete("Ada");
            });
            runner.run(new Orders(answer).main());
        }
        DocumentSection.check(
                "sight.md",
                "dump",
                "\n" + seen.get().replaceAll("(?m)^(?=.)", "    ").stripTrailing() + "\n\n");
    }

    /** What is seen while the tasks of a group wait, at the end of its block or in its middle. */
    private static CoroutineDump dumpOfGroup(boolean inBlock) {
        AtomicReference<CoroutineDump> seen = new AtomicReference<>();
        CompletableFuture<Object> answer = new CompletableFuture<>();
        Coroutine<Void> main = Coroutine.ofVoid(
                "main",
                co -> co.withVoid(new TaskGroup(), group -> {
                    group.createTask(waits("first", answer), "one");
                    group.createTask(waits("second", answer), "two");
                    if (inBlock) {
                        co.await(answer);
                    }
                }));
        try (Runner runner = new Runner(new VirtualClock())) {
            runner.getLoop().callLater(1, () -> {
                seen.set(dump());
                answer.complete("Ada");
            });
            runner.run(main);
        }
        return seen.get();
    }

    @Test
    void tasksOfAGroupAreShownUnderTheTaskThatWaitsForThem() {
        CoroutineDump dump = dumpOfGroup(false);
        LiveCoroutine main = dump.roots().get(0);
        assertThat(dump.roots()).singleElement();
        assertThat(main.children()).extracting(id -> dump.find(id).task()).containsExactly("one", "two");
        assertThat(dump.chain(main))
                .extracting(LiveCoroutine::name)
                .containsExactly("DumpTest.main", "TaskGroup.__aexit__");
        assertThat(plain(dump).replaceAll(" {2,}(at|waits for) .*\n", "")).isEqualTo("""
                        4 coroutines

                        #1 coroutine DumpTest.main, task 'Task-1', suspended, 12 ms
                            #4 coroutine TaskGroup.__aexit__, suspended, 12 ms
                            #2 coroutine DumpTest.first, task 'one', suspended, 12 ms
                            #3 coroutine DumpTest.second, task 'two', suspended, 12 ms
                        """);
    }

    @Test
    void tasksOfAGroupAreShownUnderTheTaskThatIsStillInTheBlock() {
        CoroutineDump dump = dumpOfGroup(true);
        LiveCoroutine main = dump.roots().get(0);
        assertThat(dump.roots()).singleElement();
        assertThat(main.children()).extracting(id -> dump.find(id).task()).containsExactly("one", "two");
        assertThat(main.awaited()).isEmpty();
        assertThat(main.waitsFor()).contains("CompletableFuture");
        assertThat(dump.chain(main)).containsExactly(main);
    }

    @Test
    @SuppressWarnings("try") // the tracer is open, not used
    void theTimelineOfTheSameProgramIsInTheDocumentToo() throws IOException {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Timeline timeline = new Timeline();
        try (Runner runner = new Runner(new VirtualClock());
                Tracer tracer = Tracer.start(name -> name.startsWith("Orders."), timeline)) {
            runner.getLoop().callLater(1, () -> answer.complete("Ada"));
            runner.run(new Orders(answer).main());
        }
        DocumentSection.check(
                "sight.md",
                "timeline",
                "\n"
                        + timeline.textWithoutTimes()
                                .replaceAll("@[0-9a-f]+", "@1")
                                .replaceAll("(?m)^(?=.)", "    ") + "\n");
    }

    @Test
    void recordsHaveTheChainAndWhatTheInnermostWaitsFor() {
        CompletableFuture<Object> source = new CompletableFuture<>();
        Coroutine<Object> inner = waits("inner", source);
        Coroutine<Object> outer = Coroutine.of("outer", co -> co.await(inner));
        outer.send(null);
        CoroutineDump dump = dump();
        assertThat(dump.roots()).singleElement().satisfies(root -> {
            assertThat(root.kind()).isEqualTo(BodyKind.COROUTINE);
            assertThat(root.name()).isEqualTo("DumpTest.outer");
            assertThat(root.state()).isEqualTo(CoroutineState.SUSPENDED);
            assertThat(root.place()).isEqualTo(outer.frame());
            assertThat(root.waitsFor()).isNull();
            assertThat(root.ageMillis()).isNotNegative();
        });
        assertThat(dump.chain(dump.roots().get(0)))
                .extracting(LiveCoroutine::place)
                .containsExactly(outer.frame(), inner.frame());
        assertThat(dump.find(dump.roots().get(0).awaited().get(0)).waitsFor()).isEqualTo(source.toString());
        outer.close();
    }

    @Test
    void allKindsAndStatesAreShown() {
        Generator<Integer, Object, Void> generator = Generator.ofVoid("numbers", co -> co.yield(1));
        generator.next();
        AsyncGenerator<Integer, Object> asyncGenerator = AsyncGenerator.of("rows", co -> {
            co.await(new CompletableFuture<>());
            co.yield(1);
        });
        Coroutine<Object> reader = Coroutine.of("reader", co -> co.await(asyncGenerator.anext()));
        Coroutine<Object> unstarted = waits("unstarted", new CompletableFuture<>());
        reader.send(null);
        CoroutineDump dump = dump();
        assertThat(dump.coroutines())
                .extracting(LiveCoroutine::kind, LiveCoroutine::name, LiveCoroutine::state)
                .containsExactly(
                        tuple(BodyKind.GENERATOR, "DumpTest.numbers", CoroutineState.SUSPENDED),
                        tuple(BodyKind.ASYNC_GENERATOR, "DumpTest.rows", CoroutineState.SUSPENDED),
                        tuple(BodyKind.COROUTINE, "DumpTest.reader", CoroutineState.SUSPENDED),
                        tuple(BodyKind.COROUTINE, "DumpTest.unstarted", CoroutineState.CREATED));
        assertThat(dump.find(named("reader").awaited().get(0)).name()).isEqualTo("DumpTest.rows");
        assertThat(dump.toString()).contains("async generator DumpTest.rows, suspended");
        generator.close();
        reader.close();
        unstarted.close();
    }

    @Test
    void whatEndsIsNotShownAnyMore() {
        Coroutine<Object> coroutine = waits("short", new CompletableFuture<>());
        Generator<Integer, Object, Void> generator = Generator.ofVoid("short", co -> {});
        assertThat(dump().coroutines()).hasSize(2);
        coroutine.close();
        for (int ignored : generator) {
            throw new AssertionError();
        }
        assertThat(dump().coroutines()).isEmpty();
        assertThat(dump()).hasToString("0 coroutines\n");
    }

    @Test
    void aBodyThatRunsIsRunningAndSoIsWhoAwaitsIt() {
        List<LiveCoroutine> seen = new ArrayList<>();
        Coroutine<Object> inner = Coroutine.of("inner", co -> {
            seen.addAll(dump().coroutines());
            return 1;
        });
        Coroutine<Object> outer = Coroutine.of("outer", co -> co.await(inner));
        Coroutine<Object> other = waits("other", new CompletableFuture<>());
        other.send(null);
        VirtualClock.run(outer);
        assertThat(seen)
                .filteredOn(each -> each.name().startsWith("DumpTest."))
                .extracting(LiveCoroutine::name, LiveCoroutine::state)
                .containsExactly(
                        tuple("DumpTest.inner", CoroutineState.RUNNING),
                        tuple("DumpTest.outer", CoroutineState.RUNNING),
                        tuple("DumpTest.other", CoroutineState.SUSPENDED));
        other.close();
    }

    @Test
    void whatWasMadeBeforeTrackingIsShownWhenSomethingTrackedAwaitsIt() {
        Coroutines.track(false);
        Coroutine<Object> old = waits("old", new CompletableFuture<>());
        Coroutine<Object> forgotten = waits("forgotten", new CompletableFuture<>());
        assertThat(dump().coroutines()).isEmpty();
        assertThat(dump().toString()).startsWith("coroutines are not tracked");
        Coroutines.track(true);
        Coroutine<Object> outer = Coroutine.of("outer", co -> co.await(old));
        outer.send(null);
        assertThat(dump().coroutines())
                .extracting(LiveCoroutine::name)
                .containsExactly("DumpTest.outer", "DumpTest.old");
        assertThat(named("old").id()).isNegative();
        assertThat(named("old").ageMillis()).isEqualTo(-1);
        assertThat(dump().toString()).contains("    older #1 coroutine DumpTest.old, suspended\n");
        outer.close();
        forgotten.close();
    }

    @Test
    void aTrackedCoroutineIsCollectedAllTheSame() throws InterruptedException {
        WeakReference<Object> dropped = new WeakReference<>(suspended());
        while (dropped.get() != null || !dump().coroutines().isEmpty()) {
            System.gc();
            // What still needs a thread is closed on another one.
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        assertThat(dropped.get()).isNull();
        assertThat(dump().coroutines()).isEmpty();
    }

    private static Coroutine<Object> suspended() {
        Coroutine<Object> coroutine = Coroutine.of("dropped", co -> co.await(iterator()));
        coroutine.send(null);
        assertThat(dump().coroutines()).hasSize(2);
        return coroutine;
    }

    private static Awaitable<Object> iterator() {
        return Awaitables.fromGenerator(Generator.<Object, Object, Object>of("inner", co -> co.yield(1)));
    }

    @Test
    void sourcesMayHaveAnyToString() {
        Awaitable<Object> hostile = () -> new AwaitIterator<Object>() {
            @Override
            public Object next() {
                return "waiting";
            }

            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        };
        Awaitable<Object> long_ = () -> new AwaitIterator<Object>() {
            @Override
            public Object next() {
                return "waiting";
            }

            @Override
            public String toString() {
                return "two\n   lines" + "x".repeat(1000);
            }
        };
        Coroutine<Object> first = Coroutine.of("first", co -> co.await(hostile));
        Coroutine<Object> second = Coroutine.of("second", co -> co.await(long_));
        first.send(null);
        second.send(null);
        assertThat(named("first").waitsFor()).endsWith(", whose toString raises java.lang.IllegalStateException");
        assertThat(named("second").waitsFor())
                .startsWith("two linesxxx")
                .endsWith("x...")
                .hasSize(203);
        first.close();
        second.close();
    }

    /** An await of something in whose place bodies run, as of a task. */
    private static final class Stand extends Pending<Object> implements StandsForBodies {
        private final List<Coroutine<Object>> bodies;

        Stand(List<Coroutine<Object>> bodies) {
            this.bodies = bodies;
        }

        @Override
        public Object source() {
            return "a task";
        }

        @Override
        public List<?> bodies() {
            return bodies;
        }

        @Override
        protected void open() {}

        @Override
        protected void release() {}
    }

    @Test
    void whatAwaitsEachOtherThroughTasksIsShownOnce() {
        List<Coroutine<Object>> both = new ArrayList<>();
        both.add(Coroutine.of("one", co -> co.await(() -> new Stand(List.of(both.get(1))))));
        both.add(Coroutine.of("two", co -> co.await(() -> new Stand(List.of(both.get(0))))));
        both.forEach(each -> each.send(null));
        assertThat(dump().roots()).isEmpty();
        assertThat(dump().toString())
                .containsOnlyOnce("DumpTest.one,")
                .containsOnlyOnce("DumpTest.two,")
                .contains(", see there");
        assertThat(dump().chain(named("one"))).hasSize(2);
        both.forEach(Coroutine::close);
    }

    @Test
    void anAwaitedCloseShowsWhatIsBeingClosed() {
        Coroutine<Object> closed = Coroutine.of("closed", co -> {
            try {
                return co.await(new CompletableFuture<>());
            } finally {
                co.await(new CompletableFuture<>());
            }
        });
        closed.send(null);
        Coroutine<Void> closer = Coroutine.of("closer", co -> co.await(closed.aclose()));
        closer.send(null);
        CoroutineDump dump = dump();
        assertThat(dump.chain(named("closer")))
                .extracting(LiveCoroutine::name)
                .containsExactly("DumpTest.closer", "DumpTest.closed");
        assertThat(named("closer").waitsFor()).isEqualTo("aclose() of " + closed);
        assertThat(catchThrowable(closer::close)).isNull();
    }

    @Test
    void aChainOfAHundredThousandNeedsNoStack() {
        Coroutine<Object> chain = waits("innermost", new CompletableFuture<>());
        // A thread for each is out of the question.
        int depth = "handoff".equals(System.getProperty("corobridge.engine")) ? 50 : 100_000;
        for (int i = 0; i < depth; i++) {
            Coroutine<Object> inner = chain;
            chain = Coroutine.of("outer", co -> co.await(inner));
        }
        chain.send(null);
        CoroutineDump dump = dump();
        assertThat(dump.roots())
                .singleElement()
                .satisfies(root -> assertThat(dump.chain(root)).hasSize(depth + 1));
        assertThat(dump.toString().lines().map(String::length)).allMatch(length -> length < 300);
        chain.close();
    }

    @Test
    void aDumpMayBeTakenWhileBodiesAreStepped() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread stepper = new Thread(() -> {
            try {
                while (!over.get()) {
                    Coroutine<Object> inner = Coroutine.of("inner", co -> {
                        for (int i = 0; i < 20; i++) {
                            co.await(iterator());
                        }
                        return 1;
                    });
                    Coroutine<Object> outer = Coroutine.of("outer", co -> co.await(inner));
                    while (outer.state() != CoroutineState.CLOSED) {
                        try {
                            outer.send(null);
                        } catch (StopIteration end) {
                            begun.countDown();
                        }
                    }
                }
            } catch (Throwable e) {
                failure.set(e);
                begun.countDown();
            }
        });
        stepper.start();
        begun.await();
        try {
            for (int i = 0; i < 500; i++) {
                assertThat(Coroutines.dump().toString()).contains("coroutine");
            }
        } finally {
            over.set(true);
            stepper.join();
        }
        assertThat(failure.get()).isNull();
    }
}
