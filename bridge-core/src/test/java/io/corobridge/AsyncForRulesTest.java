package io.corobridge;

import static io.corobridge.AsyncSupport.agen;
import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.fail;
import static io.corobridge.AsyncSupport.flags;
import static io.corobridge.AsyncSupport.outcome;
import static io.corobridge.AsyncSupport.raised;
import static io.corobridge.AsyncSupport.run;
import static io.corobridge.AsyncSupport.y;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corobridge.AsyncSupport.KeyError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code co.each(..)}: what starts, ends and leaves an async for loop (table E, E01 to E03). */
class AsyncForRulesTest {
    private final List<Object> log = new ArrayList<>();

    /** Counts to {@code last} and then raises {@code end} in its step. */
    private final class Counting implements AsyncIterator<Object> {
        private final int last;
        private final RuntimeException end;
        private int n;

        Counting(int last, RuntimeException end) {
            this.last = last;
            this.end = end;
        }

        @Override
        public AsyncIterator<Object> aiter() {
            log.add("aiter");
            return this;
        }

        @Override
        public Awaitable<Object> anext() {
            return coroutine(co -> {
                if (++n > last) {
                    throw end;
                }
                return n;
            });
        }
    }

    private AsyncIterator<Object> steps(Awaitable<Object> step) {
        return () -> step;
    }

    @Test
    @Tag("E01")
    void nullInThePlaceOfAnIterableAnIteratorOrAStepIsATypeError() {
        assertThat(run(co -> co.each((AsyncIterable<Object>) null)))
                .isEqualTo("TypeError: 'async for' requires an object with __aiter__ method, got NoneType");
        assertThat(run(co -> co.each((AsyncIterable<Object>) () -> null)))
                .isEqualTo(
                        "TypeError: 'async for' received an object from __aiter__ that does not implement __anext__: NoneType");

        Coroutine<Object> noStep = coroutine(co -> co.each(steps(null)).hasNext());
        assertThat(raised(() -> noStep.send(null)))
                .isExactlyInstanceOf(TypeError.class)
                .hasMessage("'async for' received an invalid object from __anext__: NoneType")
                .cause()
                .isExactlyInstanceOf(TypeError.class)
                .hasMessage("object NoneType can't be used in 'await' expression");
    }

    @Test
    @Tag("E01")
    void exceptionThatAnextRaisesAtOnceIsRaisedInTheLoopAsItIs() {
        KeyError error = new KeyError("sync raise");
        AsyncIterator<Object> source = () -> {
            throw error;
        };
        Coroutine<Object> loops = coroutine(co -> co.each(source).hasNext());

        assertThat(raised(() -> loops.send(null))).isSameAs(error).hasNoCause();
    }

    @Test
    @Tag("E02")
    void aiterIsCalledOnceAndStopAsyncIterationOfTheStepEndsTheLoop() {
        String outcome = run(co -> {
            for (Object value : co.each(new Counting(2, new StopAsyncIteration()))) {
                log.add(value);
            }
            return "else";
        });

        assertThat(outcome).isEqualTo("StopIteration: else");
        assertThat(log).containsExactly("aiter", 1, 2);
    }

    @Test
    @Tag("E02")
    @Tag("T20")
    void stopAsyncIterationOfTheLoopsOwnBodyPropagates() {
        StopAsyncIteration error = new StopAsyncIteration("body");
        Coroutine<Object> loops = coroutine(co -> {
            for (Object value : co.each(new Counting(2, new StopAsyncIteration()))) {
                log.add(value);
                throw error;
            }
            return "not reached";
        });

        assertThat(raised(() -> loops.send(null))).isSameAs(error);
        assertThat(log).containsExactly("aiter", 1);
    }

    @Test
    @Tag("E02")
    @Tag("T20")
    void stopAsyncIterationThatAnextRaisesAtOnceEndsTheLoopToo() {
        AsyncIterator<Object> source = () -> {
            throw new StopAsyncIteration("sync");
        };
        assertThat(run(co -> {
                    for (Object value : co.each(source)) {
                        log.add(value);
                    }
                    return "ended";
                }))
                .isEqualTo("StopIteration: ended");
        assertThat(log).isEmpty();
    }

    @Test
    @Tag("E02")
    void stopIterationOfAStepIsARuntimeErrorInTheLoop() {
        assertThat(run(co -> co.each(new Counting(0, new StopIteration("x"))).hasNext()))
                .isEqualTo("RuntimeError: coroutine raised StopIteration");
    }

