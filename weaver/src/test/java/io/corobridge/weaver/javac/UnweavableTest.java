package io.corobridge.weaver.javac;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.weaver.transform.Finding;
import java.nio.file.Path;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be woven is told at its place, as loudly as wanted. */
class UnweavableTest {
    private static final String HEAD = "package p; import io.corobridge.*; import static trouble.Trouble.*; ";

    @TempDir
    Path directory;

    private final MarkingWeaver weaver = new MarkingWeaver();

    private Compile compile(String text) {
        return Compile.in(directory)
                .processor(new WeaverProcessor(weaver::with))
                .source("p/A.java", HEAD + text);
    }

    private static Compile.Message only(Compile.Result result) {
        assertThat(result.messages()).hasSize(1);
        return result.messages().get(0);
    }

    @ParameterizedTest
    @EnumSource(Finding.Kind.class)
    void namesTheMethodTheReasonAndTheRemedy(Finding.Kind kind) {
        Compile.Message message = only(compile("class A { static class B { void f(Co co) { " + kind + "(co); } } }")
                .run());

        assertThat(message.kind()).isEqualTo(Diagnostic.Kind.WARNING);
        assertThat(message.text()).startsWith("corobridge: A$B.f ").contains("(Trouble." + kind + ")");
        assertThat(message.text().split("\\. ")).as("sentences").hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        // javac points at a call's parenthesis.
        "NO_HANDLE_FRAME, 5, 36",
        "UNWOVEN_CALLEE, 5, 35",
        "CONSTRUCTOR, 5, 32",
        "STATIC_INITIALIZER, 5, 39",
        "SYNCHRONIZED_BLOCK, 4, 9",
        "SYNCHRONIZED_METHOD, 3, 23",
        "TOO_LARGE, 3, 23",
        "UNKNOWN_CLASS_VERSION, 5, 42",
    })
    void pointsAtTheInnermostThingThatIsMeant(Finding.Kind kind, long line, long column) {
        Compile.Message message = only(compile("""

                        class A {
                            synchronized void f(Co co) {
                                synchronized (this) {
                                    int a = %s(co) + "x".length();
                                }
                            }
                        }
                        """.formatted(kind)).run());

        assertThat(message.at()).isEqualTo("A.java:" + line + ":" + column);
    }

    @Test
    void pointsIntoLambdasInitializersAndLocalClasses() {
        Compile.Result result = compile("""

                        class A {
                            Body field = co ->
                                NO_HANDLE_FRAME(co);
                            static Body later;
                            static { later = co -> UNWOVEN_CALLEE(co); }
                            void f() {
                                class Local {
                                    void g(Co co) {
                                        CONSTRUCTOR(co);
                                    }
                                }
                                Body anonymous = new Body() {
                                    public void run(Co co) {
                                        SYNCHRONIZED_METHOD(
                                            co);
                                    }
                                };
                            }
                        }
                        class B {
                            void h(Co co) { NO_HANDLE_FRAME(co); }
                        }
                        """).run();

        assertThat(result.messages())
                .extracting(Compile.Message::line)
                .containsExactlyInAnyOrder(4L, 6L, 10L, 14L, 22L);
    }

    @Test
    void pointsAtACallInAChainOverSeveralLines() {
        Compile.Message message = only(compile("""

                        class A {
                            void f(Co co) {
                                new StringBuilder()
                                    .append(1)
                                    .append(NO_HANDLE_FRAME(
                                        co))
                                    .append(2);
                            }
                        }
                        """).run());

        assertThat(message.line()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"note, NOTE, true", "warn, WARNING, true", "error, ERROR, false"})
    void isAsLoudAsTheOptionSays(String option, Diagnostic.Kind kind, boolean succeeds) {
        Compile.Result result = compile("class A { void f(Co co) { NO_HANDLE_FRAME(co); } }")
                .option("-Acorobridge.unweavable=" + option)
                .run();

        assertThat(only(result).kind()).isEqualTo(kind);
        assertThat(result.succeeded()).isEqualTo(succeeds);
        assertThat(result.marked()).containsExactly("p/A");
    }

    @Test
    void isSilentWhenTurnedOff() {
        Compile.Result result = compile("class A { void f(Co co) { NO_HANDLE_FRAME(co); } }")
                .option("-Acorobridge.unweavable=off", "-Xlint:all", "-Werror")
                .run();

        assertThat(result.messages()).isEmpty();
    }

    @Test
    void failsABuildThatWantsNoWarnings() {
        Compile.Result result = compile("class A { void f(Co co) { NO_HANDLE_FRAME(co); } }")
                .option("-Werror")
                .run();

        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void refusesAnotherValue() {
        Compile.Result result =
                compile("class A {}").option("-Acorobridge.unweavable=loud").run();

        assertThat(only(result).kind()).isEqualTo(Diagnostic.Kind.ERROR);
        assertThat(only(result).text()).contains("-Acorobridge.unweavable=loud", "note, warn, error or off");
    }

    @Test
    void isSuppressedOnMethodsClassesAndVariables() {
        Compile.Result result =
                compile("""

                        class A {
                            static final String IT = "corobridge.unweavable";
                            @SuppressWarnings("corobridge.unweavable") void f(Co co) { NO_HANDLE_FRAME(co); }
                            @SuppressWarnings({"unchecked", IT}) Body field = co -> NO_HANDLE_FRAME(co);
                            void g() {
                                @SuppressWarnings(IT) Body local = co -> NO_HANDLE_FRAME(co);
                            }
                            @SuppressWarnings("unchecked") void told(Co co) { NO_HANDLE_FRAME(co); }
                            @SuppressWarnings(IT) static class B { class C { void f(Co co) { NO_HANDLE_FRAME(co); } } }
                        }
                        """).option("-Acorobridge.unweavable=error").run();

        assertThat(only(result).line()).isEqualTo(9);
    }
}
