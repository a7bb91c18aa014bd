package io.corobridge;

import static io.corobridge.AsyncSupport.coroutine;
import static io.corobridge.AsyncSupport.fail;
import static io.corobridge.AsyncSupport.outcome;
import static io.corobridge.AsyncSupport.raised;
import static io.corobridge.AsyncSupport.run;
import static io.corobridge.AsyncSupport.show;
import static io.corobridge.AsyncSupport.y;
import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.AsyncSupport.KeyError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code co.with(..)}: entering, leaving and swallowing (table E, E04 to E10). */
class AsyncWithRulesTest {
    private final List<Object> log = new ArrayList<>();

    /** Writes down what happens to it. */
    private class Manager implements AsyncContextManager<Object> {
        private final String name;
        private final @Nullable Boolean swallows;

        Manager(String name, @Nullable Boolean swallows) {
            this.name = name;
            this.swallows = swallows;
        }

        @Override
        public Awaitable<Object> aenter() {
            return coroutine(co -> {
                log.add("enter " + name);
                entering();
                return "value of " + name;
            });
        }

        @Override
        public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
            return Coroutine.of(co -> {
                log.add("exit " + name + " " + show(error));
                leaving(co);
                return swallows;
            });
        }

        void entering() throws Exception {}

        void leaving(Co co) throws Exception {}
    }

    @Test
    @Tag("E04")
    void nullManagerIsATypeError() {
        assertThat(run(co -> co.with(null, value -> 1)))
                .isEqualTo("TypeError: 'NoneType' object does not support the asynchronous context manager protocol");
    }

    @Test
    @Tag("E05")
    void nullFromAenterIsATypeErrorAndAexitIsNotCalled() {
        AsyncContextManager<Object> manager = new Manager("m", true) {
            @Override
            public Awaitable<Object> aenter() {
                return null;
            }
        };
        assertThat(run(co -> co.with(manager, value -> log.add("block"))))
                .isEqualTo(
                        "TypeError: 'async with' received an object from __aenter__ that does not implement __await__: NoneType");
        assertThat(log).isEmpty();
    }

    @Test
    @Tag("E05")
    void nullFromAexitIsATypeErrorThatKeepsTheBlocksException() {
        AsyncContextManager<Object> manager = new Manager("m", true) {
            @Override
            public Awaitable<@Nullable Boolean> aexit(@Nullable Throwable error) {
                return null;
            }
        };
        String message = "'async with' received an object from __aexit__ that does not implement __await__: NoneType";
        KeyError error = new KeyError("k");
        Coroutine<Object> raises = coroutine(co -> co.with(manager, value -> {
            throw error;
        }));
        assertThat(raised(() -> raises.send(null)))
                .isExactlyInstanceOf(TypeError.class)
                .hasMessage(message)
                .hasSuppressedException(error);
        assertThat(run(co -> co.with(manager, value -> 1))).isEqualTo("TypeError: " + message);
    }

    @Test
    @Tag("E06")
    void trueFromAexitSwallowsWhatTheBlockRaised() {
        assertThat(run(co -> {
                    Object result = co.with(new Manager("m", true), value -> {
                        log.add(value);
                        throw new KeyError("k");
                    });
                    return "after " + show(result);
                }))
                .isEqualTo("StopIteration: after None");
        assertThat(log).containsExactly("enter m", "value of m", "exit m KeyError: k");
    }

    @Test
    @Tag("E06")
    void falseAndNullFromAexitRaiseWhatTheBlockRaisedAgain() {
        for (Boolean answer : new Boolean[] {false, null}) {
            KeyError error = new KeyError("k");
            Coroutine<Object> raises = coroutine(co -> co.with(new Manager("m", answer), value -> {
                throw error;
            }));
            assertThat(raised(() -> raises.send(null))).isSameAs(error).hasNoSuppressedExceptions();
        }
    }

    @Test
    @Tag("E06")
    void answerOfAexitDoesNotMatterWhenTheBlockEndsByItself() {
        for (Boolean answer : new Boolean[] {true, false, null}) {
            assertThat(run(co -> co.with(new Manager("m", answer), value -> "result")))
                    .isEqualTo("StopIteration: result");
        }
        assertThat(log).filteredOn(event -> event.equals("exit m None")).hasSize(3);
    }

    @Test
    @Tag("E06")
    void checkedExceptionOfTheBlockReachesAexitAndTheCaller() {
        AsyncSupport.Checked error = new AsyncSupport.Checked("c");
        Coroutine<Object> raises = coroutine(co -> {
            co.withVoid(new Manager("m", null), value -> fail(error));
            return null;
        });
        assertThat(raised(() -> raises.send(null))).isSameAs(error);
        assertThat(log).containsExactly("enter m", "exit m Checked: c");
    }

    @Test
    @Tag("E07")
    void exceptionOfAexitReplacesTheBlocksAndKeepsIt() {
        ArithmeticException first = new ArithmeticException("first");
        ArithmeticException second = new ArithmeticException("second");
        RuntimeError error = new RuntimeError("r");
        Coroutine<Object> raises = coroutine(co -> co.with(
                failing("outer", second),
                outer -> co.with(failing("inner", first), inner -> {
                    throw error;
                })));

        assertThat(raised(() -> raises.send(null))).isSameAs(second).hasSuppressedException(first);
        assertThat(first).hasSuppressedException(error);
        assertThat(log)
                .containsExactly(
                        "enter outer",
                        "enter inner",
                        "exit inner RuntimeError: r",
                        "exit outer ArithmeticException: first");
    }

    @Test
    @Tag("E07")
    void exceptionOfAexitAfterABlockThatEndedByItselfIsRaised() {
        ArithmeticException error = new ArithmeticException("e");
        Coroutine<Object> raises = coroutine(co -> co.with(failing("m", error), value -> "lost"));
        assertThat(raised(() -> raises.send(null))).isSameAs(error);
        assertThat(ProtocolSupport.suppressedIn(error)).isEmpty();
    }

    private Manager failing(String name, RuntimeException error) {
        return new Manager(name, true) {
            @Override
            void leaving(Co co) {
                throw error;
            }
        };
    }

    @Test
    @Tag("E07")
    void aexitIsNotCalledWhenAenterRaises() {
        assertThat(run(co -> co.with(notEntered("m"), value -> log.add("block"))))
                .isEqualTo("KeyError: m");
        assertThat(log).containsExactly("enter m");
    }

    private Manager notEntered(String name) {
        return new Manager(name, true) {
            @Override
            void entering() {
                throw new KeyError(name);
            }
        };
    }

    @Test
    @Tag("E08")
    @Tag("T21")
    void aexitMaySwallowTheExitAndCloseThenSeesWhatTheBodyReturns() {
        Coroutine<Object> coroutine = coroutine(co -> {
            co.with(new Manager("m", true), value -> co.await(y("io")));
            return "resumed after exit";
        });
        coroutine.send(null);
        assertThat(outcome(coroutine::closeAndReturn)).isEqualTo("-> resumed after exit");
        assertThat(log).containsExactly("enter m", "exit m GeneratorExit");
    }

    @Test
    @Tag("E08")
    void bodyThatAwaitsAfterTheExitWasSwallowedIgnoresTheExit() {
        Coroutine<Object> coroutine = coroutine(co -> {
            co.with(new Manager("m", true), value -> co.await(y("io")));
            return co.await(y("again"));
        });
        coroutine.send(null);
        assertThat(outcome(coroutine::closeAndReturn)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(coroutine.state()).isEqualTo(CoroutineState.SUSPENDED);
        assertThat(outcome(() -> coroutine.send("v"))).isEqualTo("StopIteration: v");
    }

    @Test
    void aexitThatAwaitsIsIgnoringACloseAndIsFinishedByAnAwaitedClose() {
        Coroutine.Body<Object> body = co -> co.with(
                new Manager("m", null) {
                    @Override
                    void leaving(Co exit) {
                        log.add(exit.await(y("flush")));
                    }
                },
                value -> co.await(y("io")));
        Coroutine<Object> closed = coroutine(body);
        closed.send(null);
        assertThat(outcome(closed::closeAndReturn)).isEqualTo("RuntimeError: coroutine ignored GeneratorExit");
        assertThat(outcome(() -> closed.send("late"))).isEqualTo("GeneratorExit");

        Coroutine<Object> awaited = coroutine(body);
        awaited.send(null);
        AsyncSupport.Step close = AsyncSupport.hand(awaited.aclose());
        assertThat(close.next()).isEqualTo("-> flush");
        assertThat(close.send("flushed")).isEqualTo("StopIteration");
        assertThat(log)
                .containsExactly(
                        "enter m", "exit m GeneratorExit", "late", "enter m", "exit m GeneratorExit", "flushed");
    }

    @Test
    @Tag("E10")
    void managersAreEnteredInOrderAndLeftInReverseAndAFailedOneLeavesThoseBeforeIt() {
        assertThat(run(co -> co.with(
                        new Manager("a", null),
                        a -> co.with(new Manager("b", null), b -> co.with(notEntered("c"), c -> log.add("block"))))))
                .isEqualTo("KeyError: c");
        assertThat(log).containsExactly("enter a", "enter b", "enter c", "exit b KeyError: c", "exit a KeyError: c");
    }
}
