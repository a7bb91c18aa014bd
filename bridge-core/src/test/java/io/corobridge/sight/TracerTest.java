package io.corobridge.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.corobridge.AsyncGenerator;
import io.corobridge.AwaitTrace;
import io.corobridge.Awaitables;
import io.corobridge.Co;
import io.corobridge.Coroutine;
import io.corobridge.Generator;
import io.corobridge.GeneratorExit;
import io.corobridge.Routine;
import io.corobridge.StopIteration;
import io.corobridge.sight.TraceEvent.Action;
import io.corobridge.testing.VirtualClock;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** A tracer hears of everything that a body does, in order, and changes nothing of it. */
@Timeout(60)
@SuppressWarnings("try") // tracers are open, not used
class TracerTest {
    /** Not those of other tests, whose leftovers are closed at any time, and their clean-up makes bodies then. */
    private static final Predicate<String> OWN = name -> name.startsWith("TracerTest.");

    private final Timeline timeline = new Timeline();

    @Test
    void aGeneratorsStepsAreTold() {
        try (Tracer tracer = Tracer.start(event -> {
            if (event.name().equals("talk")) {
                timeline.happened(event);
            }
        })) {
            Generator<Object, Object, Object> generator = Generator.of("talk", co -> {
                Object first = co.yield("one");
                try {
                    co.yield(first);
                } catch (IllegalStateException e) {
                    co.yield("caught");
                }
                return "end";
            });
            assertThat(generator.next()).isEqualTo("one");
            assertThat(generator.send("two")).isEqualTo("two");
            assertThat(generator.raise(new IllegalStateException("no"))).isEqualTo("caught");
            assertThat(catchThrowable(generator::next)).isInstanceOf(StopIteration.class);
        }
        assertThat(timeline.textWithoutTimes()).isEqualTo("""
                talk  starts
                talk  yields one
                talk  gets two
                talk  yields two
                talk  raised: IllegalStateException: no
                talk  yields caught
                talk  gets null
                talk  returns end
                """);
        assertThat(timeline.text().lines()).allMatch(line -> line.matches(" +\\d+\\.\\d{3} ms  talk  .*"));
    }

    private static String helper(Co co, CompletableFuture<String> source) {
        return co.await(source) + "!";
    }

    @Test
    void awaitsStartAndResumeThroughHelpers() {
        CompletableFuture<String> source = new CompletableFuture<>() {
            @Override
            public String toString() {
                return "the database";
            }
        };
        Coroutine<String> outer;
        try (Tracer tracer = Tracer.start(OWN, timeline)) {
            outer = Coroutine.of("outer", co -> co.await(Coroutine.of("inner", in -> helper(in, source))));
            outer.send(null);
            assertThat(outer.frame().getMethodName()).startsWith("lambda$awaitsStartAndResumeThroughHelpers$");
            assertThat(((Coroutine<?>) outer.awaiting()).frame().getMethodName())
                    .isEqualTo("helper");
            StopIteration end = (StopIteration) catchThrowable(() -> outer.send("Ada"));
            assertThat(end.value()).isEqualTo("Ada!");
        }
        assertThat(timeline.textWithoutTimes()).isEqualTo("""
                outer  starts
                outer  awaits inner
                inner  starts
                inner  awaits the database
                inner  gets Ada
                inner  returns Ada!
                outer  gets Ada!
                outer  returns Ada!
                """);
    }

    @Test
    void aCloseIsTold() {
        try (Tracer tracer = Tracer.start(OWN, timeline)) {
            Coroutine<Object> coroutine = Coroutine.of("f", co -> {
                try {
                    return co.await(Coroutine.of("g", in -> in.await(Awaitables.fromGenerator(pause()))));
                } finally {
                    timeline.note("log", "clean-up");
                }
            });
            coroutine.send(null);
            coroutine.close();
        }
        assertThat(timeline.textWithoutTimes()).isEqualTo("""
                f      starts
                f      awaits g
                g      starts
                g      awaits pause
                pause  starts
                pause  yields null
                pause  is closed
                pause  ends
                g      is closed
                g      ends
                f      is closed
                log    clean-up
                f      ends
                """);
    }

    private static Generator<Object, Object, Object> pause() {
        return Generator.of("pause", co -> co.yield(null));
    }

    @Test
    void asyncGeneratorsAndFramesOfTheLibraryAreTold() {
        try (Tracer tracer = Tracer.start(OWN.or("ready"::equals), timeline)) {
            AsyncGenerator<Integer, Object> numbers = AsyncGenerator.of("numbers", co -> {
                co.yield(1);
                co.await(Routine.awaiting("ready", Awaitables.ready("x")));
                co.yield(2);
            });
            VirtualClock.run(Coroutine.ofVoid("main", co -> {
                for (int number : co.each(numbers)) {
                    timeline.note("loop", "sees " + number);
                }
            }));
        }
        assertThat(timeline.textWithoutTimes().replaceAll(" +", " ")).isEqualTo("""
                main starts
                main awaits numbers
                numbers starts
                numbers yields 1
                main gets 1
                loop sees 1
                main awaits numbers
                numbers gets null
                numbers awaits ready
                ready starts
                ready returns x
                numbers gets x
                numbers yields 2
                main gets 2
                loop sees 2
                main awaits numbers
                numbers gets null
                numbers returns
                main raised: StopAsyncIteration
                main returns
                """);
    }

