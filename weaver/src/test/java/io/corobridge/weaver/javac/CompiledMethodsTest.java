package io.corobridge.weaver.javac;

import static io.corobridge.weaver.transform.WovenMethods.Answer.UNKNOWN;
import static io.corobridge.weaver.transform.WovenMethods.Answer.UNWOVEN;
import static io.corobridge.weaver.transform.WovenMethods.Answer.WOVEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the weaver is told of the methods that a class calls. */
class CompiledMethodsTest {
    @TempDir
    Path directory;

    private final MarkingWeaver weaver = new MarkingWeaver();

    private Compile compile(String part) {
        return Compile.in(directory.resolve(part)).processor(new WeaverProcessor(weaver::with));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "bytodo"})
    void knowsOfSourcesBeforeTheyAreWoven(String policy) {
        Compile.Result result = compile("all")
                .option("-XDcompilePolicy=" + policy)
                .source("p/A.java", """
                        package p;
                        import io.corobridge.Co;
                        class A {
                            void f(Co co) {
                                B.plain(co, 1, new int[0][], "", new java.util.ArrayList<>());
                                B.guarded(co);
                                B.monitor(co);
                                B.foreign(co);
                                B.inherited(co);
                                B.In$ner.nested(co, null);
                            }
                        }
                        """)
                .source("p/B.java", """
                        package p;
                        import io.corobridge.Co;
                        class B extends Parent {
                            static <T extends Comparable<T>, C extends Co> void plain(
                                C co, long a, int[][] b, T c, java.util.List<? super T> d) {}
                            static synchronized void guarded(Co co) {}
                            static void monitor(Co co) { synchronized (co) {} }
                            static native void foreign(Co co);
                            static class In$ner { static void nested(Co co, java.util.Map.Entry<String, Integer> e) {} }
                        }
                        class Parent { static void inherited(Co co) {} }
                        """)
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(weaver.answers)
                .containsEntry("p/B.plain", WOVEN)
                .containsEntry("p/B.guarded", UNWOVEN)
                .containsEntry("p/B.monitor", UNKNOWN)
                .containsEntry("p/B.foreign", UNWOVEN)
                .containsEntry("p/B.inherited", WOVEN)
                .containsEntry("p/B$In$ner.nested", WOVEN);
    }

    @Test
    void knowsOfClassFilesByTheirMark() {
        String library = "public class %s { public static void f(io.corobridge.Co co) {}"
                + " public static synchronized void g(io.corobridge.Co co) {} }";
        Path woven = compile("woven")
                .source("Woven.java", library.formatted("Woven"))
                .run()
                .classes();
        Path plain = Compile.in(directory.resolve("plain"))
                .option("-proc:none", "-processorpath", directory.toString())
                .source("Plain.java", library.formatted("Plain"))
                .run()
                .classes();
        Compile.Result result = compile("user")
                .option(
                        "-classpath",
                        String.join(File.pathSeparator, Compile.corePath(), woven.toString(), plain.toString()))
                .source("A.java", "class A { void f(io.corobridge.Co co) { Woven.f(co); Woven.g(co); Plain.f(co); } }")
                .run();

        assertThat(result.messages()).isEmpty();
        assertThat(weaver.answers)
                .containsEntry("Woven.f", WOVEN)
                .containsEntry("Woven.g", UNWOVEN)
                .containsEntry("Plain.f", UNWOVEN);
    }

    @Test
    void isAnErrorWhenAMethodThatAnotherReliesOnTurnsOutUnweavable() {
        Compile.Result result = compile("all")
                .option("-XDcompilePolicy=bytodo", "-Acorobridge.unweavable=off")
                .source("A.java", "class A { void f(io.corobridge.Co co) { B.f(co); } }")
                .source(
                        "B.java",
                        "class B { static void f(io.corobridge.Co co) { trouble.Trouble.SYNCHRONIZED_BLOCK(co); } }")
                .run();

        assertThat(result.messages()).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(Diagnostic.Kind.ERROR);
            assertThat(message.text()).contains("B.f suspends inside 'synchronized'", "relies on it");
        });
    }
}