    @Test
    @Tag("E03")
    @Tag("T20")
    void leavingTheLoopEarlyLeavesTheAsyncGeneratorSuspended() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                co.yield(1);
                co.yield(2);
            } finally {
                log.add("finally");
            }
        });
        String outcome = run(co -> {
            for (Object value : co.each(generator)) {
                log.add(value);
                break;
            }
            log.add(flags(generator));
            co.await(generator.aclose());
            return flags(generator);
        });

        assertThat(outcome).isEqualTo("StopIteration: CLOSED");
        assertThat(log).containsExactly(1, "SUSPENDED suspended", "finally");
    }

    @Test
    @Tag("E03")
    void exceptionInTheLoopAndTheEndOfTheOpeningBodyLeaveTheAsyncGeneratorSuspended() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            co.yield(1);
            co.yield(2);
        });
        assertThat(run(co -> {
                    for (Object value : co.each(generator)) {
                        fail(new KeyError("in loop " + value));
                    }
                    return null;
                }))
                .isEqualTo("KeyError: in loop 1");
        assertThat(flags(generator)).isEqualTo("SUSPENDED suspended");

        assertThat(run(co -> {
                    List<Object> rest = new ArrayList<>();
                    try (Each<Object> each = co.each(generator)) {
                        each.forEach(rest::add);
                    }
                    return rest;
                }))
                .isEqualTo("StopIteration: [2]");
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @Test
    void loopSuspendsItsBodyAndIsClosedAtTheAwaitOfTheStep() {
        AsyncGenerator<Object, Object> generator = agen(co -> {
            try {
                while (true) {
                    co.yield(co.await(y("io")));
                }
            } finally {
                log.add("generator");
            }
        });
        Coroutine<Object> loops = coroutine(co -> {
            try {
                for (Object value : co.each(generator)) {
                    log.add(value);
                }
            } finally {
                log.add("loop");
            }
            return null;
        });
        assertThat(outcome(() -> loops.send(null))).isEqualTo("-> io");
        assertThat(outcome(() -> loops.send("a"))).isEqualTo("-> io");
        assertThat(outcome(() -> loops.send("b"))).isEqualTo("-> io");
        loops.close();

        assertThat(log).containsExactly("a", "b", "generator", "loop");
        assertThat(flags(generator)).isEqualTo("CLOSED");
    }

    @Test
    void elementsMayBeNullAndHasNextTakesNoSecondStep() {
        assertThat(run(co -> {
                    Iterator<Object> each = co.each(agen(generator -> {
                                generator.yield(null);
                                generator.yield(2);
                            }))
                            .iterator();
                    List<Object> seen = new ArrayList<>();
                    while (each.hasNext() && each.hasNext()) {
                        seen.add(each.next());
                    }
                    assertThatThrownBy(each::next).isExactlyInstanceOf(NoSuchElementException.class);
                    return seen;
                }))
                .isEqualTo("StopIteration: [null, 2]");
    }

    @Test
    void loopInAnAsyncGeneratorPassesElementsOnOneByOne() {
        AsyncGenerator<Object, Object> numbers = agen(co -> {
            for (int i = 1; i <= 3; i++) {
                co.yield(co.await(y("io" + i)));
            }
        });
        AsyncGenerator<Object, Object> doubled = agen(co -> {
            for (Object value : co.each(numbers)) {
                co.yield(value + "" + value);
            }
        });
        Coroutine<Object> collects = coroutine(co -> {
            List<Object> all = new ArrayList<>();
            co.each(doubled).forEach(all::add);
            return all;
        });
        assertThat(outcome(() -> collects.send(null))).isEqualTo("-> io1");
        assertThat(outcome(() -> collects.send("a"))).isEqualTo("-> io2");
        assertThat(outcome(() -> collects.send("b"))).isEqualTo("-> io3");
        assertThat(outcome(() -> collects.send("c"))).isEqualTo("StopIteration: [aa, bb, cc]");
        assertThat(flags(numbers)).isEqualTo("CLOSED");
        assertThat(flags(doubled)).isEqualTo("CLOSED");
    }

    /** Has one element, then its step ends as it is told to; says when it is closed. */
    private final class Holding implements AsyncIterator<Object>, AutoCloseable {
        private final Awaitable<Object> end;
        private final Throwable closing;
        private boolean begun;

        Holding(Awaitable<Object> end) {
            this(end, null);
        }

        Holding(Awaitable<Object> end, Throwable closing) {
            this.end = end;
            this.closing = closing;
        }

        @Override
        public Awaitable<Object> anext() {
            boolean first = !begun;
            begun = true;
            return first ? Awaitables.ready("element") : end;
        }

        @Override
        public void close() {
            log.add("close");
            if (closing != null) {
                throw ProtocolSupport.<RuntimeException>sneaky(closing);
            }
        }
    }

    private Holding holding() {
        return new Holding(Awaitables.failed(new StopAsyncIteration()));
    }

    private void loop(Co co, Holding source) {
        for (Object value : co.each(source)) {
            log.add(value);
        }
    }

    @Test
    void iteratorThatHoldsSomethingIsClosedWhenTheOpeningBodyEnds() {
        assertThat(run(co -> {
                    for (Object value : co.each(holding())) {
                        log.add(value);
                        break;
                    }
                    try (Each<Object> second = co.each(holding())) {
                        log.add(second.hasNext());
                    }
                    log.add("end");
                    return null;
                }))
                .isEqualTo("StopIteration");
        assertThat(log).containsExactly("element", true, "close", "end", "close");
    }

    @Test
    void iteratorThatHoldsSomethingIsClosedWhenTheLoopHasEnded() {
        assertThat(run(co -> {
                    loop(co, holding());
                    log.add("after the loop");
                    return null;
                }))
                .isEqualTo("StopIteration");
        assertThat(log).containsExactly("element", "close", "after the loop");
    }

    @Test
    void iteratorThatHoldsSomethingIsClosedWhenItsStepHasRaised() {
        KeyError error = new KeyError("k");
        KeyError another = new KeyError("of the close");
        assertThat(run(co -> {
                    try {
                        loop(co, new Holding(Awaitables.failed(error), another));
                    } catch (KeyError e) {
                        log.add(e);
                    }
                    log.add("after the loop");
                    return null;
                }))
                .isEqualTo("StopIteration");
        assertThat(log).containsExactly("element", "close", error, "after the loop");
        assertThat(error.getSuppressed()).containsExactly(another);
    }

    @Test
    void iteratorThatHoldsSomethingIsClosedAfterTheCleanUpOfABodyThatIsClosedOrCancelledInTheLoop() {
        for (Throwable exit : List.of(new GeneratorExit(), new CancelledError("c"))) {
            log.clear();
            Coroutine<Object> body = coroutine(co -> {
                try {
                    loop(co, new Holding(y("io")));
                } finally {
                    log.add(co.await(y("cleaning up")));
                }
                return null;
            });
            assertThat(outcome(() -> body.send(null))).isEqualTo("-> io");
            if (exit instanceof GeneratorExit) {
                AsyncSupport.Step closing = AsyncSupport.hand(body.aclose());
                assertThat(closing.next()).isEqualTo("-> cleaning up");
                assertThat(log).containsExactly("element");
                assertThat(closing.send("clean")).isEqualTo("StopIteration");
            } else {
                assertThat(outcome(() -> body.raise(exit))).isEqualTo("-> cleaning up");
                assertThat(log).containsExactly("element");
                assertThat(outcome(() -> body.send("clean"))).isEqualTo("CancelledError: c");
            }
            assertThat(log).containsExactly("element", "clean", "close");
        }
    }

    @Test
    void errorOfAnIteratorThatIsClosedWithItsBodyDoesNotStopTheBodiesAroundIt() {
        Logger logger = Logger.getLogger("io.corobridge");
        List<Throwable> logged = new ArrayList<>();
        Error error = new AssertionError("of the close");
        Filter before = logger.getFilter();
        // What other tests have dropped is found, and warned of, at any time.
        logger.setFilter(entry -> {
            boolean ours = entry.getThrown() == error;
            if (ours) {
                logged.add(error);
            }
            return !ours;
        });
        try {
            Coroutine<Object> inner = coroutine(co -> {
                co.each(new Holding(y("io"), error)).hasNext();
                return "inner";
            });
            assertThat(run(co -> co.await(inner) + ", outer")).isEqualTo("StopIteration: inner, outer");
            assertThat(log).containsExactly("close");
            assertThat(logged).containsExactly(error);
        } finally {
            logger.setFilter(before);
        }
    }
}