    @Test
    void onlyChosenBodiesAreTold() {
        List<TraceEvent> events = new ArrayList<>();
        Generator<Integer, Object, Void> before = Generator.ofVoid("chosen", co -> co.yield(1));
        Generator<Integer, Object, Void> after;
        try (Tracer tracer = Tracer.start("TracerTest.chosen"::equals, events::add)) {
            Generator<Integer, Object, Void> other = Generator.ofVoid("other", co -> co.yield(1));
            Generator<Integer, Object, Void> chosen = Generator.ofVoid("chosen", co -> co.yield(1));
            before.next();
            other.next();
            chosen.next();
            after = chosen;
        }
        catchThrowable(after::next);
        assertThat(events).extracting(TraceEvent::action).containsExactly(Action.START, Action.YIELD);
        assertThat(events).extracting(TraceEvent::kind).containsOnly(BodyKind.GENERATOR);
        assertThat(events).extracting(TraceEvent::id).doesNotContain(0L);
        assertThat(events.get(1).value()).isEqualTo(1);
        assertThat(events.get(0).nanoTime()).isLessThanOrEqualTo(events.get(1).nanoTime());
    }

    @Test
    void aListenerThatThrowsDoesNotHarmTheBody() {
        try (Tracer tracer = Tracer.start(event -> {
            throw new IllegalStateException("listener");
        })) {
            Generator<Integer, Object, String> generator = Generator.of("g", co -> {
                co.yield(1);
                return "end";
            });
            assertThat(generator.next()).isEqualTo(1);
            assertThat(((StopIteration) catchThrowable(generator::next)).value())
                    .isEqualTo("end");
        }
    }

    @Test
    void exceptionsAndTheirAwaitsAreAsWithoutATracer() {
        Exception error = new Exception("broken");
        try (Tracer tracer = Tracer.start(OWN, timeline)) {
            Coroutine<Object> inner = Coroutine.of("inner", co -> {
                co.await(Awaitables.fromGenerator(pause()));
                throw error;
            });
            Coroutine<Object> outer = Coroutine.of("outer", co -> co.await(inner));
            outer.send(null);
            assertThat(catchThrowable(() -> outer.send(null))).isSameAs(error);
        }
        assertThat(error.getSuppressed()).singleElement().isInstanceOf(AwaitTrace.class);
        assertThat(error.getSuppressed()[0].getStackTrace()[0].getLineNumber()).isPositive();
        assertThat(timeline.textWithoutTimes()).endsWith("""
                inner  raises Exception: broken
                outer  raised: Exception: broken
                outer  raises Exception: broken
                """);
    }

    @Test
    void bodiesOfOneNameAreNumberedAndDumpsAgreeOnTheIds() {
        List<TraceEvent> events = new ArrayList<>();
        Coroutines.track(true);
        try (Tracer first = Tracer.start(OWN, timeline);
                Tracer second = Tracer.start(OWN, events::add)) {
            Generator<Object, Object, Object> one = pause();
            Generator<Object, Object, Object> two = pause();
            one.next();
            two.next();
            assertThat(Coroutines.dump().coroutines())
                    .filteredOn(each -> OWN.test(each.name()))
                    .extracting(LiveCoroutine::id)
                    .containsExactly(events.get(0).id(), events.get(2).id());
            one.close();
            two.close();
        } finally {
            Coroutines.track(false);
        }
        assertThat(timeline.textWithoutTimes()).startsWith("pause    starts\n").contains("pause 2  ends\n");
        assertThat(events.get(4).value()).isInstanceOf(GeneratorExit.class);
    }

    @Test
    void thePictureIsXmlWhateverTheTextsAre() throws Exception {
        try (Tracer tracer = Tracer.start(OWN, timeline)) {
            Generator<Object, Object, Object> generator =
                    Generator.of("a<b>&\"", co -> co.yield("<&>\u0000\ud800 and a text that is too long to be shown"));
            generator.next();
            timeline.note("reader", "done");
            generator.close();
        }
        String svg = timeline.svg("Tags <b> & more");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Tags <b> & more");
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(svg).contains("prefers-color-scheme: dark");
    }

    @Test
    void aPictureOfNothingIsAPicture() {
        assertThat(timeline.svg("nothing")).startsWith("<svg").endsWith("</svg>\n");
        assertThat(timeline.text()).isEmpty();
    }
}
